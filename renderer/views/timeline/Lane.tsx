/** The states of one end, beside the ladder. Facts are solid, inferences dashed, unknown moments hatched. */
import { memo } from 'react';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './Lane.module.css';
import type { LaneBlock, LaneLayout } from './lane-layout.ts';

export interface LaneProps {
  readonly name: string;
  readonly lane: LaneLayout;
  readonly side: 'client' | 'server';
}

export const Lane = memo(function Lane({ name, lane, side }: LaneProps) {
  return (
    <ol className={cx(styles.lane, styles[side])} aria-label={`${name}: states`}>
      {lane.blocks.map((block) => (
        <Block key={`${block.period.state}-${block.period.fromNs}-${block.period.cause}`} block={block} />
      ))}
      {lane.moments.map((moment) => (
        <li key={moment.y} className={styles.moment} style={{ top: moment.y, height: moment.height }} aria-hidden title="The change happened at this end, which was not captured: the time is an estimate.">
          {moment.text !== '' && <span>{moment.text}</span>}
        </li>
      ))}
    </ol>
  );
});

const oneLine = 34;
const noText = 15;

function Block({ block }: { readonly block: LaneBlock }) {
  const { period, y, height, duration, isOpenEnded } = block;
  const cause = period.cause > 0 ? `, since packet ${period.cause}` : '';
  const description = `${period.state}, ${certaintyNames[period.certainty]}${cause}${duration === '' ? '' : `, ${duration}`}${period.note === '' ? '' : `. ${period.note}`}`;
  return (
    <li
      className={cx(styles.block, styles[period.certainty], period.state === 'ESTABLISHED' && styles.open, isOpenEnded && styles.openEnded, height < oneLine && styles.line)}
      style={{ top: y, height }}
      title={description}
      aria-label={description}
    >
      {height >= noText && (
        <span className={styles.text}>
          <b>
            {period.overlong && <SeverityIcon severity="warn" size={12} />}
            {period.state}
          </b>
          {height >= oneLine && duration !== '' && <small>{duration}</small>}
          {height >= 3 * oneLine && period.note.startsWith('Half-closed') && <small>half-closed</small>}
        </span>
      )}
    </li>
  );
}

const certaintyNames = { fact: 'fact', inferred: 'inferred', assumed: 'assumed' } as const;
