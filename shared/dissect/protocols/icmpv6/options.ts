/** Options of Neighbor Discovery and its relatives (RFC 4861 §4.6 and what IANA lists since). */
import { latin1, readU16, readU8 } from '../../../bytes/reader.ts';
import { hexText, ipv6Text } from '../../address-text.ts';
import type { Icmpv6Layer } from './fields.ts';
import { putMobilityOption } from './mobility-options.ts';
import { OPTION_NAMES } from './option-fields.ts';
import { putSecureOption } from './secure-options.ts';

const SOURCE_LINK_ADDRESS = 1;
const TARGET_LINK_ADDRESS = 2;
const NEIGHBOR_SOLICITATION = 135;
const ADDRESS_LENGTH = 16;
const PREFERENCES = ['Medium', 'High', 'Reserved', 'Low'] as const;

/** Body of one option: from the cursor to `end`; gives what the option's line says besides its name. */
export type OptionBody = (layer: Icmpv6Layer, end: number, type: number, messageType: number) => string;

/** Records the options from the cursor to the end of the layer; `messageType`: of the message that holds them. */
export function putOptions(layer: Icmpv6Layer, messageType: number): void {
  layer.each(() => putOption(layer, messageType));
}

function putOption(layer: Icmpv6Layer, messageType: number): void {
  const type = layer.peekU8();
  let words = '';
  layer.group('opt', () => {
    layer.take('opt.type');
    const length = layer.take('opt.length') * 8;
    if (layer.broken) return;
    layer.label(() => `Length: ${length / 8} (${length} bytes)`);
    if (length === 0) {
      layer.expert('invalid_option_length', 'error', 'Malformed', 'Invalid option length (Zero)');
      layer.cursor = layer.end;
      return;
    }
    const end = layer.cursor - 2 + length;
    words = putBody(layer, end, type, messageType);
    if (!layer.broken && layer.reaches(end)) layer.cursor = end;
  }, () => `ICMPv6 Option (${OPTION_NAMES[type] ?? `Unknown ${type}`}${words})`);
}

function putBody(layer: Icmpv6Layer, end: number, type: number, messageType: number): string {
  const body = BODIES[type];
  if (body !== undefined) return body(layer, end, type, messageType);
  const isUnknown = !putSecureOption(layer, end, type) && !putMobilityOption(layer, end, type);
  if (isUnknown) {
    layer.expert('undecoded.option', 'note', 'Undecoded', `Options of type ${type} are not decoded`);
    if (end > layer.cursor) layer.take('data', end - layer.cursor);
  }
  return '';
}

const BODIES: Readonly<Record<number, OptionBody>> = {
  [SOURCE_LINK_ADDRESS]: linkAddress,
  [TARGET_LINK_ADDRESS]: linkAddress,
  3: prefixInformation,
  4: redirectedHeader,
  5: mtu,
  6: shortcutLimit,
  7: advertisementInterval,
  8: homeAgent,
  9: addressList,
  10: addressList,
  24: routeInformation,
  25: nameServers,
  26: moreFlags,
  31: searchList,
  33: addressRegistration,
  34: context,
  35: borderRouter,
  36: capabilities,
  37: captivePortal,
  38: nat64Prefix,
};

function takeReserved(layer: Icmpv6Layer, length: number): void {
  layer.take('opt.reserved', length);
}

/** An IPv6 prefix of which only `length` bytes are on the wire (at most 16); records it and gives its text. */
function takePrefix(layer: Icmpv6Layer, key: 'opt.prefix' | 'opt.6co.context_prefix' | 'opt.pref64.prefix', length: number): string {
  const at = layer.cursor;
  const size = Math.min(length, ADDRESS_LENGTH);
  if (size <= 0) return '::';
  layer.skip(size);
  if (layer.broken) return '';
  const address = new Uint8Array(ADDRESS_LENGTH);
  address.set(layer.bytes.subarray(at, at + size));
  layer.put(key, address, at, size);
  return layer.run.labels ? ipv6Text(address, 0) : '';
}

// ── Neighbor Discovery itself ────────────────────────────────────────────────

