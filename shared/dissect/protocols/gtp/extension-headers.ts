/** Extension headers of GTP version 1 (3GPP TS 29.281 §5.2): a length in units of four bytes, content, and the type of the next. */
import { readU8 } from '../../../bytes/reader.ts';
import type { LayerWith } from '../../layer.ts';
import { type gtpFields } from './fields.ts';
import { EXTENSION_HEADERS } from './names.ts';

type Own = LayerWith<ReturnType<typeof gtpFields>>;

const UNIT = 4;
const UDP_PORT = 0x40;
const RAN_CONTAINER = 0x81;
const LONG_PDCP_NUMBER = 0x82;
const XW_RAN_CONTAINER = 0x83;
const PDU_SESSION = 0x85;
const PDCP_NUMBER = 0xc0;
const DOWNLINK = 0;
const UPLINK = 1;
const PAGING_POLICY = 0x80;

/** Reads all of them from the first on; false where one has no length and nothing further can be read. */
export function takeExtensionHeaders(layer: Own, first: number): boolean {
  let type = first;
  while (type !== 0 && !layer.broken && !layer.run.full) {
    const units = layer.peekU8();
    type = layer.group('ext_hdr', () => takeHeader(layer, type, units), () => `Extension header (${EXTENSION_HEADERS[type] ?? 'Unknown'})`);
    if (units === 0) return false;
  }
  return !layer.broken;
}

/** Gives the type of the next. */
function takeHeader(layer: Own, type: number, units: number): number {
  const end = layer.cursor + units * UNIT;
  layer.take('ext_hdr.length');
  if (units === 0) {
    layer.expert('ext_length.invalid', 'error', 'Malformed', 'Extension header length is zero');
    return 0;
  }
  if (!layer.reaches(end)) return 0;
  CONTENTS[type]?.(layer, end - layer.cursor);
  if (layer.broken) return 0;
  layer.cursor = end - 1;
  return layer.take('ext_hdr.next');
}

/** `length`: of the content and the byte behind it, which says what comes next; Wireshark takes both for the containers. */
const CONTENTS: Readonly<Record<number, (layer: Own, length: number) => void>> = {
  [UDP_PORT]: (layer) => layer.take('ext_hdr.udp_port'),
  [PDCP_NUMBER]: (layer) => layer.take('ext_hdr.pdcp_sn'),
  [LONG_PDCP_NUMBER](layer, length) {
    if (length < 7) return;
    layer.at('ext_hdr.spare_bits', layer.cursor);
    layer.take('ext_hdr.long_pdcp_sn');
    layer.take('ext_hdr.spare_bytes', 3);
  },
  [RAN_CONTAINER]: (layer, length) => layer.take('ext_hdr.ran_cont', length),
  [XW_RAN_CONTAINER]: (layer, length) => layer.take('ext_hdr.xw_ran_cont', length),
  [PDU_SESSION]: (layer) => layer.group(null, () => takeSession(layer), () => 'PDU Session Container'),
};

/** 3GPP TS 38.415 §5.5.2. */
function takeSession(layer: Own): void {
  const at = layer.cursor;
  const type = readU8(layer.bytes, at) >> 4;
  layer.at('ext_hdr.pdu_ses_con.pdu_type', at);
  if (type !== DOWNLINK && type !== UPLINK) {
    layer.expert('unknown_pdu_type', 'note', 'Protocol', 'Unknown PDU type');
    return;
  }
  layer.at('spare.h1', at);
  if (type === UPLINK) {
    layer.at('spare.b7b6', at + 1);
    layer.at('ext_hdr.pdu_ses_con.qos_flow_id', at + 1);
    return;
  }
  layer.at('ext_hdr.pdu_ses_cont.ppp', at + 1, 1);
  layer.at('ext_hdr.pdu_ses_cont.rqi', at + 1, 1);
  layer.at('ext_hdr.pdu_ses_con.qos_flow_id', at + 1);
  if ((readU8(layer.bytes, at + 1) & PAGING_POLICY) === 0) return;
  layer.at('ext_hdr.pdu_ses_cont.ppi', at + 2);
  layer.at('spare.b4b0', at + 2);
}
