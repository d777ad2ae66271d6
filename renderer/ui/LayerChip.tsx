/** The mark of an OSI layer: its colour and, always, its number. */
import styles from './LayerChip.module.css';

export interface LayerChipProps {
  /** 1…7. */
  readonly osi: number;
  readonly onHover?: (osi: number) => void;
}

const layerNames = ['', 'Physical', 'Data link', 'Network', 'Transport', 'Session', 'Presentation', 'Application'] as const;

export function layerName(osi: number): string {
  return layerNames[osi] ?? '';
}

export function LayerChip({ osi, onHover }: LayerChipProps) {
  return (
    <b
      className={styles.chip}
      data-layer-mark={osi}
      aria-label={`Layer ${osi}, ${layerName(osi)}`}
      role="img"
      onPointerEnter={onHover && (() => onHover(osi))}
      onPointerLeave={onHover && (() => onHover(0))}
    >
      {osi}
    </b>
  );
}
