/** What a TCP segment or UDP datagram does, in words. */
import type { Facts } from './facts.ts';
import { packetLink, say, strong, type Sentence } from './sentence.ts';

/**
 * @param carriesMessage the packet's message was told already: then only what is out of the ordinary follows.
 */
export function transportWords(facts: Facts, carriesMessage: boolean): readonly Sentence[] {
  if (!facts.has('tcp.srcport')) return carriesMessage ? [] : udpWords(facts);
  const trouble = troubleWords(facts);
  return carriesMessage ? trouble : [...ordinaryWords(facts), ...trouble];
}

function udpWords(facts: Facts): readonly Sentence[] {
  const from = facts.first('udp.srcport') ?? '?';
  const to = facts.first('udp.dstport') ?? '?';
  return [say`A datagram from port ${strong(from)} to port ${strong(to)}. UDP neither numbers nor repeats it: whether it arrives, nobody is told.`];
}

function ordinaryWords(facts: Facts): readonly Sentence[] {
  const port = facts.first('tcp.dstport') ?? '?';
  const isAck = facts.isSet('tcp.flags.ack');
  const length = facts.number('tcp.len') ?? 0;
  if (facts.isSet('tcp.flags.syn')) return synWords(facts, isAck, port);
  if (facts.isSet('tcp.flags.reset')) return [say`The sender ends the connection ${strong('at once')}. Right after a SYN this means that nobody listens; later it means that a program or a box in between gave up.`];
  if (facts.isSet('tcp.flags.fin')) return [say`The sender has ${strong('nothing more to send')}: its FIN counts as one byte, and the other side may still send.`];
  if (length > 0) {
    const next = facts.number('tcp.nxtseq');
    return [say`Carries ${strong(length === 1 ? '1 byte' : `${length} bytes`)} of the stream${next === null ? '' : `; the next byte has number ${next}`}.`, ...acknowledges(facts, 'It also acknowledges ')];
  }
  return isAck && facts.has('tcp.ack') ? [say`No data, only an acknowledgment: ${strong(`all bytes before ${facts.first('tcp.ack') ?? '?'}`)} have arrived.`, ...acknowledges(facts, 'It answers ')] : [];
}

function synWords(facts: Facts, isAck: boolean, port: string): readonly Sentence[] {
  const mss = facts.first('tcp.options.mss_val');
  const size = mss === null ? '' : ` It takes segments of up to ${mss} bytes.`;
  if (!isAck) return [say`The client asks to open a connection to port ${strong(port)}.${size} Nothing is open yet: the answer decides.`];
  return [say`The server ${strong('agrees')} to open the connection, and acknowledges the SYN.${size}`, ...acknowledges(facts, 'It answers ')];
}

function acknowledges(facts: Facts, text: string): readonly Sentence[] {
  const packet = facts.link('tcp.analysis.acks_frame');
  return packet === 0 ? [] : [say`${text}${packetLink(packet)}.`];
}

const troubles: readonly (readonly [field: string, text: string, word: string, rest: string])[] = [
  ['tcp.analysis.fast_retransmission', 'These bytes were sent before; three equal ACKs told the sender that they were ', 'lost', '.'],
  ['tcp.analysis.spurious_retransmission', 'These bytes were sent and acknowledged before: this ', 'retransmission was needless', ', or the ACK was lost behind the capture.'],
  ['tcp.analysis.retransmission', 'These bytes were sent before and not acknowledged in time: a ', 'retransmission', '.'],
  ['tcp.analysis.out_of_order', 'This segment came ', 'out of order', ': one with higher numbers was faster.'],
  ['tcp.analysis.lost_segment', 'Bytes before this segment are ', 'missing', ' in the capture.'],
  ['tcp.analysis.duplicate_ack', 'It says the same as the ACK before it: something ', 'after that byte', ' arrived, and what comes first is missing.'],
  ['tcp.analysis.zero_window', 'The receiver has ', 'no room left', ': the sender must wait until the program reads.'],
  ['tcp.analysis.window_full', 'With it the sender has used up ', 'the whole window', ' of the receiver.'],
  ['tcp.analysis.keep_alive', 'A ', 'keep-alive', ': asks whether the other side still exists.'],
  ['tcp.analysis.window_update', 'It only tells of a ', 'new window', ': how much the receiver can take.'],
];

/** The first thing out of the ordinary; one sentence is enough. */
function troubleWords(facts: Facts): readonly Sentence[] {
  const trouble = troubles.find(([field]) => facts.has(field));
  if (trouble === undefined) return [];
  const [, text, word, rest] = trouble;
  return [say`${text}${strong(word)}${rest}`];
}
