/** Traffic at a bounded rate on a veth pair, and what reached its other end. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Namespace } from '../tools/network/namespace.ts';
import { senderFile } from './live-programs.ts';

export interface SentFrames {
  readonly sent: number;
  readonly seconds: number;
}

/** Sends numbered frames on "one" until all are sent; `perSecond` 0: as fast as the sender can. @throws when it fails */
export async function sendFrames(namespace: Namespace, { count, frameBytes, perSecond }: { readonly count: number; readonly frameBytes: number; readonly perSecond: number }): Promise<SentFrames> {
  return JSON.parse(await output(namespace, [senderFile, 'one', String(count), String(frameBytes), String(perSecond)])) as SentFrames;
}

function output(namespace: Namespace, words: readonly string[]): Promise<string> {
  const child = namespace.spawn(words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return new Promise((resolve, reject) => child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${words[0] ?? ''} ended with status ${String(code)}`)))));
}

/** Packets that an interface has received. /proc/net/dev: name: bytes packets … */
export function receivedOn(namespace: Namespace, name: string): number {
  const line = namespace.run('cat', '/proc/net/dev').split('\n').find((each) => each.trim().startsWith(`${name}:`)) ?? '';
  return Number(line.split(':')[1]?.trim().split(/\s+/)[1]);
}

/**
 * Memory that a virtual machine has not used yet costs whoever touches it first several times what the rest of
 * a capture costs: files of the size of the capture are written and deleted before each program alike.
 */
export function warmPageCache(file: string, bytes: number): void {
  const piece = Buffer.alloc(1 << 20, 1);
  const descriptor = openSync(file, 'w');
  for (let written = 0; written < bytes; written += piece.length) writeSync(descriptor, piece);
  closeSync(descriptor);
  rmSync(file);
}
