/** Dynamic Host Configuration Protocol, and BOOTP, which it extends. */
import { readU32, readU8 } from '../../bytes/reader.ts';
import { etherText, hexText, ipv4Text } from '../address-text.ts';
import { protocol } from '../define.ts';
import type { Ports } from '../field.ts';
import { nameOf } from '../values.ts';
import { dhcpFields } from './dhcp/fields.ts';
import type { DhcpLayer } from './dhcp/fields.ts';
import { END, PAD, gatherFacts } from './dhcp/message-facts.ts';
import type { MessageFacts } from './dhcp/message-facts.ts';
import { OPTIONS, OPTION_DHCP } from './dhcp/names.ts';
import { isRead, takeOptionValue } from './dhcp/options.ts';

const HARDWARE_BYTES = 16;
/** Up to the client's hardware address, which the list tells. */
const SHORTEST_BYTES = 34;
const SERVER_NAME_AT = 44;
const SERVER_NAME_BYTES = 64;
const FILE_AT = SERVER_NAME_AT + SERVER_NAME_BYTES;
const FILE_BYTES = 128;
const COOKIE_AT = FILE_AT + FILE_BYTES;
const OPTIONS_AT = COOKIE_AT + 4;
/** RFC 2131 §3. */
const COOKIE = 0x63825363;
const PROXY_PORT = 4011;
const OVERLOAD = 52;
const MESSAGE_TYPE = 53;
const REQUEST = 1;
const REPLY = 2;
const FILE_HOLDS_OPTIONS = 1;
const SERVER_NAME_HOLDS_OPTIONS = 2;
const ETHERNET = 1;
const IEEE_802 = 6;
/** Options whose line in the tree shows their address. */
const SHOWS_ADDRESS: ReadonlySet<number> = new Set([1, 16, 28, 32, 50, 54]);

export const dhcp = protocol({
  id: 'dhcp',
  title: 'Dynamic Host Configuration Protocol',
  short: 'DHCP/BOOTP',
  spec: 'RFC 2131 §2',
  osi: 7,
  claims: [{ table: 'udp.port', keys: [67, 68, PROXY_PORT] }],
  // Anybody may use the proxies' port: only what says that it is DHCP is taken there.
  accepts: (peek, _table, ports) => ports === undefined || !isOfProxy(ports) || peek.u32(COOKIE_AT) === COOKIE,
  fields: dhcpFields,
  parse(layer) {
    layer.protocolName('BOOTP');
    layer.info(() => '');
    if (layer.reportedEnd - layer.start < SHORTEST_BYTES) {
      layer.malformed();
      return;
    }
    const facts = gatherFacts(layer, layer.start + OPTIONS_AT);
    takeHeader(layer);
    takeNames(layer, facts);
    if (layer.broken) return;
    if (facts.messageType < 0) layer.put('bootp', 1, layer.start, 0);
    else tellMessageType(layer, facts);
    if (!layer.has(4)) return;
    if (layer.peekU32() !== COOKIE) {
      layer.take('vendor_specific_options', SERVER_NAME_BYTES);
      return;
    }
    layer.take('cookie');
    layer.label(() => 'Magic cookie: DHCP');
    const hasOptions = layer.left > 0;
    if (!takeOptions(layer, layer.end, facts) && hasOptions && !layer.broken) layer.expert('end_option_missing', 'error', 'Protocol', 'End option missing', layer.entry);
    if (layer.left > 0) layer.take('option.padding', layer.left);
  },
});

/** A server that tells where to start from, and leaves addresses to others (Preboot Execution Environment 2.1, §2.2.1). */
function isOfProxy({ sourcePort, destinationPort }: Ports): boolean {
  return sourcePort === PROXY_PORT || destinationPort === PROXY_PORT;
}

// ── header ───────────────────────────────────────────────────────────────────

function takeHeader(layer: DhcpLayer): void {
  const operation = layer.take('type');
  const hardwareType = layer.take('hw.type');
  const hardwareLength = layer.take('hw.len');
  if (layer.broken) return;
  layer.info(() => operationWords(layer, operation, hardwareType, hardwareLength));
  layer.take('hops');
  layer.take('id');
  takeSeconds(layer);
  layer.takeFlags('flags');
  for (const key of ['ip.client', 'ip.your', 'ip.server', 'ip.relay'] as const) layer.take(key);
  takeHardwareAddress(layer, hardwareType, hardwareLength);
}

