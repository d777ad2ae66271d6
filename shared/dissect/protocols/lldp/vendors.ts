/** TLVs of makers and other organizations. */
import { hexText } from '../../address-text.ts';
import type { Content, Contents, LldpLayer } from './layer.ts';
import { REALTIME_STATES } from './vendor-fields.ts';

type Key = Parameters<LldpLayer['take']>[0];

function plain(...keys: readonly Key[]): Content {
  return (layer) => {
    for (const key of keys) layer.take(key);
  };
}

/** All that is left of the TLV. */
function rest(key: Key): Content {
  return (layer, end) => {
    if (end > layer.cursor) layer.take(key, end - layer.cursor);
  };
}

function appliances(layer: LldpLayer, end: number): void {
  layer.at('cisco.apiclist', layer.cursor, end - layer.cursor);
  layer.each(() => {
    layer.take('cisco.apicid');
    layer.take('cisco.apicipv4');
    layer.take('cisco.apicuuid', 36);
  }, end);
}

export const CISCO_CONTENTS: Contents = {
  0x01: (layer) => {
    layer.takeFlags('cisco.upoe');
  },
  0xc9: plain('cisco.portstate'),
  0xca: plain('cisco.noderole'),
  0xcb: plain('cisco.nodeid'),
  0xcc: plain('cisco.spinelevel'),
  0xcd: plain('cisco.podid'),
  0xce: rest('cisco.fabricname'),
  0xcf: appliances,
  0xd0: plain('cisco.nodeip'),
  0xd1: plain('cisco.portrole'),
  0xd2: rest('cisco.version'),
  0xd3: plain('cisco.fabricvlan'),
  0xd4: rest('cisco.serialno'),
  0xd6: rest('cisco.model'),
  0xd7: rest('cisco.nodename'),
  0xd8: plain('cisco.portmode'),
  0xd9: rest('cisco.authcookie'),
  0xda: plain('cisco.apicmode'),
  0xdb: plain('cisco.fabricd'),
};

/** A universally unique identifier in network order, as text. */
function identifier(key: 'profinet.mrp_domain_uuid' | 'profinet.subdomain_uuid' | 'profinet.ir_data_uuid'): Content {
  return (layer) => {
    if (!layer.has(16)) return;
    const at = layer.cursor;
    const hex = hexText(layer.bytes, at, at + 16);
    layer.put(key, hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), at, 16);
    layer.skip(16);
  };
}

function portStatus(layer: LldpLayer): void {
  layer.take('profinet.rtc2_port_status');
  if (!layer.has(2)) return;
  const state = layer.peekU16() & 7;
  layer.infoAppend(() => `RTClass3 Port Status = ${REALTIME_STATES[state] ?? `Unknown ${state}`}`);
  for (const key of ['profinet.rtc3_port_status', 'profinet.rtc3_port_status.reserved', 'profinet.rtc3_port_status.fragmentation'] as const) layer.at(key, layer.cursor);
  layer.take('profinet.rtc3_port_status.preambleLength');
}

function clockStatus(layer: LldpLayer, end: number): void {
  layer.take('profinet.master_source_address');
  identifier('profinet.subdomain_uuid')(layer, end);
  identifier('profinet.ir_data_uuid')(layer, end);
  layer.at('profinet.length_of_period_valid', layer.cursor);
  layer.take('profinet.length_of_period_length');
  for (const colour of ['red', 'orange', 'green'] as const) {
    layer.at(`profinet.${colour}_period_begin_valid`, layer.cursor);
    layer.take(`profinet.${colour}_period_begin_offset`);
  }
}

/** IEC 61158-6-10, PROFINET. */
export const PROFINET_CONTENTS: Contents = {
  0x01: plain('profinet.port_rx_delay_local', 'profinet.port_rx_delay_remote', 'profinet.port_tx_delay_local', 'profinet.port_tx_delay_remote', 'profinet.cable_delay_local'),
  0x02: portStatus,
  0x04: (layer, end) => {
    identifier('profinet.mrp_domain_uuid')(layer, end);
    layer.take('profinet.mrrt_port_status');
  },
  0x05: plain('profinet.cm_mac_add'),
  0x06: clockStatus,
};

const SYSTEM_ID_LENGTH = 10;

export const EXTREME_CONTENTS: Contents = {
  11: (layer) => {
    layer.take('extreme_avaya_ap.hmac_sha_digest');
    for (const key of ['extreme_avaya_ap.element_type', 'extreme_avaya_ap.state'] as const) layer.at(key, layer.cursor);
    layer.take('extreme_avaya_ap.mgnt_vlan');
    layer.take('extreme_avaya_ap.rsvd');
    layer.take('extreme_avaya_ap.system_id', SYSTEM_ID_LENGTH);
  },
  12: (layer, end) => {
    layer.take('extreme_avaya_ap.hmac_sha_digest');
    layer.each(() => {
      layer.at('extreme_avaya_ap.status', layer.cursor);
      layer.take('extreme_avaya_ap.vlan');
      layer.take('extreme_avaya_ap.i_sid');
    }, end);
  },
};

export const IANA_CONTENTS: Contents = { 1: rest('iana.mudurl') };
export const ONOS_CONTENTS: Contents = { 1: rest('onos.chassis'), 2: rest('onos.port'), 3: plain('onos.ttl') };
