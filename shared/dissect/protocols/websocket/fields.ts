/** The fields of WebSocket, and the layer type that the parts of its dissector share. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
/** From here on opcodes are of control frames, which are never fragmented. */
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export const OPCODES: Readonly<Record<number, string>> = {
  [CONTINUATION]: 'Continuation',
  [TEXT]: 'Text',
  [BINARY]: 'Binary',
  [CLOSE]: 'Connection Close',
  [PING]: 'Ping',
  [PONG]: 'Pong',
};

/** RFC 6455 §7.4.1. */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1000: 'Normal Closure',
  1001: 'Going Away',
  1002: 'Protocol error',
  1003: 'Unsupported Data',
  1004: '---Reserved----',
  1005: 'No Status Rcvd',
  1006: 'Abnormal Closure',
  1007: 'Invalid frame payload data',
  1008: 'Policy Violation',
  1009: 'Message Too Big',
  1010: 'Mandatory Ext.',
  1011: 'Internal Server',
  1015: 'TLS handshake',
};

const YES_NO = ['True', 'False'] as const;

export const websocketFields = () => ({
  'fin': { type: 'bool', label: 'Fin', size: 1, mask: 0x80, states: YES_NO, help: 'Set on the last frame of a message; messages may be sent in several.' },
  'rsv': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x70 },
  'pmc': { type: 'bool', label: 'Per-Message Compressed', size: 1, mask: 0x40, states: YES_NO, help: 'Set on the first frame of a message that is compressed (RFC 7692). It can only be read with the messages before it.' },
  'opcode': { type: 'u8', label: 'Opcode', mask: 0x0f, names: OPCODES },
  'mask': { type: 'bool', label: 'Mask', size: 1, mask: 0x80, states: YES_NO, help: 'Clients scramble what they send, so that nobody in between mistakes it for HTTP. It hides nothing.' },
  'payload_length': { type: 'u8', label: 'Payload length', mask: 0x7f },
  'payload_length_ext_16': { type: 'u16', label: 'Extended Payload length (16 bits)' },
  'payload_length_ext_64': { type: 'u64', label: 'Extended Payload length (64 bits)' },
  'masking_key': { type: 'bytes', label: 'Masking-Key' },
  'masked_payload': { type: 'none', label: 'Masked payload' },
  'payload': { type: 'none', label: 'Payload' },
  'payload.continue': { type: 'bytes', label: 'Continue' },
  'payload.text': { type: 'string', label: 'Text' },
  'payload.close': { type: 'none', label: 'Close' },
  'payload.close.status_code': { type: 'u16', label: 'Status code', names: CLOSE_CODES },
  'payload.close.reason': { type: 'string', label: 'Reason' },
  'payload.ping': { type: 'bytes', label: 'Ping' },
  'payload.pong': { type: 'bytes', label: 'Pong' },
  'payload.unknown': { type: 'bytes', label: 'Unknown' },
  'decompression.failed.expert': { type: 'none', label: 'Decompression failed' },
  'payload.unknown.expert': { type: 'none', label: 'Unknown opcode' },
  'fragments': { type: 'none', label: 'Reassembled WebSocket Fragments' },
  'fragment': { type: 'framenum', label: 'WebSocket Fragment' },
  'fragment.count': { type: 'u32', label: 'Fragment count' },
  'reassembled.length': { type: 'u32', label: 'Reassembled WebSocket Payload length' },
} as const satisfies Fields);

export type WebSocketLayer = Layer<ReturnType<typeof websocketFields>>;
