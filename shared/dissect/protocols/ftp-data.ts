/** FTP's data connections: files and lists of them (RFC 959 §3.2). */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import type { Run } from '../run.ts';
import { count, transferHere } from './ftp/transfers.ts';

const FTP_DATA_PORT = 20;
/** So much is looked at to tell whether a file is text. */
const LOOK_AT = 20;
const CR = 0x0d;
const LF = 0x0a;

const fields = () => ({
  'setup-frame': { type: 'framenum', label: 'Setup frame' },
  'setup-method': { type: 'string', label: 'Setup method', help: 'PASV: the client connected to the server for the file. PORT: the server to the client.' },
  'command': { type: 'string', label: 'Command' },
  'command-frame': { type: 'framenum', label: 'Command frame' },
  'current-working-directory': { type: 'string', label: 'Current working directory' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

export const ftpData = protocol({
  id: 'ftp-data',
  title: 'FTP Data',
  short: 'FTP-DATA',
  spec: 'RFC 959 §3.2',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: [FTP_DATA_PORT] }],
  fields,
  parse(layer) {
    const { run, start, end, reportedEnd } = layer;
    const length = reportedEnd - start;
    layer.protocolName('FTP-DATA');
    layer.info(() => `FTP Data: ${length} bytes`);
    layer.summary(() => ` (${end - start} bytes data)`);
    const transfer = run.quoted ? null : transferHere(run as Run<Layer>);
    if (transfer !== null && run.pass === 'deep') count(run as Run<Layer>, transfer, length);
    putSetup(layer);
    if (isText(layer) && run.readsForViewers()) layer.call('data-text-lines', { start });
    layer.cursor = end;
  },
});

/** What set the connection up, and what for; without that, the connection's first packet stands in. */
function putSetup(layer: Own): void {
  const { run } = layer;
  const transfer = run.quoted ? null : transferHere(run as Run<Layer>);
  if (transfer === null) {
    const stream = run.flow === null ? undefined : run.state.streams.tcp.stream(run.flow.stream);
    if (stream !== undefined && stream !== null) layer.putGenerated('setup-frame', stream.firstPacket);
    return;
  }
  const { method, command, commandPacket, directory } = transfer;
  layer.putGenerated('setup-frame', transfer.setupPacket);
  layer.putGenerated('setup-method', method);
  layer.infoAppend(() => ` (${method})`);
  if (command !== null) {
    layer.putGenerated('command', command);
    layer.infoAppend(() => ` (${command})`);
    layer.putGenerated('command-frame', commandPacket);
  }
  layer.putGenerated('current-working-directory', directory);
}

function isText({ bytes, start, end }: Own): boolean {
  for (let at = start; at < Math.min(end, start + LOOK_AT); at += 1) {
    const byte = readU8(bytes, at);
    if (byte !== CR && byte !== LF && (byte < 0x20 || byte > 0x7e)) return false;
  }
  return true;
}
