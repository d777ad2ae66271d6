/**
 * Parameters of chunks (RFC 9260 §3.2.1) and causes of errors (§3.3.10, RFC 5061 §4.3), which
 * carry each other: type, length, value, padding.
 */
import { ipv4Text, ipv6Text } from '../../address-text.ts';
import { nameOf } from '../../values.ts';
import { takeUnrecognizedChunk } from './chunk-header.ts';
import { ADDRESS_TYPES, CAUSE, CAUSES, CHUNK_TYPES, HMACS, PARAMETER, PARAMETER_TYPES } from './names.ts';
import { byteWords, padded } from './lengths.ts';
import type { SctpKey, SctpLayer } from './sctp-layer.ts';

const HEADER = 4;

/** Parameters up to the layer's end; gives the addresses among them, joined. */
export function takeParameters(layer: SctpLayer): string {
  const addresses: string[] = [];
  layer.each(() => {
    const address = takeParameter(layer, true);
    if (address !== '') addresses.push(address);
  });
  return addresses.join(', ');
}

/** One parameter; `isListed`: others may follow. Gives the address that it tells, or "". */
export function takeParameter(layer: SctpLayer, isListed = false): string {
  const { cursor } = layer;
  if (!layer.has(HEADER)) return '';
  const left = layer.reportedLeft;
  const type = layer.peekU16();
  const length = layer.peekU16(2);
  const total = left >= length ? Math.min(padded(length), left) : padded(length);
  let words = '';
  let address = '';
  layer.group(null, () => {
    if (isListed && total === Math.max(left, padded(length)) && total > length) layer.expert('parameter_padding.expert', 'note', 'Malformed', 'The padding of this final parameter should be the padding of the chunk.');
    layer.takeFlags('parameter_type');
    layer.take('parameter_length');
    if (length < HEADER) {
      if (!Object.hasOwn(PARAMETER_TYPES, type)) layer.malformed();
      return;
    }
    const value = VALUES[type] ?? unknown;
    ({ words = '', address = '' } = layer.within(cursor + length, () => value(layer, length - HEADER)));
    if (!layer.broken && total > length) layer.take('parameter_padding', total - length);
  }, () => (Object.hasOwn(PARAMETER_TYPES, type) ? `${PARAMETER_TYPES[type]} parameter${words}` : `Unknown parameter (Type ${type}, value length: ${byteWords(Math.max(0, length - HEADER))})`));
  return address;
}

/** What a value adds to its parameter's label, and the address it tells. */
interface Told {
  readonly words?: string;
  readonly address?: string;
}

type Value = (layer: SctpLayer, length: number) => Told;

const NOTHING: Told = {};

function unknown(layer: SctpLayer, length: number): Told {
  if (length > 0) layer.take('parameter_value', length);
  return NOTHING;
}

/** A value that is one field. */
function field(key: SctpKey, words: (length: number, value: unknown) => string = () => ''): Value {
  return (layer, length) => {
    const value: unknown = length > 0 ? layer.take(key, length) : null;
    return { words: words(length, value) };
  };
}

/** Fields one after the other, as many as there are bytes. */
function fields(...keys: readonly SctpKey[]): Value {
  return (layer) => {
    for (const key of keys) if (layer.left > 0) layer.take(key);
    return NOTHING;
  };
}

/** Fields, and then one that is repeated to the end. */
function list(before: readonly SctpKey[], key: SctpKey, label: string, nameOfValue: (value: number) => string): Value {
  return (layer) => {
    for (const first of before) layer.take(first);
    const names: string[] = [];
    layer.each(() => names.push(nameOfValue(layer.take(key) as number)));
    return label === '' ? NOTHING : { words: ` (${label}: ${names.join(', ')})` };
  };
}

function address(layer: SctpLayer, key: 'parameter_ipv4_address' | 'parameter_ipv6_address'): Told {
  const bytes = layer.take(key);
  if (layer.broken) return NOTHING;
  const text = key === 'parameter_ipv4_address' ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0);
  return { words: ` (Address: ${text})`, address: text };
}

/** A change of addresses: its number, and the address as a parameter of its own (RFC 5061 §4.2). */
function changed(layer: SctpLayer): Told {
  const correlation = layer.take('correlation_id');
  const inner = takeParameter(layer);
  return { words: ` (Address: ${inner}, correlation ID: ${correlation})`, address: inner };
}

function addressTypeName(type: number): string {
  return type === 11 ? 'hostname' : (nameOf(ADDRESS_TYPES, type)?.replace(' address', '') ?? String(type));
}

function chunkTypeName(type: number): string {
  return nameOf(CHUNK_TYPES, type) ?? 'Unknown';
}

const RESET = ['parameter_reconfig_request_sequence_number', 'parameter_reconfig_response_sequence_number', 'parameter_senders_last_assigned_tsn'] as const;

