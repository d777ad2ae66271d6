/**
 * Keys as the command table writes them ("Mod+Shift+R", "F7"), matched against key events and
 * shown to the user. Mod is Ctrl, and Cmd on macOS.
 */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** Physical key: digits keep theirs where Alt or another layout changes the character. */
  readonly code: string;
}

interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

function parse(keys: string): Chord {
  const parts = keys.split('+');
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key: parts.at(-1) ?? '' };
}

export function matchesKey(keys: string, stroke: KeyStroke, mac: boolean): boolean {
  const chord = parse(keys);
  const mod = mac ? stroke.metaKey : stroke.ctrlKey;
  const foreign = mac ? stroke.ctrlKey : stroke.metaKey;
  if (foreign || mod !== chord.mod || stroke.shiftKey !== chord.shift || stroke.altKey !== chord.alt) return false;
  return stroke.key.toLowerCase() === (chord.key === 'Space' ? ' ' : chord.key.toLowerCase()) || (/^\d$/.test(chord.key) && stroke.code === `Digit${chord.key}`);
}

const shownKeys: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** "Ctrl+Shift+R", or "⇧⌘R" on macOS. */
export function keyLabel(keys: string, mac: boolean): string {
  const { mod, shift, alt, key } = parse(keys);
  const shown = shownKeys[key] ?? key;
  if (mac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${shown}`;
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', shown].filter(Boolean).join('+');
}

export function isMac(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** True where typing belongs to the element: only keys with Mod or Alt, and function keys, are commands there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
}
