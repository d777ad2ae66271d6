/** What stands beside the ladder: the selected segment, the handshake, the story of a loss, remarks and the legend. */
import { memo } from 'react';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import type { Sentence } from '../../../shared/layers/sentence.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { Sentences } from '../layers/Sentences.tsx';
import { HandshakeCard } from './HandshakeCard.tsx';
import { SegmentCard } from './SegmentCard.tsx';
import styles from './cards.module.css';
import { storyOf, remarkSentences } from './stories.ts';

export interface CardsProps {
  readonly timeline: StreamTimeline;
  readonly selectedPacket: number | null;
  readonly onSelectPacket: (packet: number) => void;
}

export const Cards = memo(function Cards({ timeline, selectedPacket, onSelectPacket }: CardsProps) {
  const selected = timeline.segments.find((segment) => segment.packet === selectedPacket);
  const story = selected === undefined ? null : storyOf(timeline, selected);
  const remarks = remarkSentences(timeline);
  return (
    <aside className={styles.cards} aria-label="Explanations">
      {selected !== undefined && <SegmentCard timeline={timeline} segment={selected} onSelectPacket={onSelectPacket} />}
      {story !== null && <TroubleCard title={story.title} sentences={story.sentences} onSelectPacket={onSelectPacket} />}
      {remarks.length > 0 && <TroubleCard title="Out of the ordinary" sentences={remarks} onSelectPacket={onSelectPacket} />}
      <HandshakeCard timeline={timeline} onSelectPacket={onSelectPacket} />
      <Legend />
    </aside>
  );
});

function TroubleCard({ title, sentences, onSelectPacket }: { readonly title: string; readonly sentences: readonly Sentence[]; readonly onSelectPacket: (packet: number) => void }) {
  return (
    <section className={styles.card} aria-label={title}>
      <h3 className={styles.title}>
        <SeverityIcon severity="warn" />
        <span className={styles.name}>{title}</span>
      </h3>
      <Sentences sentences={sentences} onGoToPacket={onSelectPacket} />
    </section>
  );
}

const legend = [
  { mark: 'open', text: 'open' },
  { mark: '', text: 'seen' },
  { mark: 'inferred', text: 'inferred' },
  { mark: 'uncertain', text: 'when is uncertain' },
  { mark: 'line', text: 'no data' },
  { mark: 'data', text: 'data' },
  { mark: 'lost', text: 'lost' },
] as const;

function Legend() {
  return (
    <section className={styles.card} aria-label="How to read it">
      <h3 className={styles.title}>Reading lanes and arrows</h3>
      <ul className={styles.legend}>
        {legend.map(({ mark, text }) => (
          <li key={text}>
            <i className={[mark === 'data' || mark === 'lost' ? styles.line : '', mark === '' ? '' : styles[mark]].join(' ')} />
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
