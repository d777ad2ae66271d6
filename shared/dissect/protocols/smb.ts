/** Server Message Block, the first version: files of another computer, and messages to mailslots (MS-CIFS §2.2). */
import { latin1, readU16le, readU32le } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { COMMANDS, smbFields } from './smb/fields.ts';
import { NT_STATUS } from './smb/nt-status.ts';

type SmbLayer = Layer<ReturnType<typeof smbFields>>;
type SmbKey = keyof ReturnType<typeof smbFields>;

const HEADER_BYTES = 32;
const RESPONSE = 0x80;
const NT_ERRORS = 0x4000;
const UNICODE = 0x8000;
const TRANSACTION = 0x25;
/** Words of a transaction's request in front of its setup words. */
const FIXED_WORDS = 14;
const MAILSLOT_WORDS = 3;

export const smb = protocol({
  id: 'smb',
  title: 'SMB (Server Message Block Protocol)',
  short: 'SMB',
  spec: 'MS-CIFS §2.2',
  osi: 7,
  fields: smbFields,
  parse(layer) {
    layer.protocolName('SMB');
    if (!layer.has(HEADER_BYTES)) {
      layer.take('server_component');
      return;
    }
    const { bytes, start } = layer;
    const command = layer.peekU8(4);
    const isResponse = (layer.peekU8(9) & RESPONSE) !== 0;
    const flags2 = readU16le(bytes, start + 10);
    const words = `${COMMANDS[command] ?? `unknown-0x${command.toString(16).padStart(2, '0')}`} ${isResponse ? 'Response' : 'Request'}`;
    layer.info(() => `${words}${isResponse ? errorOf(readU32le(bytes, start + 5), flags2) : ''}`);
    layer.group(null, () => takeHeader(layer, flags2), () => 'SMB Header');
    layer.group(null, () => takeBody(layer, command, isResponse, (flags2 & UNICODE) !== 0), () => `${words} (0x${command.toString(16).padStart(2, '0')})`);
  },
});

/** What an answer says went wrong, for the list. */
function errorOf(status: number, flags2: number): string {
  if (status === 0) return '';
  if ((flags2 & NT_ERRORS) !== 0) return `, Error: ${NT_STATUS[status] ?? `Unknown (0x${status.toString(16).padStart(8, '0')})`}`;
  return ', Error: ';
}

function takeFlags(layer: SmbLayer, key: SmbKey): number {
  const value = layer.take(key) as number;
  layer.flags(key);
  return value;
}

function takeHeader(layer: SmbLayer, flags2: number): void {
  layer.take('server_component');
  layer.label(() => 'Server Component: SMB');
  layer.take('cmd');
  if ((flags2 & NT_ERRORS) !== 0) layer.take('nt_status');
  else {
    layer.take('error_class');
    layer.take('reserved', 1);
    const code = layer.take('error_code');
    layer.label(() => `Error Code: ${code === 0 ? 'No Error' : `0x${code.toString(16).padStart(4, '0')}`}`);
  }
  takeFlags(layer, 'flags');
  takeFlags(layer, 'flags2');
  layer.take('pid.high');
  layer.take('signature', 8);
  layer.take('reserved', 2);
  layer.take('tid');
  layer.take('pid');
  layer.take('uid');
  layer.take('mid');
}

/** Words, counted, and bytes, counted too; what they mean depends on the command. */
function takeBody(layer: SmbLayer, command: number, isResponse: boolean, isUnicode: boolean): void {
  const words = layer.take('wct');
  if (command === TRANSACTION && !isResponse && words >= FIXED_WORDS) return takeTransaction(layer, words, isUnicode);
  const first = layer.cursor;
  layer.skip(words * 2);
  const count = layer.take('bcc');
  if (layer.broken) return;
  const end = Math.min(layer.cursor + count, layer.end);
  takeSecurity(layer, { command, isResponse, words, first, end });
  if (!layer.broken) layer.cursor = end;
}

interface Bytes {
  readonly command: number;
  readonly isResponse: boolean;
  readonly words: number;
  /** First of the words, and the end of the bytes. */
  readonly first: number;
  readonly end: number;
}

const NEGOTIATE = 0x72;
const SESSION_SETUP = 0x73;
const EXTENDED_SECURITY = 0x8000_0000;
const NEGOTIATE_WORDS = 17;
/** The server's GUID stands in front of what it offers. */
const GUID_BYTES = 16;
/** Where the length of the login stands in the words of a setup. */
const SETUP_LENGTHS: Readonly<Record<string, number>> = { 'request 12': 14, 'response 4': 6 };