function isMac(type: number, length: number): boolean {
  return length === 6 && (type === ETHERNET || type === IEEE_802);
}

function operationWords({ bytes, start }: DhcpLayer, operation: number, type: number, length: number): string {
  if (operation === REPLY) return 'Boot Reply';
  if (operation !== REQUEST) return `Unknown BOOTP message type (${operation})`;
  const at = start + 28;
  if (isMac(type, length)) return `Boot Request from ${etherText(bytes, at)} (${etherText(bytes, at)})`;
  return `Boot Request from ${length === 0 ? '<No address>' : hexText(bytes, at, at + length)}`;
}

/** Some clients count in the wrong byte. */
function takeSeconds(layer: DhcpLayer): void {
  const value = layer.peekU16();
  if (value <= 0xff || (value & 0xff) !== 0) {
    layer.take('secs');
    return;
  }
  layer.put('secs', value >> 8, layer.cursor, 2);
  layer.skip(2);
  layer.expert('secs_le', 'note', 'Protocol', 'Seconds elapsed appears to be encoded as little-endian');
}

function takeHardwareAddress(layer: DhcpLayer, type: number, length: number): void {
  if (!layer.has(HARDWARE_BYTES)) return;
  const start = layer.cursor;
  const end = start + HARDWARE_BYTES;
  if (length === 0 || length > HARDWARE_BYTES) {
    layer.text(() => 'Client address not given', start, HARDWARE_BYTES);
    layer.expert('client_address_not_given', 'note', 'Protocol', 'Client address not given');
    layer.cursor = end;
    return;
  }
  if (isMac(type, length)) layer.at('hw.mac_addr', start);
  else {
    layer.at('hw.addr', start, HARDWARE_BYTES);
    layer.label(() => `Client hardware address: ${hexText(layer.bytes, start, start + length)}`);
  }
  if (length < HARDWARE_BYTES) layer.at('hw.addr_padding', start + length, HARDWARE_BYTES - length);
  layer.cursor = end;
}

/** Server name and boot file, where they are what they are called. */
function takeNames(layer: DhcpLayer, facts: MessageFacts): void {
  if ((facts.overload & SERVER_NAME_HOLDS_OPTIONS) !== 0) takeOverloaded(layer, 'server_name_overloaded_by_dhcp', 'Server name option overloaded by DHCP', SERVER_NAME_BYTES);
  else takeName(layer, 'server', 'Server host name', SERVER_NAME_BYTES);
  if ((facts.overload & FILE_HOLDS_OPTIONS) !== 0) takeOverloaded(layer, 'boot_filename_overloaded_by_dhcp', 'Boot file name option overloaded by DHCP', FILE_BYTES);
  else takeName(layer, 'file', 'Boot file name', FILE_BYTES);
}

function takeName(layer: DhcpLayer, key: 'server' | 'file', title: string, size: number): void {
  const isEmpty = layer.peekU8() === 0;
  layer.take(key, size);
  if (isEmpty) layer.label(() => `${title} not given`);
}

function takeOverloaded(layer: DhcpLayer, key: 'server_name_overloaded_by_dhcp' | 'boot_filename_overloaded_by_dhcp', words: string, size: number): void {
  if (!layer.has(size)) return;
  layer.text(() => words, layer.cursor, size);
  layer.expert(key, 'note', 'Protocol', words);
  layer.skip(size);
}

function messageName(type: number): string {
  return nameOf(OPTION_DHCP, type) ?? `Unknown Message Type (0x${type.toString(16).padStart(2, '0')})`;
}

function tellMessageType(layer: DhcpLayer, { messageType }: MessageFacts): void {
  layer.protocolName('DHCP');
  const id = readU32(layer.bytes, layer.start + 4).toString(16);
  layer.info(() => `${isOfProxy(layer.run) ? 'proxyDHCP' : 'DHCP'} ${messageName(messageType).padEnd(8)} - Transaction ID 0x${id}`);
  layer.summary(() => ` (${messageName(messageType)})`);
}

// ── options ──────────────────────────────────────────────────────────────────

