/** Attributes of L2TP control messages (RFC 2661 §4). */
import type { Layer } from '../../layer.ts';
import type { l2tpFields } from './fields.ts';
import { ATTRIBUTES } from './names.ts';

export type L2tpLayer = Layer<ReturnType<typeof l2tpFields>>;
type Key = keyof ReturnType<typeof l2tpFields>;
type Content = (layer: L2tpLayer, end: number) => void;

const HEADER = 6;
const LENGTH = 0x03ff;
const HIDDEN = 0x4000;

function plain(...keys: readonly Key[]): Content {
  return (layer) => {
    for (const key of keys) layer.take(key);
  };
}

function rest(key: Key): Content {
  return (layer, end) => {
    layer.take(key, end - layer.cursor);
  };
}

/** Two bits in a field of four bytes. */
function pair(first: Key, second: Key): Content {
  return (layer) => {
    layer.at(first, layer.cursor);
    layer.take(second);
  };
}

/** Fields of which later ones may be left out. */
function optional(keys: readonly Key[], last: Key): Content {
  return (layer, end) => {
    for (const key of keys) if (layer.cursor < end) layer.take(key);
    if (layer.cursor < end) rest(last)(layer, end);
  };
}

/** Numbers behind two reserved bytes. */
function reserved(...keys: readonly Key[]): Content {
  return (layer, end) => {
    layer.skip(2);
    plain(...keys)(layer, end);
  };
}

function proxyId(layer: L2tpLayer): void {
  layer.skip(1);
  layer.take('avp.proxy_authen_id');
}

const CONTENTS: Readonly<Record<number, Content>> = {
  0: plain('avp.message_type'),
  1: optional(['result_code', 'avp.error_code'], 'avp.error_message'),
  2: plain('avp.protocol_version', 'avp.protocol_revision'),
  3: pair('avp.async_framing_supported', 'avp.sync_framing_supported'),
  4: pair('avp.analog_access_supported', 'avp.digital_access_supported'),
  5: plain('tie_breaker'),
  6: plain('avp.firmware_revision'),
  7: rest('avp.host_name'),
  8: rest('avp.vendor_name'),
  9: plain('avp.assigned_tunnel_id'),
  10: plain('avp.receive_window_size'),
  11: rest('avp.chap_challenge'),
  12: optional(['avp.cause_code', 'avp.cause_msg'], 'avp.advisory_msg'),
  13: rest('avp.chap_challenge_response'),
  14: plain('avp.assigned_session_id'),
  15: plain('avp.call_serial_number'),
  16: plain('avp.minimum_bps'),
  17: plain('avp.maximum_bps'),
  18: pair('avp.analog_bearer_type', 'avp.digital_bearer_type'),
  19: pair('avp.async_framing_type', 'avp.sync_framing_type'),
  21: rest('avp.called_number'),
  22: rest('avp.calling_number'),
  23: rest('avp.sub_address'),
  24: plain('avp.connect_speed'),
  25: plain('avp.physical_channel'),
  26: rest('avp.initial_received_lcp_confreq'),
  27: rest('avp.last_sent_lcp_confreq'),
  28: rest('avp.last_received_lcp_confreq'),
  29: plain('avp.proxy_authen_type'),
  30: rest('avp.proxy_authen_name'),
  31: rest('avp.proxy_authen_challenge'),
  32: proxyId,
  33: rest('avp.proxy_authen_response'),
  34: reserved('avp.crc_errors', 'avp.framing_errors', 'avp.hardware_overruns', 'avp.buffer_overruns', 'avp.time_out_errors', 'avp.alignment_errors'),
  35: reserved('avp.send_accm', 'avp.receive_accm'),
  36: rest('avp.random_vector'),
  37: rest('avp.private_group_id'),
  38: plain('avp.rx_connect_speed'),
  46: optional(['avp.disconnect_code', 'avp.control_protocol_number', 'avp.cause_code_direction'], 'avp.cause_code_message'),
};

/** Reads one attribute at the cursor; false where its length makes no sense. */
export function takeAttribute(layer: L2tpLayer): boolean {
  if (!layer.has(HEADER)) return false;
  const head = layer.peekU16();
  const length = head & LENGTH;
  const isForeign = layer.peekU16(2) !== 0;
  const type = layer.peekU16(4);
  const end = layer.cursor + length;
  const title = isForeign ? 'Vendor-Specific' : (ATTRIBUTES[type] ?? 'Unknown');
  layer.group(null, () => {
    for (const key of ['avp.mandatory', 'avp.hidden'] as const) layer.at(key, layer.cursor);
    layer.take('avp.length');
    if (length < HEADER) layer.expert('avp_length.bad', 'error', 'Malformed', 'Bad AVP length');
    else if ((head & HIDDEN) === 0) layer.within(end, () => takeValue(layer, isForeign ? undefined : CONTENTS[type], isForeign, end));
  }, () => `${title} AVP`);
  if (length < HEADER) return false;
  if (!layer.broken) layer.cursor = Math.min(end, layer.end);
  return !layer.broken;
}

function takeValue(layer: L2tpLayer, content: Content | undefined, isForeign: boolean, end: number): void {
  layer.take('avp.vendor_id');
  if (isForeign) layer.skip(2);
  else layer.take('avp.type');
  if (content !== undefined) content(layer, end);
  else if (end > layer.cursor && layer.reaches(end)) layer.put('vendor_specific_avp_data', 0, layer.cursor, end - layer.cursor);
}
