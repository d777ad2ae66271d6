/** Secure Shell: version lines, the key exchange in the clear, and what can be told of encrypted packets (RFC 4253). */
import { latin1, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { goesToServer } from '../text-lines.ts';
import { indexOfByte, shownText } from './http/lines.ts';
import { takeEncrypted } from './ssh/encrypted.ts';
import { sshFields } from './ssh/fields.ts';
import type { SshLayer } from './ssh/fields.ts';
import { asksForMore, takeExchangePacket } from './ssh/key-exchange.ts';
import { CLIENT, learns, SERVER, sessionOf } from './ssh/session.ts';
import type { Peer, Session, Side } from './ssh/session.ts';
import { takeVersion1 } from './ssh/version1.ts';

const SSH_PORTS: readonly number[] = [22, 29418];
const CR = 0x0d;
const LF = 0x0a;
const NAMES = ['SSH', 'SSHv1', 'SSHv2'] as const;

export const ssh = protocol({
  id: 'ssh',
  title: 'SSH Protocol',
  short: 'SSH',
  spec: 'RFC 4253',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: SSH_PORTS }],
  fields: sshFields,
  parse(layer) {
    const session = sessionOf(layer);
    const side = goesToServer(layer.run, SSH_PORTS) ? CLIENT : SERVER;
    layer.protocolName(NAMES[session.version]);
    layer.info(() => '');
    layer.each(() => {
      if (isVersionLine(layer, session.peers[side])) takeVersionLine(layer, session, side);
      else if (session.version === 1) takeVersion1(layer, session, side);
      else if (session.version === 2) takeVersion2(layer, session, side);
      else takeEncrypted(layer, session.peers[side]);
    });
    if (layer.need !== null || layer.broken) return;
    layer.infoPrepend(() => (side === SERVER ? 'Server: ' : 'Client: '));
    layer.putGenerated('direction', side, layer.start, 0);
  },
});

// ── version lines ────────────────────────────────────────────────────────────

/** RFC 4253 §4.2: each end sends one, before all else. */
function isVersionLine(layer: SshLayer, { versionStart, versionEnd }: Peer): boolean {
  const { number } = layer.packet;
  return (versionStart === 0 || number >= versionStart) && (versionEnd === 0 || number <= versionEnd) && layer.peekText(0, 4).toUpperCase() === 'SSH-';
}

function takeVersionLine(layer: SshLayer, session: Session, side: Side): void {
  const { bytes, cursor: start, end } = layer;
  const peer = session.peers[side];
  const { number } = layer.packet;
  if (learns(layer) && peer.versionStart === 0) peer.versionStart = number;
  const feed = indexOfByte(bytes, LF, start, end);
  if (feed < 0 && layer.canDesegment) {
    layer.needMore(start, 'segment');
    return;
  }
  const stop = feed < 0 ? end : feed > start && readU8(bytes, feed - 1) === CR ? feed - 1 : feed;
  layer.infoAppend(() => `Protocol (${shownText(bytes, start, stop)})`, ', ');
  layer.take('protocol', stop - start);
  layer.cursor = feed < 0 ? end : feed + 1;
  if (!learns(layer)) return;
  peer.versionEnd = number;
  if (side === CLIENT) session.version = versionOf(latin1(bytes, start, stop)) ?? session.version;
}

/** RFC 4253 §5.1: 1.99 stands for a server that speaks both. */
function versionOf(line: string): 1 | 2 | undefined {
  if (/^SSH-(2\.|1\.99-)/i.test(line)) return 2;
  return /^SSH-1\./i.test(line) ? 1 : undefined;
}

// ── version 2 ────────────────────────────────────────────────────────────────

function takeVersion2(layer: SshLayer, session: Session, side: Side): void {
  const peer = session.peers[side];
  const isClear = isInExchange(layer, peer);
  if (isClear && asksForMore(layer)) return;
  layer.group(
    null,
    () => {
      if (isClear) takeExchangePacket(layer, session, side);
      else takeEncrypted(layer, peer);
    },
    () => titleOf(peer),
  );
}

/** True from an end's first message on until it says that new keys are in use. */
function isInExchange(layer: SshLayer, { keyStart, keyEnd, keyEndOffset }: Peer): boolean {
  const { number } = layer.packet;
  if (keyStart === 0) return true;
  return keyStart <= number && (keyEnd === 0 || number < keyEnd || (number === keyEnd && layer.cursor - layer.start < keyEndOffset));
}

function titleOf({ chosen: { encryption, mac, compression } }: Peer): string {
  const parts = [encryption === null ? '' : `encryption:${encryption}`, mac === null ? '' : `mac:${mac}`, compression === null ? '' : `compression:${compression}`].filter((part) => part !== '');
  return parts.length === 0 ? 'SSH Version 2' : `SSH Version 2 (${parts.join(' ')})`;
}