function linkAddress(layer: Icmpv6Layer, end: number, type: number, messageType: number): string {
  const at = layer.cursor;
  const isSource = type === SOURCE_LINK_ADDRESS;
  // 64-bit addresses of IEEE 802.15.4 are followed by six bytes of padding (RFC 4944 §8).
  const isLong = end - at === 14;
  const size = isLong ? 8 : end - at;
  if (!layer.has(size)) return '';
  if (isLong) {
    const text = hexText(layer.bytes, at, at + size, ':');
    layer.put('opt.linkaddr_eui64', text, at, size);
    layer.put(isSource ? 'opt.src_linkaddr_eui64' : 'opt.target_linkaddr_eui64', text, at, size, { hidden: true });
    layer.skip(size);
    layer.take('opt.padding', end - layer.cursor);
  } else {
    layer.at('opt.linkaddr', at, size);
    layer.at(isSource ? 'opt.src_linkaddr' : 'opt.target_linkaddr', at, size, { hidden: true });
    layer.skip(size);
  }
  const words = () => hexText(layer.bytes, at, at + size, ':');
  // In a solicitation the target's address is what is asked for.
  if (isSource) layer.infoAppend(() => ` from ${words()}`);
  else if (messageType !== NEIGHBOR_SOLICITATION) layer.infoAppend(() => ` is at ${words()}`);
  return layer.run.labels ? ` : ${words()}` : '';
}

function prefixInformation(layer: Icmpv6Layer): string {
  const length = layer.take('opt.prefix.length');
  layer.takeFlags('opt.prefix.flag');
  layer.take('opt.prefix.valid_lifetime');
  layer.take('opt.prefix.preferred_lifetime');
  takeReserved(layer, 4);
  return ` : ${takePrefix(layer, 'opt.prefix', ADDRESS_LENGTH)}/${length}`;
}

function redirectedHeader(layer: Icmpv6Layer, end: number): string {
  takeReserved(layer, 6);
  const at = layer.cursor;
  if (layer.broken || end <= at) return '';
  layer.at('opt.redirected_packet', at, Math.min(end, layer.end) - at);
  layer.headerEnd = at;
  layer.run.quote(() => layer.call('ipv6', { length: end - at }));
  return '';
}

function mtu(layer: Icmpv6Layer): string {
  takeReserved(layer, 2);
  return ` : ${layer.take('opt.mtu')}`;
}

function shortcutLimit(layer: Icmpv6Layer): string {
  const limit = layer.take('opt.nbma.shortcut_limit');
  takeReserved(layer, 1);
  takeReserved(layer, 4);
  return ` : ${limit}`;
}

function advertisementInterval(layer: Icmpv6Layer): string {
  takeReserved(layer, 2);
  return ` : ${layer.take('opt.advertisement_interval')}`;
}

function homeAgent(layer: Icmpv6Layer): string {
  takeReserved(layer, 2);
  layer.take('opt.home_agent_preference');
  layer.take('opt.home_agent_lifetime');
  return '';
}

/** Addresses up to `end`, each recorded as `key`. */
function takeAddresses(layer: Icmpv6Layer, key: 'opt.ipv6_address' | 'opt.rdnss', end: number): string {
  let words = '';
  while (layer.cursor + ADDRESS_LENGTH <= end && !layer.broken && !layer.run.full) {
    if (layer.run.labels) words += ` ${ipv6Text(layer.bytes, layer.cursor)}`;
    layer.take(key);
  }
  return words;
}

/** Inverse discovery: the addresses of an interface (RFC 3122 §3.1). */
function addressList(layer: Icmpv6Layer, end: number): string {
  takeReserved(layer, 6);
  return takeAddresses(layer, 'opt.ipv6_address', end);
}

// ── router advertisements ────────────────────────────────────────────────────

/** RFC 4191 §2.3. */
function routeInformation(layer: Icmpv6Layer, end: number): string {
  const length = layer.take('opt.prefix.length');
  const flags = layer.takeFlags('opt.route_info.flag');
  layer.take('opt.route_lifetime');
  return ` : ${PREFERENCES[(flags >> 3) & 3] ?? ''} ${takePrefix(layer, 'opt.prefix', end - layer.cursor)}/${length}`;
}

/** RFC 8106 §5.1. */
function nameServers(layer: Icmpv6Layer, end: number): string {
  takeReserved(layer, 2);
  layer.take('opt.rdnss.lifetime');
  return takeAddresses(layer, 'opt.rdnss', end);
}

