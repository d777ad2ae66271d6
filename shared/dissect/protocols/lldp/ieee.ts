/** TLVs of IEEE 802.1 and 802.3 (802.1Q-2022 annex D, 802.3-2022 §79). */
import type { Content, Contents, LldpLayer } from './layer.ts';

/** A field with bits, drawn below it. */
function withBits(key: Parameters<LldpLayer['take']>[0]): Content {
  return (layer) => {
    layer.takeFlags(key);
  };
}

function plain(...keys: readonly Parameters<LldpLayer['take']>[0][]): Content {
  return (layer) => {
    for (const key of keys) layer.take(key);
  };
}

function vlanName(layer: LldpLayer): void {
  layer.take('802_1.vlan.id');
  const length = layer.take('802_1.vlan.name_len') as number;
  if (length > 0) layer.take('802_1.vlan.name', length);
}

function protocolIdentity(layer: LldpLayer): void {
  const length = layer.take('802_1.proto.id_length') as number;
  if (length > 0) layer.take('802_1.proto.id', length);
}

function congestion(layer: LldpLayer): void {
  for (const part of ['cnpv', 'ready'] as const) {
    for (const priority of EIGHT) layer.at(`802_1qau.${part}.prio${priority}`, layer.cursor);
    layer.skip(1);
  }
}

const EIGHT = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** Which group each priority belongs to, four bits each; then the share of each group. */
export function priorityGroups(layer: LldpLayer): void {
  for (const priority of EIGHT) {
    layer.at(`feature.pg.pgid_prio${priority}`, layer.cursor);
    if (priority % 4 === 3) layer.skip(2);
  }
  for (const group of EIGHT) layer.take(`feature.pg.per${group}`);
}

export function flowControl(layer: LldpLayer): void {
  for (const priority of EIGHT) layer.at(`feature.pfc.prio${priority}`, layer.cursor);
  layer.skip(1);
}

function algorithms(layer: LldpLayer): void {
  for (const trafficClass of EIGHT) layer.take(`ieee.ets.tsa${trafficClass}`);
}

function transmissionSelection(layer: LldpLayer): void {
  layer.at('ieee.willing', layer.cursor);
  layer.at('ieee.ets.cbs', layer.cursor);
  layer.take('ieee.ets.maxtcs');
  priorityGroups(layer);
  algorithms(layer);
}

function recommendation(layer: LldpLayer): void {
  layer.take('feature.pg.reserved');
  priorityGroups(layer);
  algorithms(layer);
}

function priorityFlowControl(layer: LldpLayer): void {
  layer.at('ieee.willing', layer.cursor);
  layer.at('ieee.pfc.mbc', layer.cursor);
  layer.take('ieee.pfc.numtcs');
  flowControl(layer);
}

export const APPLICATIONS: Readonly<Record<number, string>> = { 0x8906: 'FCoE', 0x8914: 'FiP', 0x0cbc: 'iSCSI', 0x8915: 'RoCE' };

function applications(layer: LldpLayer, end: number): void {
  layer.take('ieee.app.reserved');
  while (layer.cursor + 3 <= end && !layer.broken) {
    const number = layer.peekU16(1);
    layer.group(null, () => {
      layer.at('ieee.app.prio', layer.cursor);
      layer.take('iee.app.sf');
      layer.take('feature.app.proto');
    }, () => `${APPLICATIONS[number] ?? 'Unknown'} Application`);
  }
}

function aggregation(prefix: '802_1' | '802_3'): Content {
  return (layer) => {
    layer.take(`${prefix}.aggregation_status`);
    layer.flags(`${prefix}.aggregation_status`);
    layer.take(`${prefix}.aggregated_port_id`);
  };
}

export const BRIDGE_CONTENTS: Contents = {
  0x01: plain('802_1.port_vlan.id'),
  0x02: (layer) => {
    layer.takeFlags('802_1.port_and_vlan_id_flag');
    layer.take('802_1.port_proto_vlan.id');
  },
  0x03: vlanName,
  0x04: protocolIdentity,
  0x07: aggregation('802_1'),
  0x08: congestion,
  0x09: transmissionSelection,
  0x0a: recommendation,
  0x0b: priorityFlowControl,
  0x0c: applications,
};

const POWER_CLASSIC = 3;
const POWER_REQUESTED = 8;

/** IEEE 802.3-2022 §79.3.2: grew with every standard of power over Ethernet; older devices send less. */
function power(layer: LldpLayer, end: number): void {
  const start = layer.cursor;
  layer.takeFlags('802_3.mdi_power_support');
  layer.take('802_3.mdi_pse_pair');
  layer.take('802_3.mdi_power_class');
  if (end - start <= POWER_CLASSIC) return;
  for (const key of ['802_3.mdi_power_type', '802_3.mdi_power_source'] as const) layer.at(key, layer.cursor);
  for (const key of ['802_3.mdi_power_priority', '802_3.mdi_pde_requested', '802_3.mdi_pse_allocated'] as const) layer.take(key);
  if (end - start > POWER_REQUESTED) morePower(layer);
}

/** What 802.3bt added. */
function morePower(layer: LldpLayer): void {
  for (const end of ['pd_requested_power_value_mode_a', 'pd_requested_power_value_mode_b', 'pse_allocated_power_value_alt_a', 'pse_allocated_power_value_alt_b'] as const) layer.take(`802_3.bt_ds_${end}`);
  for (const key of ['802_3.bt_power_status', '802_3.bt_system_setup'] as const) withBits(key)(layer, layer.end);
  layer.take('802_3.bt_pse_maximum_available_power_value');
  for (const key of ['802_3.bt_autoclass', '802_3.bt_power_down'] as const) withBits(key)(layer, layer.end);
}

export const ETHERNET_CONTENTS: Contents = {
  0x01: (layer, end) => {
    withBits('802_3.mac_phy_auto_neg_status')(layer, end);
    withBits('802_3.pmd_auto_neg_advertised_caps')(layer, end);
    layer.take('802_3.pmd_mau_type');
  },
  0x02: power,
  0x03: (layer, end) => {
    layer.expert('tlv_deprecated', 'note', 'Protocol', 'TLV has been deprecated');
    aggregation('802_3')(layer, end);
  },
  0x04: plain('802_3.max_frame_size'),
  0x05: plain('802_3.eee.transmit', '802_3.eee.receive', '802_3.eee.fallback_receive', '802_3.eee.echo_transmit', '802_3.eee.echo_receive'),
  0x07: withBits('802_3br.eac'),
};

/** IEEE 802.1Qbg, as it was drafted. */
export const VIRTUAL_CONTENTS: Contents = {
  0x00: (layer, end) => {
    withBits('802_1qbg.evb_support_caps')(layer, end);
    withBits('802_1qbg.evb_configure_caps')(layer, end);
    for (const key of ['802_1qbg.evb_supported_vsi', '802_1qbg.evb_configured_vsi', '802_1qbg.evb_retrans_timer'] as const) layer.take(key);
  },
};
