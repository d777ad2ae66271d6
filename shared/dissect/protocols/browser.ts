/** Computers of a Windows network announce themselves, and elect who keeps the list of them (MS-BRWS §2.2). */
import { latin1, readU16le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { BROWSER_FIELDS } from './browser/fields.ts';

type BrowserLayer = Layer<typeof BROWSER_FIELDS>;
type BrowserKey = keyof typeof BROWSER_FIELDS;

const NAME_BYTES = 16;

type Reader = (layer: BrowserLayer) => void;

const READERS: Readonly<Record<number, Reader>> = {
  0x01: (layer) => takeHost(layer),
  0x02: takeRequest,
  0x08: takeElection,
  0x09: (layer) => {
    layer.take('backup.count');
    layer.take('backup.token');
  },
  0x0a: takeBackupList,
  0x0b: (layer) => void takeText(layer, 'browser_to_promote'),
  0x0c: takeDomain,
  0x0d: (layer) => void takeText(layer, 'mb_server'),
  0x0e: (layer) => void layer.takeFlags('reset_cmd'),
  0x0f: (layer) => takeHost(layer),
};

const COMMANDS: Readonly<Record<number, string>> = BROWSER_FIELDS.command.names;

export const browser = protocol({
  id: 'browser',
  title: 'Microsoft Windows Browser Protocol',
  short: 'BROWSER',
  spec: 'MS-BRWS §2.2',
  osi: 7,
  fields: () => BROWSER_FIELDS,
  parse(layer) {
    layer.protocolName('BROWSER');
    const command = layer.take('command');
    const words = COMMANDS[command] ?? `Unknown (0x${command.toString(16).padStart(2, '0')})`;
    layer.info(() => words);
    READERS[command]?.(layer);
  },
});

/** Text up to a NUL. */
function takeText(layer: BrowserLayer, key: BrowserKey): string {
  let size = 0;
  while (size < layer.left && layer.peekU8(size) !== 0) size += 1;
  if (!layer.has(size + 1)) return '';
  const text = latin1(layer.bytes, layer.cursor, layer.cursor + size);
  layer.put(key, text, layer.cursor, size + 1);
  layer.skip(size + 1);
  return text;
}

/** A name in a field of 16 bytes. */
function takeServer(layer: BrowserLayer, label: string): string {
  if (!layer.has(NAME_BYTES)) return '';
  const [text = ''] = latin1(layer.bytes, layer.cursor, layer.cursor + NAME_BYTES).split('\0');
  layer.put('server', text, layer.cursor, NAME_BYTES);
  layer.label(() => `${label}: ${text}`);
  layer.skip(NAME_BYTES);
  return text;
}

/** Milliseconds in words: "2 hours, 4 minutes, 27.421 seconds". */
function durationText(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000);
  const parts = [[Math.floor(whole / 86_400), 'day'], [Math.floor(whole / 3600) % 24, 'hour'], [Math.floor(whole / 60) % 60, 'minute']] as const;
  const rest = milliseconds % 1000 === 0 ? String(whole % 60) : `${whole % 60}.${String(milliseconds % 1000).padStart(3, '0')}`;
  const seconds = Number(rest) === 0 ? [] : [`${rest} second${rest === '1' ? '' : 's'}`];
  const told = [...parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`), ...seconds];
  return told.length === 0 ? '0 seconds' : told.join(', ');
}

function takeDuration(layer: BrowserLayer, key: 'period' | 'uptime', label: string): void {
  const milliseconds = layer.take(key);
  layer.label(() => `${label}: ${durationText(milliseconds)}`);
}

const WINDOWS: Readonly<Record<string, string>> = { '4.0': 'Windows NT 4.0', '4.10': 'Windows 98', '4.90': 'Windows ME', '5.0': 'Windows 2000', '5.1': 'Windows XP', '5.2': 'Windows Server 2003', '6.0': 'Windows Vista / Windows Server 2008', '6.1': 'Windows 7 / Windows Server 2008 R2', '6.2': 'Windows 8 / Windows Server 2012', '6.3': 'Windows 8.1 / Windows Server 2012 R2', '10.0': 'Windows 10' };

function takeVersion(layer: BrowserLayer): void {
  if (!layer.has(2)) return;
  const version = `${layer.peekU8()}.${layer.peekU8(1)}`;
  layer.put('windows_version', WINDOWS[version] ?? '', layer.cursor, 2);
  layer.take('os_major');
  layer.take('os_minor');
}

/** Kinds of server, also for the list. */
function takeServerType(layer: BrowserLayer): void {
  const types = layer.takeFlags('server_type');
  if (layer.broken) return;
  layer.infoAppend(() => Object.values(BROWSER_FIELDS).map((field) => ('of' in field && field.of === 'server_type' && (types & field.mask) !== 0 ? `, ${field.label === 'WfW' ? 'Windows for Workgroups' : field.label}` : '')).join(''));
}

function takeFront(layer: BrowserLayer, label: string): void {
  layer.take('update_count');
  takeDuration(layer, 'period', 'Update Periodicity');
  const name = takeServer(layer, label);
  layer.infoAppend(() => ` ${name}`);
  takeVersion(layer);
  takeServerType(layer);
}

function takeHost(layer: BrowserLayer): void {
  takeFront(layer, 'Host Name');
  layer.take('proto_major');
  layer.take('proto_minor');
  layer.take('sig');
  takeText(layer, 'comment');
}

function takeDomain(layer: BrowserLayer): void {
  takeFront(layer, 'Domain/Workgroup');
  const at = layer.cursor;
  // Windows says which version of the protocol it speaks; others leave something else there (MS-BRWS §2.2.7).
  if (layer.has(4) && readU16le(layer.bytes, at + 2) === 0xaa55) {
    layer.take('proto_major');
    layer.take('proto_minor');
    layer.take('sig');
  } else layer.take('mysterious_field');
  takeText(layer, 'mb_server');
}

function takeRequest(layer: BrowserLayer): void {
  layer.take('unused');
  const name = takeText(layer, 'response_computer_name');
  layer.infoAppend(() => ` ${name}`);
}

function takeElection(layer: BrowserLayer): void {
  layer.take('election.version');
  layer.at('election.criteria', layer.cursor);
  layer.inside(() => {
    layer.takeFlags('election.desire');
    layer.take('proto_major');
    layer.take('proto_minor');
    layer.takeFlags('election.os');
  });
  takeDuration(layer, 'uptime', 'Uptime');
  layer.skip(4);
  takeText(layer, 'server');
}

function takeBackupList(layer: BrowserLayer): void {
  const count = layer.take('backup.count');
  layer.take('backup.token');
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) takeText(layer, 'backup.server');
}
