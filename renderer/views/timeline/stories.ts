/** What happened to a segment that was sent twice, and what stands out in a stream, told from its packets. Pure. */
import type { StatePeriod, StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { packetLink, say, strong, type Sentence } from '../../../shared/layers/sentence.ts';
import { ACK, fateFacts, fateOf, isRetransmission, RST, SYN } from './segment-facts.ts';
import { shortContent } from './segment-labels.ts';

export interface Story {
  readonly title: string;
  readonly sentences: readonly Sentence[];
}

/** The story behind a reset or a loss; null for a segment without one. */
export function storyOf(timeline: StreamTimeline, selected: TimelineSegment): Story | null {
  return (selected.flags & RST) !== 0 ? resetStory(timeline, selected) : lossStory(timeline, selected);
}

/** Refused, given up during the handshake, or cut off in the middle: three different stories. */
function resetStory(timeline: StreamTimeline, reset: TimelineSegment): Story {
  const before = timeline.segments.filter((segment) => segment.packet < reset.packet);
  const last = before.at(-1);
  const whose = reset.fromClient ? 'client' : 'server';
  const wasOpen = timeline.lanes.client.some((period) => period.state === 'ESTABLISHED' && period.cause <= reset.packet);
  if (!wasOpen && !reset.fromClient && timeline.clientKnown) {
    return {
      title: 'Connection refused',
      sentences: [
        say`${packetLink(reset.packet)} answers the SYN${last === undefined ? '' : ' after '}${last === undefined ? '' : strong(formatDuration(reset.timeNs - (before[0]?.timeNs ?? reset.timeNs)))}: the host is there, and nothing listens on port ${strong(timeline.server.port)}, or a firewall says so for it.`,
        say`Network and host work. A firewall that drops would not have answered at all.`,
      ],
    };
  }
  if (!wasOpen) return { title: 'Given up before it was open', sentences: [say`The ${whose} ends the handshake with an RST: it no longer wants the connection. Port scans look like this.`] };
  const idleNs = last === undefined ? 0 : reset.timeNs - last.timeNs;
  return {
    title: `Cut off by the ${whose}`,
    sentences: [
      say`${packetLink(reset.packet)} ends an open connection at once${idleNs > idleFromNs ? ', after ' : ''}${idleNs > idleFromNs ? strong(`${formatDuration(idleNs)} of silence`) : ''}: unlike a FIN it waits for nothing.`,
      idleNs > idleFromNs
        ? say`After a long silence this is often a NAT or firewall that forgot the connection, or a time limit of the program.`
        : say`The program ended with data unread, crashed, or something on the way sent the RST in its name.`,
    ],
  };
}

const idleFromNs = 30e9;

/** The story of the loss that this segment belongs to, as the first copy or a later one; null where it belongs to none. */
export function lossStory(timeline: StreamTimeline, selected: TimelineSegment): Story | null {
  const { segments } = timeline;
  const find = (packet: number): TimelineSegment | undefined => segments.find((segment) => segment.packet === packet);
  const original = selected.retransmissionOf > 0 ? find(selected.retransmissionOf) : selected;
  const repeat = selected.retransmissionOf > 0 ? selected : find(selected.retransmittedBy);
  if (repeat === undefined || !isRetransmission(repeat)) return isRetransmission(selected) && selected.retransmissionOf === 0 ? unseenOriginal(timeline, selected) : null;
  if (original === undefined || original === repeat) return null;
  const copies = segments.filter((segment) => segment.retransmissionOf === original.packet).length;
  const what = shortContent(original.content) || (original.payloadLength > 0 ? 'Data' : 'Segment');
  const times = copies <= 1 ? 'once' : `${copies} times`;
  if (fateOf(original, fateFacts(timeline)) === 'unanswered') return unanswered(timeline, original, repeat);
  if (isNeedless(original, repeat)) return needless(original, repeat, what);
  if (fateOf(original, fateFacts(timeline)) !== 'lost') return lateAcknowledgment(timeline, original, repeat, what);
  return { title: `${what} lost ${times}`, sentences: [...asked(segments, original), waited(original, repeat), repair(segments, original, repeat), ...arrived(segments, original, repeat)] };
}

function isNeedless(original: TimelineSegment, repeat: TimelineSegment): boolean {
  return original.acknowledgedBy > 0 && original.acknowledgedBy < repeat.packet;
}

function who(segment: TimelineSegment): string {
  return segment.fromClient ? 'The client' : 'The server';
}

/** What the other end said after the lost segment and before it came again. */
function asked(segments: readonly TimelineSegment[], original: TimelineSegment): readonly Sentence[] {
  const answer = segments.find((segment) => segment.packet > original.packet && segment.fromClient !== original.fromClient && segment.packet < original.retransmittedBy);
  if (answer === undefined) return [say`${packetLink(original.packet)} was not acknowledged: nothing came back before it was sent again.`];
  return [say`${packetLink(original.packet)} was not acknowledged: ${packetLink(answer.packet)} still asks for ${strong(answer.relativeAcknowledgment)}.`];
}

function waited(original: TimelineSegment, repeat: TimelineSegment): Sentence {
  return say`${who(original)} waited ${strong(formatDuration(repeat.timeNs - original.timeNs))} and sent it again in ${packetLink(repeat.packet)}.`;
}

function repair(segments: readonly TimelineSegment[], original: TimelineSegment, repeat: TimelineSegment): Sentence {
  const duplicates = segments.filter((segment) => segment.packet > original.packet && segment.packet < repeat.packet && segment.fromClient !== original.fromClient && segment.analysis.includes('duplicate_ack'));
  if (repeat.analysis.includes('fast_retransmission') || duplicates.length >= 3) {
    return say`${strong(`${duplicates.length} duplicate ACKs`)} told the sender which bytes were missing, so it did not wait for its timer.`;
  }
  const others = segments.some((segment) => segment.packet > original.packet && segment.packet < repeat.packet && segment.fromClient === original.fromClient && segment.payloadLength > 0);
  return others
    ? say`Too few duplicate ACKs came back to tell of the gap, so the ${strong('timer')} repaired it.`
    : say`With nothing else in flight no duplicate ACKs could come, so only the ${strong('timer')} could repair it.`;
}

function arrived(segments: readonly TimelineSegment[], original: TimelineSegment, repeat: TimelineSegment): readonly Sentence[] {
  const last = segments.filter((segment) => segment.retransmissionOf === original.packet).at(-1) ?? repeat;
  if (last.acknowledgedBy === 0) return [say`No ACK for it is in the capture.`];
  return [say`${packetLink(last.acknowledgedBy)} acknowledges it.`];
}

function needless(original: TimelineSegment, repeat: TimelineSegment, what: string): Story {
  return {
    title: `${what} sent again needlessly`,
    sentences: [
      say`${packetLink(original.packet)} was acknowledged by ${packetLink(original.acknowledgedBy)} before ${packetLink(repeat.packet)} sent it again.`,
      say`That ACK was lost behind the capture point, or came later than the sender's timer allowed.`,
    ],
  };
}

/** The other end never said anything: lost, filtered and switched off look the same. */
function unanswered(timeline: StreamTimeline, original: TimelineSegment, repeat: TimelineSegment): Story {
  const copies = timeline.segments.filter((segment) => segment.packet === original.packet || segment.retransmissionOf === original.packet);
  const last = copies.at(-1) ?? repeat;
  const isOpening = (original.flags & SYN) !== 0;
  return {
    title: `${isOpening ? 'SYN' : 'Segment'} never answered, sent ${copies.length} times`,
    sentences: [
      say`From ${packetLink(original.packet)} to ${packetLink(last.packet)}, over ${strong(formatDuration(last.timeNs - original.timeNs))}, nothing came back.`,
      isOpening
        ? say`A firewall drops it in silence, the host is down, or there is no way there. A closed port would have answered with an RST.`
        : say`The other end is gone, or only one direction was captured.`,
    ],
  };
}

/** Captured where it was going to: the first copy arrived, so its ACK is what went missing. */
function lateAcknowledgment(timeline: StreamTimeline, original: TimelineSegment, repeat: TimelineSegment, what: string): Story {
  const end = original.fromClient ? 'server' : 'client';
  return {
    title: `${what} sent again`,
    sentences: [
      waited(original, repeat),
      timeline.vantage === end
        ? say`${packetLink(original.packet)} was captured at the ${end}, so it did arrive: the ${end} did not acknowledge it in time, or its ACK was lost.`
        : say`Whether ${packetLink(original.packet)} was lost, or only its ACK, the capture does not show.`,
    ],
  };
}

function unseenOriginal(timeline: StreamTimeline, selected: TimelineSegment): Story {
  const before = timeline.vantage === 'unknown' ? 'before the capture point' : `between the ${selected.fromClient ? 'client' : 'server'} and the capture point`;
  return { title: 'Sent again', sentences: [say`${packetLink(selected.packet)} sends bytes again whose first copy is not shown here: it was lost ${strong(before)}, or lies before the segments on show.`] };
}

const meanings: Readonly<Partial<Record<StatePeriod['state'], string>>> = {
  'SYN-SENT': 'nobody answers: the SYN or its answer is lost or filtered',
  'SYN-RECEIVED': 'the last step of the handshake does not come',
  'CLOSE-WAIT': 'its own program has not closed the connection; this is no fault of the network',
  'FIN-WAIT-2': 'the other side keeps its half open',
  'LAST-ACK': 'the last ACK does not come',
};

/** Remarks of the analysis, and states that last too long. */
export function remarkSentences(timeline: StreamTimeline): readonly Sentence[] {
  const remarks = timeline.remarks.map(({ packet, text }): Sentence => (packet === 0 ? say`${text}` : say`${packetLink(packet)} ${text}`));
  const lanes = [{ name: 'Client', periods: timeline.lanes.client }, { name: 'Server', periods: timeline.lanes.server }];
  const overlong = lanes.flatMap(({ name, periods }) =>
    periods.filter((period) => period.overlong).map((period): Sentence => {
      const lasted = period.toNs === null ? 'until the end of the capture' : `for ${formatDuration(period.toNs - period.fromNs)}`;
      return say`${strong(name)} in ${strong(period.state)} ${lasted}${period.cause > 0 ? ' since ' : ''}${period.cause > 0 ? packetLink(period.cause) : ''}: ${meanings[period.state] ?? 'longer than usual'}.`;
    }),
  );
  return [...oneDirection(timeline), ...overlong, ...remarks];
}

/** Answers that nobody captured look like loss; the numbers that go on show that there were some. */
function oneDirection(timeline: StreamTimeline): readonly Sentence[] {
  const { clientHeard, serverHeard } = fateFacts(timeline);
  if (clientHeard === serverHeard || !timeline.segments.some((segment) => segment.payloadLength > 0 || (segment.flags & (ACK | SYN)) === ACK)) return [];
  return [say`Only what the ${strong(clientHeard ? 'client' : 'server')} sends is in the capture: the other direction took another way, or was filtered out.`];
}
