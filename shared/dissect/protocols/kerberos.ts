/** Kerberos 5 (RFC 4120) over datagrams and streams: who asks for which ticket, and what the KDC answers. */
import { readBer } from '../ber/reader.ts';
import type { BerLayer } from '../ber/notation.ts';
import type { Fields, Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { eachMessage } from '../stream-messages.ts';
import { isKerberos4 } from './krb4.ts';
import { KERBEROS } from './kerberos/module.ts';
import { MESSAGE, MESSAGE_TAGS, onError, onMessageType } from './kerberos/messages.ts';
import { errorWords, messageWords } from './kerberos/words.ts';
import { readMessage } from './kerberos/pre-authentication.ts';

const fields = () => ({
  'rm.reserved': { type: 'bool', label: 'Reserved', mask: 0x8000_0000, size: 4, states: ['Set', 'Not set'] },
  'rm.length': { type: 'u32', label: 'Record Length', mask: 0x7fff_ffff },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

const RECORD_MARK_BYTES = 4;
const CLASS = 0xc0;
const APPLICATION = 0x40;

/** Tells in the Info column what the message is: the outermost, or the error that it reports. */
export interface Telling {
  readonly info: (words: string) => void;
}

/** Whether a tag is that of a message. */
function isMessage(tag: number): boolean {
  return (tag & CLASS) === APPLICATION && MESSAGE_TAGS.has(tag & 0x1f);
}

/** Reads a message at the cursor of any layer. */
export function readKerberos(layer: BerLayer, telling?: Telling): void {
  let isTold = false;
  readBer(layer, MESSAGE, {
    prepare: (reader) => {
      reader.set(readMessage, (inner) => inner.read(MESSAGE));
      if (telling === undefined) return;
      reader.set(onMessageType, (type) => {
        if (!isTold) telling.info(messageWords(type));
        isTold = true;
      });
      reader.set(onError, (code) => {
        if (code !== 0) telling.info(`KRB Error: ${errorWords(code)}`);
      });
    },
  });
}

function takeMessage(layer: Own): void {
  layer.protocolName('KRB5');
  layer.info(() => '');
  readKerberos(layer, { info: (words) => layer.info(() => words) });
}

/** RFC 4120 §7.2.2: over TCP, the length stands in front. */
function takeRecord(layer: Own): void {
  const length = layer.peekU32() & 0x7fff_ffff;
  layer.group(
    null,
    () => {
      layer.at('rm.reserved', layer.cursor);
      layer.take('rm.length');
    },
    () => `Record Mark: ${length} byte${length === 1 ? '' : 's'}`,
  );
  if (!layer.broken) takeMessage(layer);
}

const FRAMING = { headBytes: RECORD_MARK_BYTES, lengthOf: (layer: Own): number => RECORD_MARK_BYTES + (layer.peekU32() & 0x7fff_ffff) };

// ── tickets alone ────────────────────────────────────────────────────────────

const TICKET = 0x61;
const SEQUENCE = 0x30;
/** "[0] INTEGER 5": the version that a ticket begins with. */
const VERSION_FIVE = [0xa0, 0x03, 0x02, 0x01, 0x05] as const;

/** Octets of the element's tag and length at `at`. */
function headerBytes(peek: Peek, at: number): number {
  const first = peek.u8(at + 1);
  return first > 0x80 ? 2 + (first & 0x7f) : 2;
}

/** AFS sends a ticket of Kerberos 5 to a port of its own to have it changed for one of version 4. */
function isTicket(peek: Peek): boolean {
  if (peek.u8(0) !== TICKET) return false;
  const outer = headerBytes(peek, 0);
  if (outer > 4 || peek.u8(outer) !== SEQUENCE) return false;
  const length = outer === 2 ? peek.u8(1) : outer === 3 ? peek.u8(2) : peek.u16(2);
  const inner = outer + headerBytes(peek, outer);
  return outer + length === peek.reportedLength && VERSION_FIVE.every((byte, index) => peek.u8(inner + index) === byte);
}

export const kerberos = KERBEROS.protocol({
  title: 'Kerberos',
  short: 'KRB5',
  spec: 'RFC 4120 §5',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [88] },
    { table: 'tcp.port', keys: [88] },
  ],
  guesses: [{ table: 'udp', rank: 50, accepts: isTicket }],
  accepts: (peek, table) => table === 'tcp.port' || isMessage(peek.u8(0)) || isKerberos4(peek),
  fields,
  parse(layer) {
    const { run } = layer;
    if (run.flow?.protocol === 'tcp') eachMessage(layer, FRAMING, () => takeRecord(layer));
    else if (isMessage(layer.peekU8())) {
      // An error message quotes too little for the guess.
      if (run.pass === 'deep' && run.flow !== null && !run.quoted) run.state.pin(run.flowKey(), run.packet.number, 'kerberos');
      takeMessage(layer);
    } else if (run.flow?.protocol === 'udp' && isKerberos4(run.peek(layer as unknown as Layer, layer.start))) layer.call('krb4', { start: layer.start });
    else layer.refuse();
  },
});
