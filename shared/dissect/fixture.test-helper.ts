/** A fixture: frames of one protocol, or of one conversation, and what they must be taken for. */
import type { Bytes } from '../../tools/craft/bytes.ts';
import type { TcpFrames } from './frames.test-helper.ts';

export interface Fixture {
  readonly name: string;
  /** LINKTYPE_ value. */
  readonly linkType: number;
  readonly frames: readonly Bytes[];
  /** frame.protocols of each frame. */
  readonly protocols: readonly string[];
}

export const ETHERNET = 1;

export function fixture(name: string, frames: readonly Bytes[], protocols: readonly string[], linkType = ETHERNET): Fixture {
  return { name, linkType, frames, protocols };
}

/** Fixture of one frame. */
export function single(name: string, frame: Bytes, protocols: string, linkType = ETHERNET): Fixture {
  return fixture(name, [frame], [protocols], linkType);
}

/** Packets of a conversation, below Ethernet and IPv4: what tcp carries in each, the handshake's three included. */
export function over(frames: TcpFrames, chains: readonly string[]): readonly [frames: readonly Bytes[], protocols: readonly string[]] {
  return [frames.frames, chains.map((chain) => `eth:ethertype:ip:tcp${chain}`)];
}
