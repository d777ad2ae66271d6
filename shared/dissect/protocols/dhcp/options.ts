/** Which option of DHCP (RFC 2132 and later, by code) holds what. */
import { SPECIAL_OPTIONS } from './special-options.ts';
import { VENDOR_OPTIONS } from './vendor-options.ts';
import { AGENT_OPTIONS } from './agent-options.ts';
import type { MessageFacts, OptionReader } from './message-facts.ts';
import { takePlain } from './values.ts';
import type { Plain } from './values.ts';
import type { DhcpLayer } from './fields.ts';

const PLAIN: Readonly<Record<number, Plain>> = {
  1: { kind: 'address', key: 'option.subnet_mask' },
  2: { kind: 'seconds', key: 'option.time_offset' },
  3: { kind: 'addresses', key: 'option.router' },
  4: { kind: 'addresses', key: 'option.time_server' },
  5: { kind: 'addresses', key: 'option.name_server' },
  6: { kind: 'addresses', key: 'option.domain_name_server' },
  7: { kind: 'addresses', key: 'option.log_server' },
  8: { kind: 'addresses', key: 'option.quotes_server' },
  9: { kind: 'addresses', key: 'option.lpr_server' },
  10: { kind: 'addresses', key: 'option.impress_server' },
  11: { kind: 'addresses', key: 'option.resource_location_server' },
  12: { kind: 'text', key: 'option.hostname' },
  13: { kind: 'u16', key: 'option.boot_file_size' },
  14: { kind: 'text', key: 'option.merit_dump_file' },
  15: { kind: 'text', key: 'option.domain_name' },
  16: { kind: 'address', key: 'option.swap_server' },
  17: { kind: 'text', key: 'option.root_path' },
  18: { kind: 'text', key: 'option.extension_path' },
  19: { kind: 'flag', key: 'option.ip_forwarding' },
  20: { kind: 'flag', key: 'option.non_local_source_routing' },
  22: { kind: 'u16', key: 'option.max_datagram_reassembly_size' },
  23: { kind: 'u8', key: 'option.default_ip_ttl' },
  24: { kind: 'seconds', key: 'option.path_mtu_aging_timeout' },
  25: { kind: 'u16List', key: 'option.path_mtu_plateau_table_item' },
  26: { kind: 'u16', key: 'option.interface_mtu' },
  27: { kind: 'flag', key: 'option.all_subnets_are_local' },
  28: { kind: 'address', key: 'option.broadcast_address' },
  29: { kind: 'flag', key: 'option.perform_mask_discovery' },
  30: { kind: 'flag', key: 'option.mask_supplier' },
  31: { kind: 'flag', key: 'option.perform_router_discover' },
  32: { kind: 'address', key: 'option.router_solicitation_address' },
  34: { kind: 'flag', key: 'option.trailer_encapsulation' },
  35: { kind: 'seconds', key: 'option.arp_cache_timeout' },
  36: { kind: 'flag', key: 'option.ethernet_encapsulation' },
  37: { kind: 'u8', key: 'option.tcp_default_ttl' },
  38: { kind: 'seconds', key: 'option.tcp_keepalive_interval' },
  39: { kind: 'flag', key: 'option.tcp_keepalive_garbage' },
  40: { kind: 'text', key: 'option.nis_domain' },
  41: { kind: 'addresses', key: 'option.nis_server' },
  42: { kind: 'addresses', key: 'option.ntp_server' },
  44: { kind: 'addresses', key: 'option.netbios_over_tcpip_name_server' },
  45: { kind: 'addresses', key: 'option.netbios_over_tcpip_dd_name_server' },
  46: { kind: 'u8', key: 'option.netbios_over_tcpip_node_type' },
  47: { kind: 'text', key: 'option.netbios_over_tcpip_scope' },
  48: { kind: 'addresses', key: 'option.xwindows_system_font_server' },
  49: { kind: 'addresses', key: 'option.xwindows_system_display_manager' },
  50: { kind: 'address', key: 'option.requested_ip_address' },
  51: { kind: 'seconds', key: 'option.ip_address_lease_time' },
  54: { kind: 'address', key: 'option.dhcp_server_id' },
  55: { kind: 'bytesList', key: 'option.request_list_item' },
  56: { kind: 'text', key: 'option.message' },
  57: { kind: 'u16', key: 'option.dhcp_max_message_size' },
  58: { kind: 'seconds', key: 'option.renewal_time_value' },
  59: { kind: 'seconds', key: 'option.rebinding_time_value' },
  64: { kind: 'text', key: 'option.nis_plus_domain' },
  65: { kind: 'addresses', key: 'option.nis_plus_server' },
  66: { kind: 'text', key: 'option.tftp_server_name' },
  67: { kind: 'text', key: 'option.bootfile_name' },
  68: { kind: 'addresses', key: 'option.mobile_ip_home_agent' },
  69: { kind: 'addresses', key: 'option.smtp_server' },
  70: { kind: 'addresses', key: 'option.pop3_server' },
  71: { kind: 'addresses', key: 'option.nntp_server' },
  72: { kind: 'addresses', key: 'option.default_www_server' },
  73: { kind: 'addresses', key: 'option.default_finger_server' },
  74: { kind: 'addresses', key: 'option.default_irc_server' },
  75: { kind: 'addresses', key: 'option.streettalk_server' },
  76: { kind: 'addresses', key: 'option.streettalk_da_server' },
  85: { kind: 'addresses', key: 'option.novell_dss.ip' },
  86: { kind: 'text', key: 'option.novell_ds_tree_name' },
  87: { kind: 'text', key: 'option.novell_ds_context' },
  91: { kind: 'seconds', key: 'option.client_last_transaction_time' },
  92: { kind: 'addresses', key: 'option.associated_ip_option' },
  93: { kind: 'u16List', key: 'option.client_system_architecture' },
  100: { kind: 'text', key: 'option.tz_pcode' },
  101: { kind: 'text', key: 'option.tz_tcode' },
  112: { kind: 'addresses', key: 'option.netinfo_parent_server_address' },
  113: { kind: 'text', key: 'option.netinfo_parent_server_tag' },
  114: { kind: 'text', key: 'option.captive_portal' },
  116: { kind: 'u8', key: 'option.dhcp_auto_configuration' },
  118: { kind: 'address', key: 'option.subnet_selection_option' },
  136: { kind: 'addresses', key: 'option.pana_agent' },
  137: { kind: 'text', key: 'option.lost_server_domain_name' },
  138: { kind: 'addresses', key: 'option.capwap_access_controller' },
  142: { kind: 'addresses', key: 'option.andsf_server' },
  145: { kind: 'bytesList', key: 'option.forcerenew_nonce.algorithm' },
  150: { kind: 'addresses', key: 'option.tftp_server_address' },
  152: { kind: 'time', key: 'option.bulk_lease.base_time' },
  153: { kind: 'seconds', key: 'option.bulk_lease.start_time_of_state' },
  154: { kind: 'time', key: 'option.bulk_lease.query_start_time' },
  155: { kind: 'time', key: 'option.bulk_lease.query_end_time' },
  156: { kind: 'u8', key: 'option.bulk_lease.dhcp_state' },
  157: { kind: 'flag', key: 'option.bulk_lease.data_source' },
  160: { kind: 'text', key: 'option.captive_portal' },
  161: { kind: 'text', key: 'option.mudurl' },
  209: { kind: 'text', key: 'option.pxe_config_file' },
  210: { kind: 'text', key: 'option.pxe_path_prefix' },
  252: { kind: 'text', key: 'option.private_proxy_autodiscovery' },
  21: { kind: 'addressPairs', key: 'option.policy_filter.ip', other: 'option.policy_filter.subnet_mask' },
  33: { kind: 'addressPairs', key: 'option.static_route.ip', other: 'option.static_route.router' },
};

const READERS: Readonly<Record<number, OptionReader>> = { ...SPECIAL_OPTIONS, ...AGENT_OPTIONS, ...VENDOR_OPTIONS };

/** True where an option's value is shown as what it means. */
export function isRead(code: number): boolean {
  return READERS[code] !== undefined || PLAIN[code] !== undefined;
}

/** Reads the value of option `code`; the cursor stands on it, `length` bytes are its own. */
export function takeOptionValue(layer: DhcpLayer, code: number, length: number, facts: MessageFacts): void {
  const reader = READERS[code];
  const plain = PLAIN[code];
  if (reader !== undefined) reader(layer, length, facts);
  else if (plain !== undefined) takePlain(layer, plain, length);
}
