/** The three-way handshake: its steps, what each end offers and what both then use. */
import type { StreamTimeline, SynOffer } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import { mssStory, usedSegmentSize } from '../../../shared/layers/mss.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { PacketLink } from '../layers/Sentences.tsx';
import styles from './cards.module.css';

export interface HandshakeCardProps {
  readonly timeline: StreamTimeline;
  readonly onSelectPacket: (packet: number) => void;
}

export function HandshakeCard({ timeline, onSelectPacket }: HandshakeCardProps) {
  const { handshake, initialRoundTripNs } = timeline;
  if (handshake === null) {
    return (
      <section className={styles.card} aria-label="Handshake">
        <h3 className={styles.title}>
          <LayerChip osi={4} />
          Handshake
        </h3>
        <p className={styles.text}>Not in the capture: it started later. Window scales and initial numbers are unknown.</p>
      </section>
    );
  }
  return (
    <section className={styles.card} aria-label="Handshake">
      <h3 className={styles.title}>
        <LayerChip osi={4} />
        Handshake
        {initialRoundTripNs !== null && <span className={styles.aside}>round trip {formatDuration(initialRoundTripNs)}</span>}
      </h3>
      <div className={styles.steps}>
        <Step packet={handshake.syn} name="SYN" words="client asks" time={handshake.syn > 0 ? '0' : ''} onSelectPacket={onSelectPacket} />
        <Step packet={handshake.synAck} name="SYN, ACK" words="server agrees" time={after(handshake.synAckDelayNs)} onSelectPacket={onSelectPacket} />
        <Step packet={handshake.ack} name="ACK" words="open at the client" time={after(handshake.ackDelayNs)} onSelectPacket={onSelectPacket} />
      </div>
      <Offers client={handshake.client} server={handshake.server} />
      <MssText timeline={timeline} />
      <p className={styles.text}>Three steps, because each end must learn that its own number was heard.</p>
    </section>
  );
}

function after(ns: number | null): string {
  return ns === null ? '' : `+${formatDuration(ns)}`;
}

interface StepProps extends Pick<HandshakeCardProps, 'onSelectPacket'> {
  readonly packet: number;
  readonly name: string;
  readonly words: string;
  readonly time: string;
}

function Step({ packet, name, words, time, onSelectPacket }: StepProps) {
  return (
    <>
      {packet > 0 ? <PacketLink packet={packet} onGoToPacket={onSelectPacket} /> : <span aria-hidden>–</span>}
      <b>{name}</b>
      <span>{packet > 0 ? words : 'not in the capture'}</span>
      <span>{time}</span>
    </>
  );
}

function Offers({ client, server }: { readonly client: SynOffer | null; readonly server: SynOffer | null }) {
  const bothSack = client?.sackPermitted === true && server?.sackPermitted === true;
  const bothTimes = client?.timestamps === true && server?.timestamps === true;
  const bothScale = typeof client?.windowScale === 'number' && typeof server?.windowScale === 'number';
  const rows: readonly (readonly [name: string, client: string, server: string, used: string])[] = [
    ['MSS', number(client, client?.mss), number(server, server?.mss), number(server, usedSegmentSize(client?.mss ?? null, server?.mss ?? null, bothTimes))],
    ['Window scale', scale(client), scale(server), used(client, server, bothScale, 'both', 'none')],
    ['SACK permitted', yes(client, client?.sackPermitted), yes(server, server?.sackPermitted), used(client, server, bothSack, 'yes', 'no')],
    ['Timestamps', yes(client, client?.timestamps), yes(server, server?.timestamps), used(client, server, bothTimes, 'yes', 'no')],
    ['Initial number', number(client, client?.initialSequence), number(server, server?.initialSequence), ''],
  ];
  return (
    <table className={styles.offers}>
      <thead>
        <tr>
          <td />
          <th scope="col">Client</th>
          <th scope="col">Server</th>
          <th scope="col">Used</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ofClient, ofServer, both]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{ofClient}</td>
            <td>{ofServer}</td>
            <td>{both}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const unknown = '?';

function number(offer: SynOffer | null, value: number | null | undefined): string {
  return offer === null ? unknown : value === null || value === undefined ? 'none' : String(value);
}

function scale(offer: SynOffer | null): string {
  return offer === null ? unknown : offer.windowScale === null ? 'none' : `× ${2 ** Math.min(14, offer.windowScale)}`;
}

function yes(offer: SynOffer | null, value: boolean | undefined): string {
  return offer === null ? unknown : value === true ? 'yes' : 'no';
}

function used(client: SynOffer | null, server: SynOffer | null, both: boolean, whenBoth: string, whenNot: string): string {
  return client === null || server === null ? unknown : both ? whenBoth : whenNot;
}

/** What the smaller MSS says about the links on the way. */
function MssText({ timeline }: { readonly timeline: StreamTimeline }) {
  const offers = [timeline.handshake?.client?.mss, timeline.handshake?.server?.mss].filter((mss) => typeof mss === 'number');
  if (offers.length === 0) return null;
  const mss = Math.min(...offers);
  const { mtu, scenario } = mssStory(mss, timeline.client.address.includes(':'));
  const timestamps = timeline.handshake?.client?.timestamps === true && timeline.handshake.server?.timestamps === true;
  return (
    <p className={styles.text}>
      MSS {mss} means an MTU of {mtu}: {scenario ?? 'lowered by a tunnel or a router on the way'}.{timestamps ? ` Timestamps take 12 bytes of each segment, ${mss - 12} remain.` : ''}
    </p>
  );
}
