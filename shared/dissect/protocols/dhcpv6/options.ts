/** Which option of DHCPv6 (RFC 8415 §21 and later, by code) holds what. */
import { etherText, hexText, ipv6Text } from '../../address-text.ts';
import { readName } from '../dns/name.ts';
import { takeDomainList, takeDomains } from './domain-names.ts';
import { remarkMalformed } from './fields.ts';
import type { Dhcpv6Key, Dhcpv6Layer } from './fields.ts';
import { takeDuid } from './identifiers.ts';
import { FAILOVER_OPTIONS } from './failover-options.ts';
import { SOFTWIRE_OPTIONS } from './softwire-options.ts';
import { VENDOR_OPTIONS } from './vendor-options.ts';

/** What an option's reader needs to know of its message, and how options within it are read. */
export interface OptionContext {
  readonly messageType: number;
  /** Reads options up to `end`, absolute. */
  readonly options: (end: number) => void;
  /** Reads a message of its own up to `end`, absolute. */
  readonly message: (end: number) => void;
}

/** Reads the value of an option; the cursor stands on it. */
export type OptionReader = (layer: Dhcpv6Layer, length: number, context: OptionContext) => void;

/** A value of exactly one length. */
export function exactly(size: number, what: string, body: OptionReader): OptionReader {
  return (layer, length, context) => (length === size ? body(layer, length, context) : remarkMalformed(layer, what));
}

export function single(key: Dhcpv6Key, size: number, what: string): OptionReader {
  return exactly(size, what, (layer) => layer.take(key));
}

/** Bytes or text of any length. */
export function whole(key: Dhcpv6Key): OptionReader {
  return (layer, length) => {
    if (length > 0) layer.take(key, length);
  };
}

function addresses(key: Dhcpv6Key, what: string): OptionReader {
  return (layer, length) => {
    if (length % 16 !== 0) remarkMalformed(layer, what);
    else layer.each(() => layer.take(key), layer.cursor + length);
  };
}

function codes(key: Dhcpv6Key): OptionReader {
  return (layer, length) => layer.each(() => layer.take(key), layer.cursor + length);
}

const nonTemporary: OptionReader = (layer, length, { options }) => {
  if (length < 12) {
    remarkMalformed(layer, 'IA');
    return;
  }
  const end = layer.cursor + length;
  takeAssociation(layer, 'iaid');
  layer.take('iaid.t1');
  layer.take('iaid.t2');
  options(end);
};

const temporary: OptionReader = (layer, length, { options }) => {
  if (length < 4) {
    remarkMalformed(layer, 'IA_TA');
    return;
  }
  const end = layer.cursor + length;
  takeAssociation(layer, 'iata');
  options(end);
};

function takeAssociation(layer: Dhcpv6Layer, key: 'iaid' | 'iata'): void {
  if (!layer.has(4)) return;
  layer.put(key, hexText(layer.bytes, layer.cursor, layer.cursor + 4), layer.cursor, 4);
  layer.skip(4);
}

const address: OptionReader = (layer, length, { options }) => {
  if (length < 24) {
    remarkMalformed(layer, 'IAADDR');
    return;
  }
  const end = layer.cursor + length;
  const at = layer.cursor;
  layer.take('iaaddr.ip');
  layer.infoAppend(() => `IAA: ${ipv6Text(layer.bytes, at)} `);
  layer.take('iaaddr.pref_lifetime');
  layer.take('iaaddr.valid_lifetime');
  options(end);
};

const prefix: OptionReader = (layer, length, { options }) => {
  if (length < 25) {
    remarkMalformed(layer, 'IAPREFIX');
    return;
  }
  const end = layer.cursor + length;
  layer.take('iaprefix.pref_lifetime');
  layer.take('iaprefix.valid_lifetime');
  layer.take('iaprefix.pref_len');
  layer.take('iaprefix.pref_addr');
  options(end);
};

const clientIdentifier: OptionReader = (layer, length) => {
  const start = layer.cursor;
  if (length > 0) layer.infoAppend(() => `CID: ${hexText(layer.bytes, start, Math.min(start + length, layer.end))} `);
  takeDuid(layer, length);
};

