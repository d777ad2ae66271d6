/** Options of DHCP with a form of their own. */
import { readU8 } from '../../../bytes/reader.ts';
import { takeLongOption } from './long-options.ts';
import { remarkLength } from './fields.ts';
import type { DhcpKey, DhcpLayer } from './fields.ts';
import type { MessageFacts, OptionReader } from './message-facts.ts';
import { takeLocation } from './location.ts';
import { ISNS_OPTION } from './isns-option.ts';
import { takeClientIdentifier, takeMachineIdentifier } from './client-identifier.ts';

/** Binary names: labels with a length each; the last may lack its end (RFC 4702 §2.3.2). */
export function labelsText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let at = start;
  while (at < end) {
    const length = readU8(bytes, at);
    if (length === 0) break;
    if (text !== '') text += '.';
    for (let index = at + 1; index <= at + length && index < end; index += 1) text += String.fromCharCode(readU8(bytes, index));
    at += 1 + length;
  }
  return text;
}

function domainName(layer: DhcpLayer, length: number): void {
  if (length < 3) {
    remarkLength(layer, "length isn't >= 3");
    return;
  }
  const flags = layer.take('fqdn.flags');
  if (layer.broken) return;
  for (const key of ['fqdn.mbz', 'fqdn.n', 'fqdn.e', 'fqdn.o', 'fqdn.s'] as const) layer.flag(key);
  layer.take('fqdn.rcode1');
  layer.take('fqdn.rcode2');
  const start = layer.cursor;
  const size = length - 3;
  if (size === 0) return;
  if ((flags & 4) === 0) layer.take('fqdn.name', size);
  else if (layer.reaches(start + size)) layer.put('fqdn.name', labelsText(layer.bytes, start, start + size), start, size);
}

function messageType(layer: DhcpLayer): void {
  layer.take('option.dhcp');
}

/** RFC 3004: instances with a length each; many clients send plain text instead. */
function userClass(layer: DhcpLayer, length: number): void {
  if (length < 2) {
    remarkLength(layer, "length isn't >= 2");
    return;
  }
  const end = layer.cursor + length;
  let isText = false;
  layer.each((index) => {
    const size = layer.peekU8();
    if (size === 0) {
      takeEmptyClass(layer, index);
      layer.cursor = end;
      return;
    }
    if (layer.cursor + 1 + size > end) {
      layer.take('option.user_class.text', end - layer.cursor);
      isText = true;
      return;
    }
    layer.put('option.user_class', index, layer.cursor, 1 + size);
    layer.inside(() => {
      layer.take('option.user_class.length');
      layer.take('option.user_class.data', size);
    });
  }, end);
  if (isText) layer.expert('option.nonstd_data', 'note', 'Protocol', 'Non standard compliant option data');
}

/** RFC 3004 §4 wants at least one byte. */
function takeEmptyClass(layer: DhcpLayer, index: number): void {
  layer.put('option.user_class', index, layer.cursor, 1);
  layer.inside(() => {
    layer.take('option.user_class.length');
    remarkLength(layer, `UC_Len_${index} isn't >= 1 (UC_Len_${index} = 0)`);
  });
}

function directoryAgents(layer: DhcpLayer, length: number): void {
  if (length < 1) {
    remarkLength(layer, "length isn't >= 1");
    return;
  }
  layer.take('option.slp_directory_agent.value');
  const rest = length - 1;
  layer.each(() => layer.take('option.slp_directory_agent.slpda_address'), layer.cursor + rest - (rest % 4));
  if (rest % 4 !== 0) remarkLength(layer, "Option length isn't a multiple of 4");
}

function serviceScope(layer: DhcpLayer, length: number): void {
  layer.take('option.slp_service_scope.value');
  if (length > 1) layer.take('option.slp_service_scope.string', length - 1);
  else layer.malformed();
}

const DELAYED = 1;
const HMAC_MD5 = 1;
const DISCOVER = 1;
/** Its number and the hash made with it. */
const SECRET_BYTES = 20;
const PLAIN_COUNTER = 0;

