/** Commands and answers that set up data connections. Texts begin at `at`. */
import type { FtpLayer } from './fields.ts';
import { readExtended, readExtendedPort, readSixNumbers } from './addresses.ts';
import { noteSetup } from './session.ts';

/** The address that sent the packet. */
function senderOf(layer: FtpLayer): Uint8Array | null {
  const { network } = layer.run;
  if (network === null) return null;
  return network.bytes.slice(network.source, network.source + (network.version === 4 ? 4 : 16));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** `PORT 192,0,2,1,19,137`: the client names the end that the server is to connect to; PASV's answer the other way around. */
export function takeSixNumbers(layer: FtpLayer, kind: 'active' | 'passive', text: string, at: number): void {
  const end = readSixNumbers(text);
  if (end === null) return;
  layer.put(kind === 'active' ? 'active.cip' : 'passive.ip', end.address, at + end.addressAt, end.addressLength);
  layer.put(`${kind}.port`, end.port, at + end.portAt, end.portLength);
  const sender = senderOf(layer);
  if (sender !== null && !isSame(sender, end.address)) layer.put(`${kind}.nat`, 1, at, 0);
  noteSetup(layer, kind === 'active' ? 'PORT' : 'PASV', end.address, end.port);
}

export function takeExtended(layer: FtpLayer, text: string, at: number): void {
  const end = readExtended(text);
  if (end === null) {
    remark(layer, 'eprt.args_invalid', 'EPRT arguments must have the form: |<family>|<addr>|<port>|', at, text.length);
    return;
  }
  layer.put('eprt.af', end.family, at + 1, 1);
  layer.put(end.family === 1 ? 'eprt.ip' : 'eprt.ipv6', end.address, at + end.addressAt - 1, end.addressLength);
  layer.put('eprt.port', end.port, at + end.portAt - 1, end.portLength);
  noteSetup(layer, 'EPRT', end.address, end.port);
}

export function takeExtendedPort(layer: FtpLayer, text: string, at: number): void {
  const end = readExtendedPort(text);
  if (end === null) {
    remark(layer, 'epsv.args_invalid', 'EPSV arguments must have the form (|||<port>|)', at, text.length);
    return;
  }
  const sender = senderOf(layer);
  if (sender !== null) layer.putGenerated(sender.length === 4 ? 'epsv.ip' : 'epsv.ipv6', sender);
  layer.put('epsv.port', end.port, at + end.portAt, end.portLength);
  if (sender !== null) noteSetup(layer, 'EPASV', sender, end.port);
}

function remark(layer: FtpLayer, key: 'eprt.args_invalid' | 'epsv.args_invalid', words: string, at: number, length: number): void {
  layer.text(() => words, at, length);
  layer.expert(key, 'warn', 'Malformed', words);
}