/** More flags of router advertisements (RFC 5175 §4). */
function moreFlags(layer: Icmpv6Layer): string {
  layer.takeFlags('opt.efo');
  takeReserved(layer, 4);
  return '';
}

/** Domain names, padded with zeros (RFC 8106 §5.2). */
function searchList(layer: Icmpv6Layer, end: number): string {
  takeReserved(layer, 2);
  layer.take('opt.dnssl.lifetime');
  if (!layer.reaches(end)) return '';
  let words = '';
  while (layer.cursor < end && readU8(layer.bytes, layer.cursor) !== 0 && !layer.run.full) {
    const at = layer.cursor;
    const labels: string[] = [];
    let next = at;
    for (let size = readU8(layer.bytes, next); next < end && size !== 0; size = next < end ? readU8(layer.bytes, next) : 0) {
      const stop = Math.min(next + 1 + size, end);
      labels.push(latin1(layer.bytes, next + 1, stop));
      next = stop;
    }
    layer.cursor = Math.min(next + 1, end);
    const name = labels.join('.');
    layer.put('opt.dnssl', name, at, layer.cursor - at);
    words += ` ${name}`;
  }
  if (layer.cursor < end) layer.take('opt.padding', end - layer.cursor);
  return words;
}

/** RFC 8910 §2.3. */
function captivePortal(layer: Icmpv6Layer, end: number): string {
  layer.take('opt.captive_portal', end - layer.cursor);
  return '';
}

/** Codes of prefix lengths end with that of 32 bits. */
const LAST_PREFIX_CODE = 5;

/** RFC 8781 §4: a prefix whose length has no meaning is to be ignored. */
function nat64Prefix(layer: Icmpv6Layer, end: number): string {
  const at = layer.cursor;
  layer.at('opt.pref64.scaled_lifetime', at);
  if (layer.take('opt.pref64.plc') > LAST_PREFIX_CODE) {
    layer.expert('invalid_option_length', 'error', 'Malformed', 'Invalid Option Length');
    layer.skip(end - layer.cursor);
    return '';
  }
  takePrefix(layer, 'opt.pref64.prefix', end - layer.cursor);
  return '';
}

// ── 6LoWPAN (RFC 6775 §4, RFC 7400 §3.3) ─────────────────────────────────────

function addressRegistration(layer: Icmpv6Layer): string {
  const status = layer.take('opt.aro.status');
  takeReserved(layer, 3);
  const lifetime = layer.take('opt.aro.registration_lifetime');
  const at = layer.cursor;
  layer.skip(8);
  const interfaceId = hexText(layer.bytes, at, at + 8, ':');
  layer.put('opt.aro.eui64', interfaceId, at, 8);
  return ` : ${lifetime === 0 ? 'Deregister' : 'Register'} ${interfaceId} ${['Success', 'Duplicate Exists', 'Neighbor Cache Full'][status] ?? `Unknown (${status})`}`;
}

function context(layer: Icmpv6Layer, end: number): string {
  const length = layer.take('opt.6co.context_length');
  layer.takeFlags('opt.6co.flag');
  takeReserved(layer, 2);
  layer.take('opt.6co.valid_lifetime');
  return ` ${takePrefix(layer, 'opt.6co.context_prefix', end - layer.cursor)}/${length}`;
}

function borderRouter(layer: Icmpv6Layer): string {
  const at = layer.cursor;
  layer.take('opt.abro.version_low');
  layer.take('opt.abro.version_high');
  layer.take('opt.abro.valid_lifetime');
  layer.take('opt.abro.6lbr_address');
  if (layer.broken || !layer.run.labels) return '';
  const { bytes } = layer;
  return ` : Version ${readU16(bytes, at + 2)}.${readU16(bytes, at)}, Valid Lifetime : ${readU16(bytes, at + 4)}, 6LBR : ${ipv6Text(bytes, at + 6)}`;
}

function capabilities(layer: Icmpv6Layer): string {
  const at = layer.cursor;
  layer.at('opt.6cio.unassigned1', at);
  layer.take('opt.6cio.flag_g');
  layer.take('opt.6cio.unassigned2');
  return '';
}
