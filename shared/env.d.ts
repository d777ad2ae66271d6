/**
 * The few globals that every runtime of ours has (Node, Electron, browsers) and
 * that ES2023 does not name. Declared here so that nothing else of Node or the
 * DOM compiles in shared/. Only this folder's tsconfig reads the file.
 */

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(bytes?: Uint8Array): string;
}
declare var TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
declare var AbortController: { new (): AbortController };

/** Characters up to U+00FF as base64. */
declare function btoa(characters: string): string;
