import type { Sentence } from '../../../shared/layers/sentence.ts';
import styles from './Sentences.module.css';

export interface SentencesProps {
  readonly sentences: readonly Sentence[];
  readonly onGoToPacket: (packet: number) => void;
}

/** Sentences with stressed words and packet links, one paragraph each. */
export function Sentences({ sentences, onGoToPacket }: SentencesProps) {
  return sentences.map((sentence, index) => (
    <p key={index} className={styles.sentence}>
      {sentence.map((part, place) => {
        if (typeof part === 'string') return part;
        if ('strong' in part) return <b key={place}>{part.strong}</b>;
        return <PacketLink key={place} packet={part.packet} onGoToPacket={onGoToPacket} />;
      })}
    </p>
  ));
}

export function PacketLink({ packet, onGoToPacket }: { readonly packet: number; readonly onGoToPacket: (packet: number) => void }) {
  return (
    <button type="button" className={styles.packet} aria-label={`Packet ${packet}`} title={`Go to packet ${packet}`} onClick={() => onGoToPacket(packet)}>
      {packet}
    </button>
  );
}
