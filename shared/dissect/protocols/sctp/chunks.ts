/** Chunks of SCTP: a header of four bytes, a value that depends on the type, padding (RFC 9260 §3.2). */
import { CHUNK_HEADER, takeChunkHeader } from './chunk-header.ts';
import { takeDataChunk } from './data.ts';
import { byteWords, padded } from './lengths.ts';
import { CHUNK, chunkName } from './names.ts';
import { takeCauses, takeParameters } from './parameters.ts';
import { takeSelective, takeSelectiveNotRenegable } from './sack.ts';
import type { ChunkContext, SctpKey, SctpLayer } from './sctp-layer.ts';

/** What a chunk type knows beyond its name. */
interface ChunkKind {
  /** Bits of the flags, in the order of the tree. */
  readonly flags?: readonly SctpKey[];
  /** Shorter ones are not read. */
  readonly least?: number;
  /** Reads the value up to the layer's end; gives what that adds to the chunk's label. */
  readonly take: (layer: SctpLayer, length: number, context: ChunkContext) => string;
}

/** A chunk as the packet's loop needs to know it. */
export interface TakenChunk {
  readonly type: number;
  /** Where the chunk ends with its padding, absolute. */
  readonly end: number;
}

/** Reads one chunk; user data in it is left to the caller, in `context`. */
export function takeChunk(layer: SctpLayer, context: ChunkContext): TakenChunk {
  const start = layer.cursor;
  const left = layer.reportedLeft;
  const type = layer.peekU8();
  const length = layer.peekU16(2);
  const end = start + (left >= length ? Math.min(padded(length), left) : padded(length));
  const kind = CHUNKS[type];
  const least = kind?.least ?? CHUNK_HEADER;
  let words = '';
  if (length === 0) layer.malformed();
  if (!layer.has(CHUNK_HEADER)) return { type, end };
  layer.group(null, () => {
    takeChunkHeader(layer, length < least ? [] : (kind?.flags ?? []));
    if (length > left) layer.expert('chunk_length.bad', 'error', 'Malformed', `Chunk length (${length}) is longer than remaining data (${left}) in the packet.`);
    if (length < least) words = `, bogus chunk length ${length} < ${Math.max(CHUNK_HEADER, length < CHUNK_HEADER ? 0 : least)})`;
    else words = layer.within(start + length, () => (kind ? kind.take(layer, length - CHUNK_HEADER, context) : unknown(layer, length - CHUNK_HEADER, type)));
    if (layer.broken || length < CHUNK_HEADER) return;
    layer.cursor = Math.min(start + length, layer.end);
    if (end > start + length && start + length <= layer.end) layer.take('chunk_padding', end - start - length);
  }, () => `${chunkName(type)} chunk${words}`);
  return { type, end };
}

function unknown(layer: SctpLayer, length: number, type: number): string {
  if (length > 0) layer.take('chunk_value', length);
  return ` (Type: ${type}, value length: ${byteWords(length)})`;
}

// ── kinds ────────────────────────────────────────────────────────────────────

/** Flag of PKTDROP: only the beginning of the packet is there. */
const TRUNCATED = 0x04;

const NO_VALUE: ChunkKind = { take: () => '' };

function init(prefix: 'init' | 'initack'): ChunkKind {
  return {
    least: 20,
    take(layer) {
      const at = layer.cursor;
      layer.take(`${prefix}_initiate_tag`);
      if (!layer.broken) layer.at('initiate_tag', at);
      layer.take(`${prefix}_credit`);
      const outbound = layer.take(`${prefix}_nr_out_streams`);
      const inbound = layer.take(`${prefix}_nr_in_streams`);
      layer.take(`${prefix}_initial_tsn`);
      if (!layer.broken) takeParameters(layer);
      return ` (Outbound streams: ${outbound}, inbound streams: ${inbound})`;
    },
  };
}

const HEARTBEAT: ChunkKind = {
  take(layer, length) {
    if (length > 0) takeParameters(layer);
    return ` (Information: ${byteWords(length)})`;
  },
};

/** A chunk of one field. */
function single(key: SctpKey, label: string, ...flags: readonly SctpKey[]): ChunkKind {
  return { flags, take: (layer) => ` (${label}: ${layer.take(key) as number})` };
}

function withCauses(...flags: readonly SctpKey[]): ChunkKind {
  return {
    flags,
    take(layer) {
      takeCauses(layer);
      return '';
    },
  };
}

/** A change of addresses, or the answer to one (RFC 5061 §4.1). */
function configuration(key: SctpKey): ChunkKind {
  return {
    take(layer) {
      layer.take(key);
      takeParameters(layer);
      return '';
    },
  };
}

