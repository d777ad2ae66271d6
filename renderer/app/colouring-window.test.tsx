/** Colouring rules over a made-up host: rows name the default rule that they match, or match a protocol's name. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_RULES } from '../../shared/colouring/default-rules.ts';
import { readRules, writeRules } from '../../shared/colouring/rule-file.ts';
import { areDefaults, createColouringStore } from '../stores/colouring.ts';
import { runCommand } from './commands.ts';
import { saveText } from './save-text.ts';
import type { Stores } from './stores.ts';
import type { App as WindowApp } from './wiring.ts';
import type { SettingsStorage } from '../stores/persist.ts';
import { openWindowOn } from '../dev/open-window.test-helper.tsx';

vi.mock('./save-text.ts', () => ({ saveText: vi.fn() }));
// Filters are written in plain inputs here, as before the editor has been loaded: it needs a real browser (e2e/browser-colouring.spec.ts).
vi.mock('../views/filter-bar/filter-editor.ts', () => new Promise<never>(() => undefined));

let stores: Stores;
let app: WindowApp;

async function openWindow(storage: SettingsStorage | null = null): Promise<void> {
  ({ stores, app } = await openWindowOn(42, storage));
}

/** Name of the rule that a packet's row has on screen. */
function ruleOf(packet: number): string | undefined {
  return document.getElementById(`packet-${packet}`)?.getAttribute('aria-description')?.replace('Coloring rule: ', '');
}

async function openRules(): Promise<HTMLElement> {
  act(() => void runCommand(app, 'view.colouringRules'));
  return screen.findByRole('dialog', { name: 'Coloring rules' });
}

function list(): HTMLElement {
  return screen.getByRole('listbox', { name: 'Coloring rules, in order' });
}

function names(): (string | undefined)[] {
  return within(list()).getAllByRole('option').map((option) => option.querySelector('span[title] > span')?.textContent);
}

function press(key: string, altKey = false): void {
  fireEvent.keyDown(list(), { key, altKey });
}

function write(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

function click(name: string): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

const defaultNames = DEFAULT_RULES.map(({ name }) => name);

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', class { observe(): void {} unobserve(): void {} disconnect(): void {} });
  Element.prototype.scrollIntoView ??= () => undefined;
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.mocked(saveText).mockClear();
});

describe('the list', () => {
  test('has the colours of its rules, and rows say which', async () => {
    await openWindow();
    await waitFor(() => expect([ruleOf(1), ruleOf(3)]).toEqual(['ARP', 'UDP']));
    const { rules } = stores.colouring.getState();
    const arp = rules.find(({ name }) => name === 'ARP');
    expect(document.getElementById('packet-1')?.getAttribute('data-rule')).toBe(arp?.id);
    const [sheet] = document.adoptedStyleSheets;
    const text = [...(sheet?.cssRules ?? [])].map(({ cssText }) => cssText).join('\n');
    expect(text).toContain(`--r-${arp?.id}`);
    expect(text).toContain('light-dark(#faf0d7, #2b2617)');
  });

  test('goes without them', async () => {
    await openWindow();
    await waitFor(() => expect(ruleOf(1)).toBe('ARP'));
    act(() => void runCommand(app, 'view.colour'));
    expect([ruleOf(1), document.getElementById('packet-1')?.hasAttribute('data-rule')]).toEqual([undefined, false]);
  });
});

