/** Domain Name System over UDP, and over TCP with a length before every message (RFC 7766 §8). */
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import { dnsFields } from './dns/fields.ts';
import type { DnsLayer } from './dns/fields.ts';
import { takeMessage } from './dns/message.ts';

const LENGTH_BYTES = 2;
const HEADER_BYTES = 12;
const RESPONSE_FLAG = 0x8000;
const OPCODE_MASK = 0x7800;

/** Messages of a TCP stream, as many as the bytes at hand hold. */
function takeStream(layer: DnsLayer): void {
  for (let ordinal = 0; layer.cursor < layer.end && !layer.run.full; ordinal += 1) {
    const start = layer.cursor;
    const missing = missingBytes(layer);
    if (missing > 0 && layer.canDesegment) {
      layer.needMore(start, layer.left < LENGTH_BYTES ? 'segment' : missing);
      return;
    }
    layer.pduSize(LENGTH_BYTES + layer.peekU16());
    layer.message(start + LENGTH_BYTES + layer.peekU16(), () => {
      if (!layer.reaches(start + LENGTH_BYTES + 4)) return;
      layer.take('length');
      takeMessage(layer, 'dns', ordinal);
    });
  }
}

function missingBytes(layer: DnsLayer): number {
  return layer.left < LENGTH_BYTES ? LENGTH_BYTES - layer.left : Math.max(0, LENGTH_BYTES + layer.peekU16() - layer.left);
}

/** Most records that a message on an odd port may claim to hold, by section; more look like something else. */
const MOST_ANSWERS = 100;
const MOST_OTHERS = 10;

/** A standard query with one question, or a response that is not empty: for messages on any port. */
function looksLikeMessage(peek: Peek): boolean {
  if (peek.length <= HEADER_BYTES) return false;
  const flags = peek.u16(2);
  const [questions, answers, authorities, additional] = [peek.u16(4), peek.u16(6), peek.u16(8), peek.u16(10)] as const;
  if ((flags & OPCODE_MASK) !== 0 || additional > MOST_OTHERS) return false;
  if ((flags & RESPONSE_FLAG) === 0) return questions === 1 && answers === 0 && authorities === 0;
  if (questions + answers + authorities + additional === 0) return false;
  return questions <= 1 && answers <= MOST_ANSWERS && authorities <= MOST_OTHERS;
}

export const dns = protocol({
  id: 'dns',
  title: 'Domain Name System',
  short: 'DNS',
  spec: 'RFC 1035 §4',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [53] },
    { table: 'tcp.port', keys: [53, 5353] },
    { table: 'sctp.port', keys: [53] },
  ],
  guesses: [{ table: 'udp', rank: 90, accepts: looksLikeMessage }],
  fields: dnsFields,
  parse(layer) {
    layer.protocolName('DNS');
    layer.info(() => '');
    if (layer.run.flow?.protocol === 'tcp') takeStream(layer);
    else takeMessage(layer, 'dns', 0);
  },
});