/** RFC 3118 §2. */
function authentication(layer: DhcpLayer, length: number, facts: MessageFacts): void {
  if (length < 11) {
    remarkLength(layer, "length isn't >= 11");
    return;
  }
  const end = layer.cursor + length;
  const protocol = layer.take('option.dhcp_authentication.protocol');
  const algorithm = layer.take(protocol === DELAYED ? 'option.dhcp_authentication.alg_delay' : 'option.dhcp_authentication.algorithm');
  const detection = layer.take('option.dhcp_authentication.rdm');
  if (detection === PLAIN_COUNTER) layer.take('option.dhcp_authentication.rdm_replay_detection');
  else layer.take('option.dhcp_authentication.rdm_rdv', 8);
  const rest = end - layer.cursor;
  if (protocol === DELAYED && algorithm === HMAC_MD5) {
    // A discover asks for the secret and has none yet (RFC 3118 §5.2).
    if (facts.messageType === DISCOVER || rest < SECRET_BYTES) return;
    layer.take('option.dhcp_authentication.secret_id');
    layer.take('option.dhcp_authentication.hmac_md5_hash', 16);
  } else if (rest > 0) layer.take('option.dhcp_authentication.information', rest);
}

function networkInterface(layer: DhcpLayer, length: number): void {
  if (length < 3) {
    layer.malformed();
    return;
  }
  layer.skip(1);
  layer.take('client_network_id_major');
  layer.take('client_network_id_minor');
}

/** RFC 4776 §3.1. */
function civicLocation(layer: DhcpLayer, length: number): void {
  if (length < 3) {
    remarkLength(layer, "length isn't >= 3");
    return;
  }
  const end = layer.cursor + length;
  layer.take('option.civic_location.what');
  layer.take('option.civic_location.country', 2);
  layer.each(() => {
    if (end - layer.cursor < 2) {
      layer.cursor = end;
      return;
    }
    layer.take('option.civic_location.ca_type');
    const size = layer.take('option.civic_location.ca_length');
    if (layer.cursor + size > end) {
      layer.expert('option.civic_location.bad_cattype', 'error', 'Protocol', 'Error with CAType');
      layer.cursor = end;
    } else if (size > 0) layer.take('option.civic_location.ca_value', size);
  }, end);
}

const NAME_SERVICES: Readonly<Record<number, string>> = {
  0: 'Local naming information (e.g., an /etc/hosts file on a UNIX machine)', 6: 'Domain Name Server Option', 41: 'Network Information Servers Option',
  44: 'NetBIOS over TCP/IP Name Server Option', 65: 'Network Information Service+ Servers Option',
};

/** RFC 2937 §2. */
function nameServices(layer: DhcpLayer, length: number): void {
  if (length < 2) {
    remarkLength(layer, "length isn't >= 2");
    return;
  }
  layer.each(() => {
    const service = layer.peekU16();
    const name = NAME_SERVICES[service];
    const start = layer.cursor;
    layer.skip(2);
    if (name !== undefined) layer.put('option.dhcp_name_service_search_option', `${name} (${service})`, start, 2);
    else layer.expert('option.dhcp_name_service.invalid', 'error', 'Protocol', `Invalid Name Service (${service}). RFC 2937 defines only 0, 6, 41, 44, and 65 as possible values.`);
  }, layer.cursor + length - (length % 2));
}

/** RFC 3442: the mask's width, as many bytes of the network as that needs, and the router. */
function classlessRoutes(layer: DhcpLayer, length: number): void {
  if (length < 5) {
    remarkLength(layer, "length isn't >= 5");
    return;
  }
  const end = layer.cursor + length;
  layer.each(() => {
    const width = layer.peekU8();
    if (width > 32) {
      layer.expert('option.classless_static.route', 'error', 'Protocol', `Mask width (${width}) > 32`);
      layer.cursor = end;
      return;
    }
    const size = Math.ceil(width / 8);
    const start = layer.cursor;
    layer.take('option.classless_static_route', 1 + size + 4);
    layer.label(() => routeWords(layer, start, width, size));
  }, end);
}

function routeWords({ bytes }: DhcpLayer, start: number, width: number, size: number): string {
  const network = Array.from({ length: 4 }, (_, index) => (index < size ? readU8(bytes, start + 1 + index) : 0)).join('.');
  const router = Array.from({ length: 4 }, (_, index) => readU8(bytes, start + 1 + size + index)).join('.');
  return width === 0 ? `Default route by ${router}` : `Route to ${network}/${width} by ${router}`;
}

function resolverSelection(layer: DhcpLayer, length: number): void {
  if (length < 10) {
    remarkLength(layer, 'length must be >= 10');
    return;
  }
  layer.at('option.rdnss.reserved', layer.cursor);
  layer.take('option.rdnss.preference');
  layer.take('option.rdnss.primary_dns');
  layer.take('option.rdnss.secondary_dns');
  const start = layer.cursor;
  const size = length - 9;
  if (layer.reaches(start + size)) layer.put('option.rdnss.domain', labelsText(layer.bytes, start, start + size), start, size);
}