/** Where logins go on: GSS-API's, or NTLM by itself (MS-SMB §2.2.4.5, §2.2.4.6). */
function takeSecurity(layer: SmbLayer, { command, isResponse, words, first, end }: Bytes): void {
  const { bytes } = layer;
  if (command === NEGOTIATE && isResponse && words === NEGOTIATE_WORDS && ((readU32le(bytes, first + 19) & EXTENDED_SECURITY) >>> 0) !== 0) {
    if (layer.cursor + GUID_BYTES < end) handOn(layer, layer.cursor + GUID_BYTES, end);
    return;
  }
  const lengthAt = command === SESSION_SETUP ? SETUP_LENGTHS[`${isResponse ? 'response' : 'request'} ${words}`] : undefined;
  if (lengthAt === undefined) return;
  const length = readU16le(bytes, first + lengthAt);
  layer.at('security_blob_len', first + lengthAt);
  if (length > 0 && layer.cursor + length <= end) handOn(layer, layer.cursor, layer.cursor + length);
}

function handOn(layer: SmbLayer, start: number, end: number): void {
  layer.at('security_blob', start, end - start);
  layer.call(latin1(layer.bytes, start, start + 7) === 'NTLMSSP' ? 'ntlmssp' : 'gss-api', { start, length: end - start });
}

// ── transactions ─────────────────────────────────────────────────────────────

function takeTransaction(layer: SmbLayer, words: number, isUnicode: boolean): void {
  for (const key of ['tpc', 'tdc', 'mpc', 'mdc', 'msc'] as const) layer.take(key);
  layer.take('reserved', 1);
  takeFlags(layer, 'transaction.flags');
  takeTimeout(layer);
  layer.take('reserved', 2);
  layer.take('pc');
  layer.take('po');
  const count = layer.take('dc');
  const offset = layer.take('data_offset');
  const setupWords = layer.take('sc');
  layer.take('reserved', 1);
  const setup = layer.cursor;
  layer.skip((words - FIXED_WORDS) * 2);
  const sizeAt = layer.cursor;
  layer.take('bcc');
  if (layer.broken) return;
  const nameAt = layer.cursor;
  const name = takeName(layer, isUnicode);
  if (!name.startsWith('\\MAILSLOT\\')) return;
  if (setupWords === MAILSLOT_WORDS) putMailslot(layer, setup, sizeAt, name, nameAt);
  const start = layer.start + offset;
  if (count === 0 || start < layer.cursor || !layer.reaches(start + count)) return;
  if (name !== '\\MAILSLOT\\BROWSE' || layer.call('browser', { start, length: count }) === null) layer.data({ start, length: count });
}

function takeTimeout(layer: SmbLayer): void {
  const milliseconds = layer.take('timeout');
  layer.label(() => `Timeout: ${milliseconds === 0 ? 'Return immediately (0)' : milliseconds === 0xffff_ffff ? 'Wait indefinitely (-1)' : `${milliseconds / 1000} second${milliseconds === 1000 ? '' : 's'}`}`);
}

/** A name of the transaction, up to its NUL. */
function takeName(layer: SmbLayer, isUnicode: boolean): string {
  if (isUnicode && (layer.cursor - layer.start) % 2 !== 0) layer.skip(1);
  const step = isUnicode ? 2 : 1;
  let end = layer.cursor;
  let name = '';
  while (end + step <= layer.end && (isUnicode ? readU16le(layer.bytes, end) : layer.peekU8(end - layer.cursor)) !== 0) {
    name += isUnicode ? String.fromCharCode(readU16le(layer.bytes, end)) : latin1(layer.bytes, end, end + 1);
    end += step;
  }
  if (!layer.reaches(end + step)) return '';
  layer.put('trans_name', name, layer.cursor, end + step - layer.cursor);
  layer.cursor = end + step;
  return name;
}

function putMailslot(layer: SmbLayer, setup: number, sizeAt: number, name: string, nameAt: number): void {
  layer.text(() => 'SMB MailSlot Protocol', setup, layer.cursor - setup);
  layer.inside(() => {
    layer.at('mailslot.opcode', setup);
    layer.at('mailslot.priority', setup + 2);
    layer.at('mailslot.class', setup + 4);
    layer.at('mailslot.size', sizeAt);
    layer.put('mailslot.name', name, nameAt, layer.cursor - nameAt);
  });
}
