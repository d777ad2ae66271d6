/** The header that discovery and session of PPPoE have in common (RFC 2516 §4). */
import { sharedFields } from '../../define.ts';
import type { FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const CODES: Readonly<Record<number, string>> = {
  0x00: 'Session Data', 0x07: 'Active Discovery Offer (PADO)', 0x09: 'Active Discovery Initiation (PADI)', 0x0a: 'Active Discovery Session-Grant (PADG)', 0x0b: 'Active Discovery Session-Credit Resp.(PADC)',
  0x0c: 'Active Discovery Quality (PADQ)', 0x19: 'Active Discovery Request (PADR)', 0x65: 'Active Discovery Session-confirmation (PADS)', 0xa7: 'Active Discovery Terminate (PADT)',
  0xd3: 'Active Discovery Message (PADM)', 0xd4: 'Active Discovery Network (PADN)',
};

export const HEADER_LENGTH = 6;
export const TAG_CREDITS = 0x0106;

export const headerFields = () => sharedFields('pppoe', {
  'version': { type: 'u8', label: 'Version', mask: 0xf0 },
  'type': { type: 'u8', label: 'Type', mask: 0x0f },
  'code': { type: 'u8', label: 'Code', base: 'hex', names: CODES, help: 'Which step of finding and opening a session this is.' },
  'session_id': { type: 'u16', label: 'Session ID', base: 'hex', help: 'Number of the session between this client and this access concentrator; 0 while there is none.' },
  'payload_length': { type: 'u16', label: 'Payload Length', help: 'Bytes behind this header; Ethernet may have padded the frame.' },
});

export type HeaderLayer = Layer<Readonly<Record<keyof ReturnType<typeof headerFields>, FieldSpec>>>;

/** Reads the header and writes its words; gives the payload's length. */
export function takeHeader(layer: HeaderLayer, protocolName: string): number {
  layer.protocolName(protocolName);
  layer.info(() => '');
  layer.at('version', layer.cursor);
  layer.take('type');
  const code = layer.take('code') as number;
  if (!layer.broken) layer.info(() => CODES[code] ?? 'Unknown');
  layer.take('session_id');
  return layer.take('payload_length') as number;
}
