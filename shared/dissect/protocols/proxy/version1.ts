/** Version 1: one line of text (PROXY protocol 2.4 §2.1). */
import { latin1 } from '../../../bytes/reader.ts';
import { parseIpv4, parseIpv6 } from './addresses.ts';
import { V1_MAGIC, V1_MAX_BYTES } from './fields.ts';
import type { ProxyLayer } from './fields.ts';

const CRLF = 2;

interface Word {
  readonly text: string;
  readonly start: number;
}

/** Gives whether the line is sound, so that what follows it can be handed on. */
export function takeVersion1(layer: ProxyLayer): boolean {
  const line = latin1(layer.bytes, layer.start, Math.min(layer.end, layer.start + V1_MAX_BYTES));
  const length = line.indexOf('\r\n');
  layer.put('v1.magic', 0, layer.start, V1_MAGIC.length - 1);
  layer.cursor = layer.start + length + CRLF;
  const words = wordsOf(line.slice(0, length), layer.start);
  const protocol = words[1];
  if (protocol === undefined || words.length < 3) return remark(layer, layer.start, 'Badly formatted PROXY header line');
  layer.put('v1.proto', protocol.text, protocol.start, protocol.text.length);
  if (protocol.text !== 'TCP4' && protocol.text !== 'TCP6') {
    const rest = words[2] as Word;
    layer.put('v1.unknown', line.slice(rest.start - layer.start, length), rest.start, layer.start + length - rest.start);
    return false;
  }
  if (words.length < 6) return remark(layer, protocol.start, 'Badly formatted PROXY header line');
  return takeAddresses(layer, protocol.text, words) && takePorts(layer, words);
}

function wordsOf(line: string, start: number): Word[] {
  let at = start;
  return line.split(' ').map((text) => {
    const word = { text, start: at };
    at += text.length + 1;
    return word;
  });
}

function remark(layer: ProxyLayer, at: number, words: string): false {
  layer.text(() => words, at, 0);
  layer.expert('bad_format', 'warn', 'Protocol', words);
  return false;
}

const ENDS = ['src', 'dst'] as const;

function takeAddresses(layer: ProxyLayer, protocol: string, words: readonly Word[]): boolean {
  const isV4 = protocol === 'TCP4';
  for (const [index, end] of ENDS.entries()) {
    const word = words[2 + index] as Word;
    const address = isV4 ? parseIpv4(word.text) : parseIpv6(word.text);
    if (address === null) return remark(layer, word.start, `Unrecognized ${isV4 ? 'IPv4' : 'IPv6'} address`);
    layer.put(isV4 ? `${end}.ipv4` : `${end}.ipv6`, address, word.start, word.text.length);
  }
  return true;
}

function takePorts(layer: ProxyLayer, words: readonly Word[]): boolean {
  for (const [index, key] of (['srcport', 'dstport'] as const).entries()) {
    const word = words[4 + index] as Word;
    const port = /^\d{1,5}$/.test(word.text) ? Number(word.text) : 65_536;
    if (port > 65_535) return remark(layer, word.start, 'Unrecognized port');
    layer.put(key, port, word.start, word.text.length);
  }
  return true;
}