/** In hundredths of a second (RFC 8415 §21.9). */
const elapsedTime = exactly(2, 'ELAPSED-TIME', (layer) => {
  layer.put('elapsed_time', layer.peekU16() * 10, layer.cursor, 2);
  layer.skip(2);
});

const relayMessage: OptionReader = (layer, length, { message }) => {
  if (length === 0) remarkMalformed(layer, 'RELAY-MSG');
  else message(layer.cursor + length);
};

const DELAYED = 2;
const SECRET_BYTES = 20;

const authentication: OptionReader = (layer, length) => {
  if (length < 11) {
    remarkMalformed(layer, 'AUTH');
    return;
  }
  const rest = length - 11;
  const protocol = layer.take('auth.protocol');
  layer.take('auth.algorithm');
  layer.take('auth.rdm');
  layer.take('auth.replay_detection', 8);
  if (protocol === DELAYED && rest >= SECRET_BYTES) {
    layer.take('auth.realm', rest - SECRET_BYTES);
    layer.take('auth.key_id');
    layer.take('auth.md5_data', 16);
  } else layer.take('auth.info', rest);
};

const statusCode: OptionReader = (layer, length) => {
  layer.take('status_code');
  if (length > 2) layer.take('status_msg', length - 2);
};

const empty = (what: string): OptionReader => (layer, length) => {
  if (length !== 0) remarkMalformed(layer, what);
};

const FROM_CLIENT: ReadonlySet<number> = new Set([1, 3, 5, 6]);
const FROM_SERVER: ReadonlySet<number> = new Set([2, 7]);

/** RFC 4704 §4. */
const clientName: OptionReader = (layer, length, { messageType }) => {
  if (length < 1) {
    remarkMalformed(layer, 'FQDN');
    return;
  }
  const start = layer.cursor;
  const isServers = FROM_SERVER.has(messageType);
  if (!isServers && !FROM_CLIENT.has(messageType)) {
    layer.put('clientfqdn.bad_msgtype', messageType, start, 1);
    layer.expert('bad_msgtype', 'error', 'Protocol', 'This message type is not permitted to use OPTION_CLIENT_FQDN');
    return;
  }
  const flags = layer.take('client_fqdn_flags');
  if (layer.broken) return;
  layer.flag(isServers ? 'clientfqdn.server.n' : 'clientfqdn.client.n');
  if (isServers) layer.flag('clientfqdn.server.o');
  layer.flag(isServers ? 'clientfqdn.server.s' : 'clientfqdn.client.s');
  if ((flags & 5) === 5) layer.expert('s_bit_should_be_zero', 'error', 'Protocol', 'When the N-bit is set, the S-bit must be reset');
  takeDomains(layer, 'client_domain', length - 1);
};

const remoteId: OptionReader = (layer, length) => {
  if (length < 4) {
    remarkMalformed(layer, 'REMOTE_ID');
    return;
  }
  layer.take('remoteid.enterprise');
  if (length > 4) layer.take('remoteid_enterprise_id', length - 4);
};

/** RFC 5007 §4.1.2.1. */
const leaseQuery: OptionReader = (layer, length, { options }) => {
  if (length < 17) {
    remarkMalformed(layer, 'LQ-QUERY');
    return;
  }
  const end = layer.cursor + length;
  layer.take('lq_query');
  layer.take('lq_query_link_address');
  options(end);
};

const relayData: OptionReader = (layer, length) => {
  if (length < 16) {
    remarkMalformed(layer, 'LQ-RELAY-DATA');
    return;
  }
  layer.take('lq_relay_data_peer_addr');
  layer.take('lq_relay_data_msg', length - 16);
};

const NTP_SUBOPTIONS: Readonly<Record<number, readonly [title: string, key: Dhcpv6Key]>> = {
  1: ['NTP Server Address', 'ntpserver.addr'],
  2: ['NTP Multicast Address', 'ntpserver.mc_addr'],
  3: ['NTP Server FQDN', 'ntpserver.fqdn'],
};

