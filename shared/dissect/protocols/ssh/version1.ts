/** Packets of version 1, which is out of use: a length, padding, and a message, encrypted after the first one of each end. */
import { nameOf } from '../../values.ts';
import { MESSAGES_1 } from './fields.ts';
import type { SshLayer } from './fields.ts';
import { learns } from './session.ts';
import type { Session, Side } from './session.ts';

const LENGTH_BYTES = 4;
const BLOCK_BYTES = 8;
const LONGEST_PACKET = 0xffff;

/** False where the packet at the cursor is not all there, and the rest has been asked for. */
export function takeVersion1(layer: SshLayer, session: Session, side: Side): boolean {
  const { left } = layer;
  const length = layer.peekU32();
  const padding = BLOCK_BYTES - (length % BLOCK_BYTES);
  if (layer.canDesegment && (left < LENGTH_BYTES || length + LENGTH_BYTES + padding > left)) {
    // Without the length field, as Wireshark asks; what is still missing then is asked for in turn.
    layer.needMore(layer.cursor, left < LENGTH_BYTES ? 'segment' : Math.max(1, length + padding - left));
    return false;
  }
  layer.group(null, () => takePacket(layer, session, side, padding), () => 'SSH Version 1');
  return true;
}

function takePacket(layer: SshLayer, session: Session, side: Side, padding: number): void {
  const available = layer.left;
  let length = layer.peekU32();
  if (length > 0) layer.take('packet_length');
  else layer.skip(LENGTH_BYTES);
  if (layer.broken) return;
  if (length >= LONGEST_PACKET) {
    layer.label(() => `Overly large length ${length.toString(16)}`);
    length = Math.max(0, available - LENGTH_BYTES - padding);
  }
  if (!layer.has(padding)) return;
  layer.put('padding_length', padding, layer.cursor, padding);
  layer.skip(padding);
  const rest = takeCode(layer, session, side, length);
  if (rest > 0) layer.take('payload', rest);
}

/** The message's name, where it is in the clear. Gives the bytes that follow. */
function takeCode(layer: SshLayer, session: Session, side: Side, length: number): number {
  const peer = session.peers[side];
  const { number } = layer.packet;
  if (peer.keyStart !== 0 && !(peer.keyStart >= number && number <= peer.keyEnd)) {
    layer.infoAppend(() => `Encrypted packet (len=${length})`, ', ');
    return length;
  }
  const code = layer.take('message_code');
  if (layer.broken) return 0;
  const name = nameOf(MESSAGES_1, code);
  layer.label(() => `Message Code: ${name ?? 'Unknown'} (${code})`);
  layer.infoAppend(() => name ?? `Unknown (${code})`, ', ');
  if (learns(layer)) {
    if (peer.keyStart === 0) peer.keyStart = number;
    peer.keyEnd = number;
  }
  return length - 1;
}
