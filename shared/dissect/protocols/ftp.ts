/** File Transfer Protocol: the control connection, its commands and answers (RFC 959). */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import type { Run } from '../run.ts';
import { goesToServer, lineAt, linesOf } from '../text-lines.ts';
import type { TextLine } from '../text-lines.ts';
import { ftpFields } from './ftp/fields.ts';
import type { FtpLayer } from './ftp/fields.ts';
import { noteReply, noteRequest, packetFact } from './ftp/session.ts';
import { takeExtended, takeExtendedPort, takeSixNumbers } from './ftp/setups.ts';
import { durationOf, transferAt } from './ftp/transfers.ts';
import type { Transfer } from './ftp/transfers.ts';
import { shownText, skipSpaces, tokenEnd } from './http/lines.ts';

const FTP_PORTS: readonly number[] = [21];
const CODE_LENGTH = 3;
const ENTERING_PASSIVE = 227;
const ENTERING_EXTENDED = 229;

export const ftp = protocol({
  id: 'ftp',
  title: 'File Transfer Protocol (FTP)',
  short: 'FTP',
  spec: 'RFC 959',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: FTP_PORTS }],
  fields: ftpFields,
  parse(layer) {
    const { bytes, start, end } = layer;
    const isRequest = goesToServer(layer.run, FTP_PORTS);
    const line = lineAt(bytes, start, end);
    layer.protocolName('FTP');
    layer.info(() => `${isRequest ? 'Request' : 'Response'}: ${shownText(bytes, line.start, line.stop)}`);
    layer.put('request', isRequest ? 1 : 0);
    layer.put('response', isRequest ? 0 : 1);
    layer.text(() => shownText(bytes, line.start, line.next), line.start, line.next - line.start);
    layer.inside(() => {
      if (isRequest) takeRequest(layer, line);
      else takeReply(layer, line);
    });
    for (const { start: from, next } of linesOf(bytes, line.next, end)) layer.text(() => shownText(bytes, from, next), from, next - from);
    layer.cursor = end;
    putKnown(layer);
  },
});

function takeRequest(layer: FtpLayer, { start, stop }: TextLine): void {
  const { bytes } = layer;
  const wordEnd = tokenEnd(bytes, start, stop);
  const rest = skipSpaces(bytes, wordEnd, stop);
  const command = latin1(bytes, start, wordEnd);
  if (command !== '') layer.at('request.command', start, wordEnd - start);
  noteRequest(layer, latin1(bytes, start, stop));
  if (rest < stop) layer.at('request.arg', rest, stop - rest);
  const words = latin1(bytes, rest, stop);
  // Abbreviations are taken, too.
  if (command === '') return;
  if ('PORT'.startsWith(command)) takeSixNumbers(layer, 'active', words, rest);
  else if ('EPRT'.startsWith(command)) takeExtended(layer, words, rest);
}

function takeReply(layer: FtpLayer, { start, stop }: TextLine): void {
  const { bytes } = layer;
  const digits = latin1(bytes, start, Math.min(stop, start + CODE_LENGTH));
  const code = /^\d{3}$/.test(digits) ? Number(digits) : -1;
  const rest = code < 0 ? start : Math.min(stop, start + CODE_LENGTH + 1);
  if (code >= 0) layer.put('response.code', code, start, CODE_LENGTH);
  const words = latin1(bytes, rest, stop);
  noteReply(layer, code, words);
  if (rest >= stop) return;
  layer.at('response.arg', rest, stop - rest);
  if (code === ENTERING_PASSIVE) takeSixNumbers(layer, 'passive', words, rest);
  else if (code === ENTERING_EXTENDED) takeExtendedPort(layer, words, rest);
}

/** What other packets tell of this one. */
function putKnown(layer: FtpLayer): void {
  const { run } = layer;
  if (!run.items || run.quoted) return;
  const { directory, setsUp, commands } = packetFact(layer);
  layer.putGenerated('current-working-directory', directory);
  const commanded = transferAt(run as Run<Layer>, commands);
  if (commanded !== null) putTransfer(layer, commanded);
  const announced = transferAt(run as Run<Layer>, setsUp);
  if (announced === null || announced.packets === 0 || announced.command === null) return;
  layer.putGenerated('command', announced.command);
  layer.putGenerated('command-frame', announced.commandPacket);
}

/** What went through the data connection that the command is for. */
function putTransfer(layer: FtpLayer, transfer: Transfer): void {
  const { packets, bytes, firstPacket, lastPacket, setupPacket } = transfer;
  layer.putGenerated('command-response.frames', packets);
  layer.putGenerated('command-response.bytes', bytes);
  layer.putGenerated('command-response.first-frame-num', firstPacket);
  layer.putGenerated('command-response.last-frame-num', lastPacket);
  if (packets > 1) {
    const duration = durationOf(transfer);
    layer.putGenerated('command-response.duration', duration);
    layer.putGenerated('command-response.bitrate', duration > 0 ? Math.floor((bytes * 8) / duration) : 0);
  }
  layer.putGenerated('setup-frame', packets === 0 ? 0 : setupPacket);
}
