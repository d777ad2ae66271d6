/** The header of Modbus over TCP and UDP (Modbus Messaging on TCP/IP 1.0b §3.1.3), and the line it gives the list. */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import type { Fields, Peek } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import type { Run } from '../../run.ts';
import { DIAGNOSTIC_CODE, FUNC_CODE, MEI } from './names.ts';

const PORT = 502;
export const HEADER_BYTES = 7;
const DIAGNOSTICS = 8;
const ENCAPSULATED = 43;
const EXCEPTION = 0x80;

export const mbtcpFields = () => ({
  'trans_id': { type: 'u16', label: 'Transaction Identifier', help: 'Chosen by who asks; the answer repeats it.' },
  'prot_id': { type: 'u16', label: 'Protocol Identifier', help: '0 stands for Modbus.' },
  'len': { type: 'u16', label: 'Length', help: 'Bytes that follow, the unit included.' },
  'unit_id': { type: 'u8', label: 'Unit Identifier', help: 'Which device behind a gateway is meant.' },
  'cannot_classify': { type: 'none', label: 'Cannot classify packet type' },
} as const satisfies Fields);

export type MbtcpLayer = Layer<ReturnType<typeof mbtcpFields>>;

export type Direction = 'query' | 'response' | 'unknown';

/** Who asks is told by the port alone. */
export function directionOf({ sourcePort, destinationPort }: Pick<Run<Layer>, 'sourcePort' | 'destinationPort'>): Direction {
  const isFromServer = sourcePort === PORT;
  const isToServer = destinationPort === PORT;
  if (isFromServer === isToServer) return 'unknown';
  return isToServer ? 'query' : 'response';
}

/** A whole header with a function code, of protocol 0, that says it has both. */
export function looksLikeModbus(peek: Peek): boolean {
  return peek.length > HEADER_BYTES && peek.u16(2) === 0 && peek.u16(4) >= 2;
}

/** The function's high bit stands for an exception, whose code is never 0 (Modbus Application Protocol 1.1b3 §7). */
export function isExceptional(bytes: Uint8Array, at: number): boolean {
  return (readU8(bytes, at) & EXCEPTION) !== 0 && readU8(bytes, at + 1) !== 0;
}

const WORDS: Readonly<Record<Direction, string>> = { query: '   Query', response: 'Response', unknown: ' unknown' };

function functionWords(code: number, subcode: number | null): string {
  const name = FUNC_CODE[code] ?? `Unknown function (${code})`;
  const padded = String(code).padStart(3);
  if (subcode === null) return `${padded}: ${name}`;
  if (code === DIAGNOSTICS) return `${padded}/  1: ${DIAGNOSTIC_CODE[subcode] ?? name}`;
  if (code === ENCAPSULATED) return `${padded}/  1: ${MEI[subcode] ?? name}`;
  return `${padded}: ${name}`;
}

/** Header and content of the one message in the layer. */
export function takeMessage(layer: MbtcpLayer): void {
  const { bytes, cursor: start } = layer;
  const first = readU8(bytes, start + HEADER_BYTES);
  const code = first & 0x7f;
  const isException = isExceptional(bytes, start + HEADER_BYTES);
  // The list tells what kind of message it is, so as much of it must be there.
  const needed = (first & EXCEPTION) !== 0 ? HEADER_BYTES + 2 : code === DIAGNOSTICS ? HEADER_BYTES + 3 : code === ENCAPSULATED ? HEADER_BYTES + 2 : HEADER_BYTES + 1;
  layer.info(() => '');
  if (!layer.reaches(start + needed)) return;
  const direction = directionOf(layer.run);
  const subcode = isException ? null : code === DIAGNOSTICS ? readU16(bytes, start + HEADER_BYTES + 1) : readU8(bytes, start + HEADER_BYTES + 1);
  if (direction === 'unknown') layer.expert('cannot_classify', 'warn', 'Protocol', 'Cannot classify packet type: neither or both ports are 502');
  const transaction = layer.take('trans_id');
  layer.take('prot_id');
  layer.take('len');
  const unit = layer.take('unit_id');
  const tail = direction === 'unknown' ? '. Unable to classify as query or response.' : isException ? '. Exception returned ' : '';
  layer.info(() => `${WORDS[direction]}: Trans: ${String(transaction).padStart(5)}; Unit: ${String(unit).padStart(3)}, Func: ${functionWords(code, subcode)}${tail}`);
  layer.call('modbus');
}