/** Options up to `end`, absolute; true where the End option came. */
function takeOptions(layer: DhcpLayer, end: number, facts: MessageFacts): boolean {
  while (layer.cursor < end && !layer.broken && !layer.run.full) {
    const code = layer.peekU8();
    if (code === END) {
      takeEnd(layer);
      return true;
    }
    if (code === PAD) takePadding(layer, end);
    else takeOption(layer, code, end, facts);
  }
  return false;
}

function takeEnd(layer: DhcpLayer): void {
  layer.put('option.type', 0, layer.cursor, 1);
  layer.label(() => 'Option: (255) End');
  layer.inside(() => layer.take('option.end'));
}

function takePadding(layer: DhcpLayer, end: number): void {
  let count = 1;
  while (layer.cursor + count < end && layer.peekU8(count) === PAD) count += 1;
  layer.put('option.type', PAD, layer.cursor, count);
  layer.label(() => 'Option: (0) Padding');
  layer.inside(() => layer.take('option.padding', count));
}

function takeOption(layer: DhcpLayer, code: number, end: number, facts: MessageFacts): void {
  const start = layer.cursor;
  if (!layer.has(2)) return;
  layer.take('option.type');
  const entry = layer.run.lastEntry;
  layer.labelOf(entry, () => optionWords(layer, code, start));
  layer.inside(() => {
    const length = layer.take('option.length');
    const valueStart = layer.cursor;
    layer.at('option.value', valueStart, length, { hidden: code === OVERLOAD || isRead(code) });
    if (layer.broken) return;
    if (code === OVERLOAD) takeOverload(layer, facts);
    else takeWithin(layer, length, () => takeOptionValue(layer, code, length, facts));
    if (layer.broken) return;
    layer.cursor = Math.min(valueStart + length, end);
    if (entry >= 0) layer.run.tape.lengths[entry] = layer.cursor - start;
  });
}

/** An option's value sees no more than its own bytes. */
function takeWithin(layer: DhcpLayer, length: number, body: () => void): void {
  const { end, reportedEnd } = layer;
  layer.reportedEnd = layer.cursor + length;
  layer.end = Math.min(end, layer.reportedEnd);
  body();
  layer.end = end;
  layer.reportedEnd = reportedEnd;
  if (layer.broken) layer.cursor = end;
}

function optionWords({ bytes }: DhcpLayer, code: number, start: number): string {
  const name = OPTIONS[code] ?? 'Private';
  const isAddress = SHOWS_ADDRESS.has(code) && readU8(bytes, start + 1) === 4;
  const detail = isAddress ? ipv4Text(bytes, start + 2) : code === MESSAGE_TYPE ? messageName(readU8(bytes, start + 2)) : '';
  return `Option: (${code}) ${name}${detail === '' ? '' : ` (${detail})`}`;
}

// ── overload ─────────────────────────────────────────────────────────────────

/** RFC 2132 §9.3: the fields for names hold more options. */
function takeOverload(layer: DhcpLayer, facts: MessageFacts): void {
  const overload = layer.take('option.option_overload');
  if (facts.isOverloading) return;
  facts.isOverloading = true;
  layer.inside(() => {
    if ((overload & SERVER_NAME_HOLDS_OPTIONS) !== 0) takeOptionsIn(layer, SERVER_NAME_AT, SERVER_NAME_BYTES, facts);
    if ((overload & FILE_HOLDS_OPTIONS) !== 0) takeOptionsIn(layer, FILE_AT, FILE_BYTES, facts);
  });
  facts.isOverloading = false;
}

function takeOptionsIn(layer: DhcpLayer, at: number, size: number, facts: MessageFacts): void {
  const { cursor } = layer;
  const start = layer.start + at;
  const isFile = at === FILE_AT;
  layer.text(() => (isFile ? 'Boot file name option overload' : 'Server host name option overload'), start, size);
  layer.inside(() => {
    layer.cursor = start;
    const hasEnded = takeOptions(layer, start + size, facts);
    const key = isFile ? 'option.option_overload.file_end_missing' : 'option.option_overload.sname_end_missing';
    if (!hasEnded) layer.expert(key, 'error', 'Protocol', `${isFile ? 'file' : 'sname'} overload end option missing`);
  });
  if (!layer.broken) layer.cursor = cursor;
}