/** RFC 5908 §4. */
const timeServers: OptionReader = (layer, length) => {
  const end = layer.cursor + length;
  layer.each(() => {
    const size = layer.peekU16(2);
    const code = layer.peekU16();
    if (end - layer.cursor < 4 || layer.cursor + 4 + size > end) {
      remarkMalformed(layer, 'NTP Server: suboption too long');
      layer.cursor = end;
      return;
    }
    const [title, key] = NTP_SUBOPTIONS[code] ?? ['NTP suboption', null];
    const next = layer.cursor + 4 + size;
    layer.group(null, () => {
      layer.take('ntpserver.option.type');
      layer.take('ntpserver.option.length');
      if (code === 3) takeDomains(layer, 'ntpserver.fqdn', size);
      else if (key !== null && size === 16) layer.take(key);
      if (!layer.broken) layer.cursor = next;
    }, () => title);
  }, end);
};

const prefixExclude: OptionReader = (layer, length) => {
  if (length < 2 || length > 17) {
    remarkMalformed(layer, 'PD_EXCLUDE');
    return;
  }
  layer.take('pd_exclude.pref_len');
  layer.take('pd_exclude.subnet_id', length - 1);
};

const linkLayerAddress: OptionReader = (layer, length) => {
  if (length === 8) layer.text(() => `Client address: ${etherText(layer.bytes, layer.cursor + 2)}`, layer.cursor, length);
};

const domainName = (key: Dhcpv6Key): OptionReader => (layer) => {
  const { text, wireLength } = readName(layer, layer.cursor, layer.start);
  layer.put(key, text, layer.cursor, wireLength);
};

export const OPTION_READERS: Readonly<Record<number, OptionReader>> = {
  1: clientIdentifier,
  2: takeDuid,
  3: nonTemporary,
  4: temporary,
  5: address,
  6: codes('requested_option_code'),
  7: single('option_preference', 1, 'PREFERENCE'),
  8: elapsedTime,
  9: relayMessage,
  11: authentication,
  12: single('unicast', 16, 'UNICAST'),
  13: statusCode,
  18: whole('interface_id'),
  19: single('reconf_msg', 1, 'RECONF_MSG'),
  20: empty('RECONF_ACCEPT'),
  21: (layer, length) => takeDomainList(layer, 'sip_server_domain_search_fqdn', length, 'SIP Servers Domain Search List'),
  22: addresses('sip_server_a', 'SIP servers address'),
  23: addresses('dns_server', 'DNS servers address'),
  24: (layer, length) => takeDomainList(layer, 'search_list_entry', length, 'Domain name suffix search list'),
  25: nonTemporary,
  26: prefix,
  27: addresses('nis_server', 'NIS servers address'),
  28: addresses('nisp_server', 'NISP servers address'),
  29: (layer, length) => takeDomainList(layer, 'nis_fqdn', length, 'nis-domain-name'),
  30: (layer, length) => takeDomainList(layer, 'nisp_fqdn', length, 'nisp-domain-name'),
  31: addresses('sntp_server', 'SNTP servers address'),
  32: single('lifetime', 4, 'LIFETIME'),
  33: (layer, length) => takeDomainList(layer, 'bcmcs_server_fqdn', length, 'BCMCS Servers Domain Search List'),
  34: addresses('bcmcs_server_a', 'BCMCS servers address'),
  37: remoteId,
  38: whole('subscriber_id'),
  39: clientName,
  40: addresses('pana_agent', 'PANA agents address'),
  41: whole('timezone'),
  42: whole('tzdb'),
  43: codes('requested_option_code'),
  44: leaseQuery,
  45: (layer, length, { options }) => options(layer.cursor + length),
  46: single('clt_time', 4, 'CLT_TIME'),
  47: relayData,
  48: addresses('lq_client_link', 'LQ client links address'),
  52: addresses('capwap_ac_v6', 'CAPWAP Access Controllers address'),
  53: takeDuid,
  56: timeServers,
  64: (layer, length) => (length === 0 ? layer.put('domain_field_len', 0, layer.cursor, 0) : takeDomains(layer, 'aftr_name', length)),
  67: prefixExclude,
  79: linkLayerAddress,
  103: whole('captive_portal'),
  111: codes('option_code'),
  112: whole('mudurl'),
  117: domainName('failover.dns_hostname'),
  118: domainName('failover.dns_zonename'),
  135: single('relay_port', 2, 'Relay Port'),
  ...SOFTWIRE_OPTIONS,
  ...FAILOVER_OPTIONS,
  ...VENDOR_OPTIONS,
};
