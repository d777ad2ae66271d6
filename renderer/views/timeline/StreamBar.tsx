/** Which stream is shown, in numbers, and the way to the next one. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { formatBytes, formatQuantity } from '../../../shared/format/size.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import type { TimelineViewProps } from '../../app/slots.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import styles from './StreamBar.module.css';

export interface StreamBarProps extends Pick<TimelineViewProps, 'load' | 'onSelectPacket'> {
  readonly timeline: StreamTimeline;
}

const vantageTexts: Readonly<Record<StreamTimeline['vantage'], string>> = {
  client: 'Captured at the client. Server times are estimates.',
  server: 'Captured at the server. Client times are estimates.',
  middle: 'Captured between the ends. Times at both are estimates.',
  unknown: 'Where it was captured cannot be told. Times are as captured.',
};

export function StreamBar({ timeline, load, onSelectPacket }: StreamBarProps) {
  const { client, server } = timeline;
  const bytes = timeline.payloadBytes.client + timeline.payloadBytes.server;
  return (
    <div className={styles.bar}>
      <StreamChoice timeline={timeline} load={load} onSelectPacket={onSelectPacket} />
      <span className={styles.ends} title={`${end(client)} → ${end(server)}`}>
        {end(client)} → {end(server)}
      </span>
      <span>{formatQuantity(timeline.totalSegments, 'segment')}</span>
      <span>{formatDuration(timeline.durationNs)}</span>
      <span>{bytes > 0 ? `${formatBytes(bytes)} of data` : 'no data'}</span>
      {timeline.retransmissions > 0 && (
        <span className={styles.trouble}>
          <SeverityIcon severity="warn" /> {formatQuantity(timeline.retransmissions, 'retransmission')}
        </span>
      )}
      <span className={styles.vantage} title={vantageTexts[timeline.vantage]}>
        {vantageTexts[timeline.vantage]}
      </span>
    </div>
  );
}

function end({ address, port }: StreamTimeline['client']): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Another stream is chosen by selecting its first packet, so that all views follow. */
function StreamChoice({ timeline, load, onSelectPacket }: StreamBarProps) {
  const { stream, streamCount } = timeline;
  const [typed, setTyped] = useState<string | null>(null);
  const last = streamCount - 1;
  const choose = (wanted: number): void => {
    setTyped(null);
    if (wanted === stream || wanted < 0 || wanted > last) return;
    // Where it fails the view stays with its stream: a number beyond the last one is not sent at all.
    load(wanted, 0, new AbortController().signal).then((other) => { onSelectPacket(other.firstPacket); }, () => undefined);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = Number(typed ?? stream);
    if (Number.isInteger(wanted)) choose(Math.min(last, Math.max(0, wanted)));
  };
  return (
    <form className={styles.choice} onSubmit={submit}>
      <LayerChip osi={4} />
      <label>
        <b>tcp.stream</b>
        <input
          className={styles.number}
          value={typed ?? String(stream)}
          inputMode="numeric"
          aria-label={`Stream, 0 to ${last}`}
          title={`A stream number from 0 to ${last}, then Enter`}
          size={Math.max(2, String(last).length)}
          onChange={(event) => setTyped(event.target.value.replace(/\D/g, ''))}
          onBlur={() => setTyped(null)}
        />
      </label>
      <span className={styles.count}>of {streamCount}</span>
      <IconButton icon={ChevronLeft} label="Previous stream" disabledReason={stream > 0 ? null : 'This is the first stream'} onClick={() => choose(stream - 1)} />
      <IconButton icon={ChevronRight} label="Next stream" disabledReason={stream < last ? null : 'This is the last stream'} onClick={() => choose(stream + 1)} />
    </form>
  );
}