const VALUES: Readonly<Record<number, Value>> = {
  [PARAMETER.heartbeat]: field('parameter_heartbeat_information', (length) => ` (Information: ${byteWords(length)})`),
  [PARAMETER.ipv4]: (layer) => address(layer, 'parameter_ipv4_address'),
  [PARAMETER.ipv6]: (layer) => address(layer, 'parameter_ipv6_address'),
  [PARAMETER.cookie]: field('parameter_state_cookie', (length) => ` (Cookie length: ${byteWords(length)})`),
  [PARAMETER.unrecognized]: (layer, length) => {
    if (length > 0) takeParameter(layer);
    return NOTHING;
  },
  [PARAMETER.preservative]: (layer) => ({ words: ` (Increment: ${layer.take('parameter_cookie_preservative_incr')} msec)` }),
  [PARAMETER.hostname]: field('parameter_hostname', (_, value) => ` (Hostname: ${value instanceof Uint8Array ? (String.fromCharCode(...value.subarray(0, 255)).split('\0')[0] ?? '') : ''})`),
  [PARAMETER.addressTypes]: list([], 'parameter_supported_address_type', 'Supported types', addressTypeName),
  [PARAMETER.resetOutgoing]: list(RESET, 'parameter_reconfig_sid', '', String),
  [PARAMETER.resetIncoming]: list(['parameter_reconfig_request_sequence_number'], 'parameter_reconfig_sid', '', String),
  [PARAMETER.resetAll]: fields('parameter_reconfig_request_sequence_number'),
  [PARAMETER.response]: fields('parameter_reconfig_response_sequence_number', 'parameter_reconfig_response_result', 'parameter_senders_next_tsn', 'parameter_receivers_next_tsn'),
  [PARAMETER.addOutgoing]: fields('parameter_reconfig_request_sequence_number', 'parameter_add_outgoing_streams_number', 'parameter_add_outgoing_streams_reserved'),
  [PARAMETER.addIncoming]: fields('parameter_reconfig_request_sequence_number', 'parameter_add_incoming_streams_number', 'parameter_add_incoming_streams_reserved'),
  0x8000: () => NOTHING,
  [PARAMETER.random]: field('random_number'),
  [PARAMETER.chunkList]: list([], 'chunk_type_to_auth', 'Chunk types to be authenticated', chunkTypeName),
  [PARAMETER.algorithms]: list([], 'hmac_id', 'Supported HMACs', (value) => nameOf(HMACS, value) ?? 'Unknown'),
  [PARAMETER.extensions]: list([], 'supported_chunk_type', 'Supported types', chunkTypeName),
  0xc000: () => NOTHING,
  [PARAMETER.addAddress]: changed,
  [PARAMETER.deleteAddress]: changed,
  [PARAMETER.primaryAddress]: changed,
  [PARAMETER.errorCause]: (layer) => {
    layer.take('correlation_id');
    takeCauses(layer);
    return NOTHING;
  },
  [PARAMETER.success]: (layer) => ({ words: ` (Correlation ID: ${layer.take('correlation_id')})` }),
  [PARAMETER.adaptation]: (layer) => ({ words: ` (Indication: ${layer.take('adaptation_layer_indication')})` }),
};

// ── causes ───────────────────────────────────────────────────────────────────

/** Causes up to the layer's end. */
export function takeCauses(layer: SctpLayer): void {
  layer.each(() => takeCause(layer));
}

function takeCause(layer: SctpLayer): void {
  const start = layer.cursor;
  if (!layer.has(HEADER)) return;
  const left = layer.reportedLeft;
  const code = layer.peekU16();
  const length = layer.peekU16(2);
  const total = left >= length ? Math.min(padded(length), left) : padded(length);
  let words = '';
  layer.group(null, () => {
    layer.take('cause_code');
    layer.take('cause_length');
    const information = INFORMATION[code] ?? plain;
    words = layer.within(start + Math.max(length, HEADER), () => information(layer, length - HEADER, code));
    if (!layer.broken && total > length) layer.take('cause_padding', total - length);
  }, () => (Object.hasOwn(CAUSES, code) ? `${CAUSES[code]} cause${words}` : `Unknown cause (Code: ${code}, information length: ${byteWords(Math.max(0, length - HEADER))})`));
}

/** Reads what a cause says; gives what that adds to its label. */
type Information = (layer: SctpLayer, length: number, code: number) => string;

function plain(layer: SctpLayer, length: number): string {
  if (length > 0) layer.take('cause_information', length);
  return '';
}

/** One parameter with the address in question. */
function aboutAddress(label: string): Information {
  return (layer, length) => {
    const address = length > 0 ? takeParameter(layer) : '';
    return label === '' ? '' : ` (${label}: ${address})`;
  };
}

const INFORMATION: Readonly<Record<number, Information>> = {
  [CAUSE.stream](layer) {
    const stream = layer.take('cause_stream_identifier');
    layer.take('cause_reserved');
    return ` (SID: ${stream})`;
  },
  [CAUSE.missing](layer) {
    const count = layer.take('cause_nr_of_missing_parameters');
    for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) layer.take('cause_missing_parameter_type');
    return '';
  },
  [CAUSE.stale]: (layer) => ` (Measure: ${layer.take('cause_measure_of_staleness')} usec)`,
  [CAUSE.address]: aboutAddress('Address'),
  [CAUSE.chunk](layer, length) {
    const type = layer.peekU8();
    if (length > 0) takeUnrecognizedChunk(layer);
    return ` (Type: ${type} (${nameOf(CHUNK_TYPES, type) ?? 'unknown'}))`;
  },
  [CAUSE.parameters](layer) {
    takeParameters(layer);
    return '';
  },
  [CAUSE.noData]: (layer) => ` (TSN: ${layer.take('cause_tsn')})`,
  [CAUSE.restart]: (layer) => ` (New addresses: ${takeParameters(layer)})`,
  [CAUSE.lastAddress]: aboutAddress('Last address'),
  [CAUSE.shortage]: aboutAddress(''),
  [CAUSE.sourceAddress]: aboutAddress('Deleted address'),
  [CAUSE.refused]: aboutAddress(''),
  [CAUSE.algorithm](layer) {
    layer.take('hmac_id');
    return '';
  },
};
