/** Options with suboptions that are no vendor's own: 63 (RFC 2242), 82 (RFC 3046) and 122 (RFC 3495). */
import type { DhcpKey, DhcpLayer } from './fields.ts';
import type { OptionReader } from './message-facts.ts';
import { PRESENCE, takeSuboptions } from './suboptions.ts';
import type { SuboptionReader, SuboptionTable } from './suboptions.ts';

const NOVELL: SuboptionTable = {
  code: 'option.novell_options.suboption',
  value: 'option.novell_options.value',
  readers: {
    1: PRESENCE,
    2: PRESENCE,
    3: PRESENCE,
    4: PRESENCE,
    5: { kind: 'flag', key: 'option.novell_options.broadcast' },
    6: { kind: 'addresses', key: 'option.novell_options.preferred_dss_server' },
    7: { kind: 'addresses', key: 'option.novell_options.nearest_nwip_server' },
    8: { kind: 'u8', key: 'option.novell_options.autoretries' },
    9: { kind: 'u8', key: 'option.novell_options.autoretry_delay' },
    10: { kind: 'flag', key: 'option.novell_options.support_netware_v1_1' },
    11: { kind: 'address', key: 'option.novell_options.primary_dss' },
  },
};

const CABLELABS = 4491;

/** What CableLabs puts into 82.9, by type: numbers and texts. */
const CABLELABS_AGENT: Readonly<Record<number, DhcpKey>> = {
  1: 'option.agent_information_option.vi.cl.docsis_version',
  2: 'option.agent_information_option.vi.cl.dpoe_system_version',
  3: 'option.agent_information_option.vi.cl.dpoe_system_pbb_service',
  4: 'option.agent_information_option.vi.cl.service_class_name',
  5: 'option.agent_information_option.vi.cl.mso_defined_text',
  6: 'option.agent_information_option.vi.cl.secure_file_transfer_uri',
};

/** RFC 4243 §4: an enterprise's number, a length and its own data, as often as needed. */
const agentVendors: SuboptionReader = (layer, length) => {
  const end = layer.cursor + length;
  layer.each(() => {
    const enterprise = layer.take('option.agent_information_option.vi.enterprise');
    layer.inside(() => {
      const size = layer.take('option.agent_information_option.vi.data_length');
      const dataEnd = layer.cursor + size;
      if (enterprise === CABLELABS) takeCableLabsAgent(layer, Math.min(dataEnd, end));
      else if (size > 0 && dataEnd <= end) layer.take('option.agent_information_option.value', size);
      if (!layer.broken) layer.cursor = dataEnd;
    });
  }, end);
};

function takeCableLabsAgent(layer: DhcpLayer, end: number): void {
  layer.each(() => {
    const key = CABLELABS_AGENT[layer.peekU8()];
    layer.skip(1);
    const size = layer.peekU8();
    layer.skip(1);
    if (key !== undefined && layer.cursor + size <= end) layer.take(key, size);
    else layer.skip(size);
  }, end);
}

/** The name of a virtual network; 1 and 7 bytes an RFC 2685 number, 255 none (RFC 6607 §3.4). */
const virtualNetwork: SuboptionReader = (layer, length) => {
  if (length === 0) return;
  const type = layer.peekU8();
  if (type === 255) layer.take('option.agent_information_option.vrf_name.global');
  else layer.take('option.agent_information_option.vrf_name', length);
};

const text = (name: string): { readonly kind: 'text'; readonly key: DhcpKey } => ({ kind: 'text', key: `option.agent_information_option.${name}` as DhcpKey });
const bytes = (name: string): { readonly kind: 'bytes'; readonly key: DhcpKey } => ({ kind: 'bytes', key: `option.agent_information_option.${name}` as DhcpKey });
const address = (name: string): { readonly kind: 'address'; readonly key: DhcpKey } => ({ kind: 'address', key: `option.agent_information_option.${name}` as DhcpKey });

const AGENT: SuboptionTable = {
  code: 'option.agent_information_option.suboption',
  value: 'option.agent_information_option.value',
  readers: {
    1: bytes('agent_circuit_id'),
    2: bytes('agent_remote_id'),
    3: bytes('reserved'),
    4: { kind: 'u32', key: 'option.agent_information_option.docsis_device_class' },
    5: address('link_selection'),
    6: text('subscriber_id'),
    7: bytes('radius_attributes'),
    8: bytes('authentication'),
    9: agentVendors,
    10: { kind: 'u8', key: 'option.agent_information_option.flags' },
    11: address('server_id_override'),
    12: bytes('relay_agent_id'),
    13: { kind: 'bytes', key: 'option.agent_information_option.ani_att' },
    14: text('ani_network_name'),
    15: text('ani_ap_name'),
    16: { kind: 'mac', key: 'option.agent_information_option.ani_ap_bssid' },
    17: bytes('ani_operator_id'),
    18: text('ani_operator_realm'),
    150: address('link_selection_cisco'),
    151: virtualNetwork,
    152: address('server_id_override_cisco'),
  },
};

const REALM_TIMEOUTS = ['cl.ietf_ccc.dev_realm_unc_key_nom_timeout', 'cl.ietf_ccc.dev_realm_unc_key_max_timeout', 'cl.ietf_ccc.dev_realm_unc_key_max_retries'] as const;
const PROVISIONING_TIMEOUTS = ['cl.ietf_ccc.dev_prov_unc_key_nom_timeout', 'cl.ietf_ccc.dev_prov_unc_key_max_timeout', 'cl.ietf_ccc.dev_prov_unc_key_max_retries'] as const;

/** RFC 3495 §8: suboptions for telephones of cable networks. */
const clientConfiguration: OptionReader = (layer, length) => {
  const end = layer.cursor + length;
  layer.each(() => takeConfiguration(layer, end), end);
};

function takeConfiguration(layer: DhcpLayer, end: number): void {
  const code = layer.take('vendor.pc.ietf_ccc.suboption');
  const room = end - layer.cursor;
  const size = layer.peekU8();
  if (room < 1) {
    layer.expert('missing_subopt_length', 'error', 'Protocol', `Suboption ${code}: no room left in option for suboption length`);
    return;
  }
  layer.skip(1);
  if (size > room - 1) {
    layer.expert('missing_subopt_value', 'error', 'Protocol', `Suboption ${code}: no room left in option for suboption value`);
    layer.cursor = end;
    return;
  }
  const next = layer.cursor + size;
  layer.inside(() => {
    if ((code === 4 || code === 5) && size === 12) for (const key of code === 4 ? REALM_TIMEOUTS : PROVISIONING_TIMEOUTS) layer.take(key);
    else if (code === 9 && size === 2) {
      layer.at('ccc.ietf.sec_tkt.pc_provision_server', layer.cursor);
      layer.take('ccc.ietf.sec_tkt.all_pc_call_management');
    }
  });
  if (!layer.broken) layer.cursor = next;
}

export const AGENT_OPTIONS: Readonly<Record<number, OptionReader>> = {
  63: (layer, length) => takeSuboptions(layer, NOVELL, layer.cursor + length),
  82: (layer, length) => takeSuboptions(layer, AGENT, layer.cursor + length),
  122: clientConfiguration,
};