const AUTHENTICATION: ChunkKind = {
  take(layer, length) {
    layer.take('shared_key_id');
    layer.take('hmac_id');
    if (length > 4) layer.take('hmac', length - 4);
    return '';
  },
};

/** A packet that was dropped on its way (draft-stewart-sctp-pktdrprep); where it is whole, it is read as a packet of its own. */
const DROPPED: ChunkKind = {
  flags: ['pckdrop_m_bit', 'pckdrop_b_bit', 'pckdrop_t_bit'],
  take(layer, length) {
    const isWhole = (layer.peekU8(-3) & TRUNCATED) === 0;
    layer.take('pktdrop_bandwidth');
    layer.take('pktdrop_queuesize');
    layer.take('pktdrop_truncated_length');
    layer.take('pktdrop_reserved');
    if (length > 12 && !isWhole) layer.take('pktdrop_datafield', length - 12);
    return '';
  },
};

const PADDING: ChunkKind = {
  take(layer, length) {
    if (length > 0) layer.take('padding_data', length);
    return ` (Padding data length: ${byteWords(length)})`;
  },
};

const COOKIE_ECHO: ChunkKind = {
  take(layer, length) {
    if (length > 0) layer.take('cookie', length);
    return ` (Cookie length: ${byteWords(length)})`;
  },
};

const FORWARD: ChunkKind = {
  take(layer) {
    const tsn = layer.take('forward_tsn_tsn');
    layer.each(() => {
      layer.take('forward_tsn_sid');
      layer.take('forward_tsn_ssn');
    });
    return ` (Cumulative TSN: ${tsn})`;
  },
};

const FORWARD_INTERLEAVED: ChunkKind = {
  take(layer) {
    const tsn = layer.take('i_forward_tsn_tsn');
    layer.each(() => {
      layer.take('i_forward_tsn_sid');
      layer.takeFlags('i_forward_tsn_flags');
      layer.take('forward_tsn_mid');
    });
    return ` (Cumulative TSN: ${tsn})`;
  },
};

const RECONFIGURATION: ChunkKind = {
  take(layer) {
    takeParameters(layer);
    return '';
  },
};

const DATA_FLAGS = ['data_i_bit', 'data_u_bit', 'data_b_bit', 'data_e_bit'] as const;

const CHUNKS: Readonly<Record<number, ChunkKind>> = {
  [CHUNK.DATA]: { flags: DATA_FLAGS, least: 16, take: (layer, length, context) => takeDataChunk(layer, length, context, false) },
  [CHUNK.I_DATA]: { flags: DATA_FLAGS, least: 20, take: (layer, length, context) => takeDataChunk(layer, length, context, true) },
  [CHUNK.INIT]: init('init'),
  [CHUNK.INIT_ACK]: init('initack'),
  [CHUNK.SACK]: { flags: ['sack_nounce_sum'], take: (layer, _, { tag }) => takeSelective(layer, tag) },
  [CHUNK.NR_SACK]: { flags: ['nr_sack_nounce_sum'], take: (layer, _, { tag }) => takeSelectiveNotRenegable(layer, tag) },
  [CHUNK.HEARTBEAT]: HEARTBEAT,
  [CHUNK.HEARTBEAT_ACK]: HEARTBEAT,
  [CHUNK.ABORT]: withCauses('abort_t_bit'),
  [CHUNK.ERROR]: withCauses(),
  [CHUNK.SHUTDOWN]: single('shutdown_cumulative_tsn_ack', 'Cumulative TSN ack'),
  [CHUNK.SHUTDOWN_ACK]: NO_VALUE,
  [CHUNK.SHUTDOWN_COMPLETE]: { flags: ['shutdown_complete_t_bit'], take: () => '' },
  [CHUNK.COOKIE_ECHO]: COOKIE_ECHO,
  [CHUNK.COOKIE_ACK]: NO_VALUE,
  [CHUNK.ECNE]: single('ecne_lowest_tsn', 'Lowest TSN'),
  [CHUNK.CWR]: single('cwr_lowest_tsn', 'Lowest TSN'),
  [CHUNK.AUTH]: AUTHENTICATION,
  [CHUNK.ASCONF]: configuration('asconf_seq_nr_number'),
  [CHUNK.ASCONF_ACK]: configuration('asconf_ack_seq_nr_number'),
  [CHUNK.PKTDROP]: DROPPED,
  [CHUNK.RE_CONFIG]: RECONFIGURATION,
  [CHUNK.PAD]: PADDING,
  [CHUNK.FORWARD_TSN]: FORWARD,
  [CHUNK.I_FORWARD_TSN]: FORWARD_INTERLEAVED,
};