function leaseStatus(layer: DhcpLayer, length: number): void {
  if (length < 1) {
    remarkLength(layer, 'length must >= 1');
    return;
  }
  layer.take('option.bulk_lease.status_code');
  if (length > 1) layer.take('option.bulk_lease.status_code_message', length - 1);
}

/** RFC 7291 §4. */
function portControlServers(layer: DhcpLayer, length: number): void {
  if (length < 5) {
    remarkLength(layer, 'length must >= 5');
    return;
  }
  const end = layer.cursor + length;
  layer.each(() => {
    const size = layer.peekU8();
    layer.group(null, () => {
      layer.take('option.pcp.list_length');
      layer.each(() => layer.take('option.pcp.server'), Math.min(end, layer.cursor + size - (size % 4)));
    }, () => 'PCP server list');
  }, end);
}

function portParameters(layer: DhcpLayer, length: number): void {
  if (length !== 4) {
    remarkLength(layer, 'length must be 4');
    return;
  }
  layer.take('option.portparams.offset');
  layer.take('option.portparams.psid_length');
  layer.take('option.portparams.psid', 2);
}

/** RFC 5969 §7.1.1. */
function rapidDeployment(layer: DhcpLayer, length: number): void {
  if (length < 22) {
    layer.expert('option.6RD.malformed', 'error', 'Protocol', '6RD: malformed option');
    return;
  }
  layer.take('option.6RD.ipv4_mask_len');
  layer.take('option.6RD.prefix_len');
  layer.take('option.6RD.prefix');
  layer.each(() => layer.take('option.6RD.border_relay_ip'), layer.cursor + length - 18);
}

const AVAYA_NAMES: ReadonlySet<string> = new Set(['tlssrvr', 'httpsrvr', 'httpdir', 'static', 'mcipadd', 'dot1x', 'icmpdu', 'icmpred', 'l2q', 'l2qvlan', 'loglocal', 'phy1stat', 'phy2stat', 'procpswd', 'procstat', 'snmpadd', 'snmpstring', 'vlantest']);
const AVAYA_NUMBERS: ReadonlySet<string> = new Set(['l2qvlan', 'vlantest']);

/** Names and values for telephones, with commas between them. */
function telephoneSettings(layer: DhcpLayer, length: number): void {
  if (length < 5) {
    remarkLength(layer, "Avaya IP Telephone option length isn't >= 5");
    return;
  }
  const start = layer.cursor;
  const text = layer.peekText(0, length);
  layer.take('option.vendor.avaya', length);
  let at = start;
  layer.inside(() => {
    for (const setting of text.split(',')) {
      putSetting(layer, setting, at);
      at += setting.length + 1;
    }
  });
}

function putSetting(layer: DhcpLayer, setting: string, at: number): void {
  const equals = setting.indexOf('=');
  const name = setting.slice(0, Math.max(0, equals)).toLowerCase();
  if (!AVAYA_NAMES.has(name)) {
    layer.expert('subopt.unknown_type', 'error', 'Protocol', `ERROR, Unknown Avaya IP Telephone parameter ${setting}`);
    return;
  }
  const value = setting.slice(equals + 1);
  const number = /^\d+/.exec(value)?.[0] ?? '0';
  layer.put(`option.vendor.avaya.${name}` as DhcpKey, AVAYA_NUMBERS.has(name) ? Number(number) : value, at, setting.length);
}

export const SPECIAL_OPTIONS: Readonly<Record<number, OptionReader>> = {
  53: messageType,
  61: takeClientIdentifier,
  77: userClass,
  78: directoryAgents,
  79: serviceScope,
  81: domainName,
  83: ISNS_OPTION,
  90: authentication,
  94: networkInterface,
  97: takeMachineIdentifier,
  99: civicLocation,
  117: nameServices,
  119: (layer, length, facts) => takeLongOption(layer, 119, length, facts),
  120: (layer, length, facts) => takeLongOption(layer, 120, length, facts),
  121: classlessRoutes,
  123: takeLocation,
  146: resolverSelection,
  151: leaseStatus,
  158: portControlServers,
  159: portParameters,
  212: rapidDeployment,
  242: telephoneSettings,
  249: classlessRoutes,
};
