import { formatQuantity } from '../../../shared/format/size.ts';
import { useApp } from '../../app/context.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import type { Sample } from './start-content.ts';
import styles from './LessonCards.module.css';

export function LessonCards({ samples }: { readonly samples: readonly Sample[] }) {
  const { files } = useApp();
  return (
    <section className={styles.block} aria-label="Sample captures">
      <h3 className={styles.head}>Learn from sample captures</h3>
      <ul className={styles.cards}>
        {samples.map((sample) => (
          <li key={sample.id}>
            <button type="button" className={styles.card} onClick={() => files.openSample(sample.id, sample.title)}>
              <span className={styles.chips}>
                {sample.layers.map((layer) => (
                  <LayerChip key={layer} osi={layer} />
                ))}
              </span>
              <b>{sample.title}</b>
              <span className={styles.text}>{sample.description}</span>
              <span className={styles.foot}>{formatQuantity(sample.packets, 'packet')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
