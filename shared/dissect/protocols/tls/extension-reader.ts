/** What readers of single extensions have in common. */
import type { TlsLayer } from './fields.ts';
import type { HelloFacts } from './ja3.ts';

/** The message that carries the extension: many look different in another one. */
export type Carrier = 'client' | 'server' | 'retry' | 'encrypted' | 'certificate' | 'request' | 'ticket';

/** Reads an extension's content, which ends at `end`. */
export type ExtensionReader = (layer: TlsLayer, end: number, carrier: Carrier, hello: HelloFacts) => void;