describe('the editor', () => {
  test('shows the rules in order, the keyboard on them', async () => {
    await openWindow();
    await openRules();
    expect(names()).toEqual(defaultNames);
    await waitFor(() => expect(document.activeElement).toBe(list()));
  });

  test('a rule that is switched off colours no row behind, at once; Cancel brings it back', async () => {
    await openWindow();
    await openRules();
    for (let step = 0; step < defaultNames.indexOf('ARP'); step += 1) press('ArrowDown');
    press(' ');
    expect(within(list()).getAllByRole('option', { selected: true }).map((option) => option.getAttribute('aria-checked'))).toEqual(['false']);
    await waitFor(() => expect(ruleOf(1)).toBeUndefined());
    click('Cancel');
    await waitFor(() => expect(ruleOf(1)).toBe('ARP'));
  });

  test('rules are moved by keys and buttons, and what stands first wins', async () => {
    await openWindow();
    await openRules();
    click('Add a rule');
    write('Filter of the rule', 'arp');
    write('Name', 'Mine');
    await waitFor(() => expect(ruleOf(1)).toBe('Mine'));
    for (let step = 0; step < defaultNames.indexOf('ARP'); step += 1) press('ArrowDown', true);
    expect(names().slice(3, 6)).toEqual(['ICMP error', 'Mine', 'ARP']);
    click('Move down');
    expect(names().slice(3, 6)).toEqual(['ICMP error', 'ARP', 'Mine']);
    await waitFor(() => expect(ruleOf(1)).toBe('ARP'));
    click('Move up');
    await waitFor(() => expect(ruleOf(1)).toBe('Mine'));
  });

  test('rules are duplicated, and deleted with a way back', async () => {
    await openWindow();
    await openRules();
    click('Duplicate');
    expect(names().slice(0, 2)).toEqual([defaultNames[0], `${defaultNames[0] ?? ''} (copy)`]);
    press('Delete');
    expect(names()).toEqual(defaultNames);
    click('Undo');
    expect(names()).toHaveLength(defaultNames.length + 1);
  });

  test('what is kept is there the next time, the defaults are not stored', async () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    await openWindow(storage);
    await openRules();
    press('Delete');
    click('OK');
    expect(createColouringStore(storage).getState().rules.map(({ name }) => name)).toEqual(defaultNames.slice(1));
    await openRules();
    click('Defaults');
    expect(names()).toEqual(defaultNames);
    click('OK');
    expect(areDefaults(createColouringStore(storage).getState().rules)).toBe(true);
    expect(kept.get('layerscope.colouring')).toContain('"rules":null');
  });

  test('says what is wrong with a filter, where, and what it means otherwise', async () => {
    await openWindow();
    const dialog = await openRules();
    click('Add a rule');
    expect(dialog.textContent).toContain('A rule needs a filter');
    write('Filter of the rule', 'nonsense');
    await waitFor(() => expect(dialog.textContent).toContain('The rule matches nothing. "nonsense" is neither a field nor a protocol name. (at character 1)'));
    await waitFor(() => expect(screen.getByLabelText(/^Matches nothing/)).toBeDefined());
    click('Use tcp');
    await waitFor(() => expect(dialog.textContent).toContain('Packets with TCP.'));
  });

  test('a name that files cannot hold is refused', async () => {
    await openWindow();
    await openRules();
    write('Name', 'a@b');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'OK' }).disabled).toBe(true);
    write('Name', 'a at b');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'OK' }).disabled).toBe(false);
  });

  test('tells the contrast of text and ground, warns of a low one, and makes dark colours of light ones', async () => {
    await openWindow();
    const dialog = await openRules();
    write('Background, light theme', '#ffffff');
    write('Text, light theme', '#999999');
    expect(dialog.textContent).toContain('2.8:1, needs 4.5:1 to be read well');
    write('Text, light theme', '#222222');
    expect(dialog.textContent).toContain('15.9:1');
    click('Make dark colours from light ones');
    expect(screen.getByLabelText<HTMLInputElement>('Background, dark theme').value).toBe('#1a1a1a');
  });
});

describe('files', () => {
  test('what is exported is what is there', async () => {
    await openWindow();
    await openRules();
    click('Export');
    expect(saveText).toHaveBeenCalledWith(document, 'colorfilters', writeRules(DEFAULT_RULES));
    expect(readRules(vi.mocked(saveText).mock.calls[0]?.[2] ?? '').problems).toEqual([]);
  });

  test('pasted lines are imported, wrong ones told with their number', async () => {
    await openWindow();
    const dialog = await openRules();
    click('Import…');
    write('Rules, one a line', '@Mine@arp@[65535,65535,0][0,0,0]\nrubbish');
    expect(dialog.textContent).toContain('1 rule can be imported.');
    expect(dialog.textContent).toContain('Line 2: This is no rule');
    click('Add before the others');
    expect(names()).toEqual(['Mine', ...defaultNames]);
    await waitFor(() => expect(ruleOf(1)).toBe('Mine'));
    click('Undo');
    expect(names()).toEqual(defaultNames);
  });
});

describe('conversations', () => {
  test('get one of ten colours before all rules, until it is taken away', async () => {
    await openWindow();
    act(() => void runCommand(app, 'view.colourConversation.3'));
    await waitFor(() => expect(stores.colouring.getState().inForce[0]).toMatchObject({ id: 'conversation-3', filter: 'tcp' }));
    await waitFor(() => expect(ruleOf(5)).toBe('TCP conversation, colour 3'));
    act(() => void runCommand(app, 'view.colourConversation.1'));
    expect(stores.colouring.getState().conversations.map(({ colour }) => colour)).toEqual([0]);
    act(() => void runCommand(app, 'view.resetConversationColours'));
    await waitFor(() => expect(ruleOf(5)).toBe('TCP begins or ends'));
  });

  test('lose it with their capture', async () => {
    await openWindow();
    act(() => void runCommand(app, 'view.colourConversation.3'));
    act(() => app.files.close());
    await waitFor(() => expect(stores.colouring.getState().conversations).toEqual([]));
  });

  test('a rule can be made of one', async () => {
    await openWindow();
    act(() => void runCommand(app, 'view.ruleFromConversation'));
    await screen.findByRole('dialog', { name: 'Coloring rules' });
    await waitFor(() => expect(names()[0]).toBe('TCP conversation'));
    expect(screen.getByLabelText<HTMLInputElement>('Filter of the rule').value).toBe('tcp');
  });
});
