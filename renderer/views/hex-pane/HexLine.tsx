import type { RowComponentProps } from 'react-window';
import { hexOffset } from '../../../shared/format/hex.ts';
import { cx } from '../../ui/cx.ts';
import { bytesPerLine, lineRuns, type ByteRun, type Highlight } from './hex-model.ts';
import styles from './HexLine.module.css';

export interface HexLineProps {
  readonly bytes: Uint8Array;
  readonly osiOfByte: Uint8Array;
  readonly highlight: Highlight;
  /** Hex digits of an offset. */
  readonly digits: number;
}

export function HexLine({ index, style, bytes, osiOfByte, highlight, digits }: RowComponentProps<HexLineProps>) {
  const start = index * bytesPerLine;
  const runs = lineRuns(bytes, osiOfByte, start, highlight);
  return (
    <div role="row" aria-rowindex={index + 1} data-line={start} style={style} className={styles.line}>
      <span role="rowheader" className={styles.offset}>{hexOffset(start, digits)}</span>
      <span role="cell" className={styles.hex} data-part="hex">
        {runs.map((run, at) => (
          <i key={at} className={runClass(run)} data-osi={run.emphasis === 'none' ? run.osi : run.emphasisOsi}>
            {run.emphasis === 'field' || run.emphasis === 'hover' ? <Marked text={run.hex} /> : run.hex}
          </i>
        ))}
      </span>
      <span role="cell" className={styles.characters} data-part="characters">
        {runs.map((run, at) => (
          <i key={at} className={runClass(run)} data-osi={run.emphasis === 'none' ? run.osi : run.emphasisOsi}>
            <u>{run.characters}</u>
          </i>
        ))}
      </span>
    </div>
  );
}

/** The ground of a marked run ends with its last digit, not with the space after it. */
function Marked({ text }: { readonly text: string }) {
  const trimmed = text.trimEnd();
  return (
    <>
      <u>{trimmed}</u>
      {text.slice(trimmed.length)}
    </>
  );
}

function runClass({ emphasis }: ByteRun): string {
  return cx(emphasis !== 'none' && styles[emphasis]);
}
