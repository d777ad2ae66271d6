/** The packet's ladder in three models. The keyboard's way through the layers: arrows move, Enter selects. */
import { useId, useRef, type KeyboardEvent } from 'react';
import { formatCount } from '../../../shared/format/size.ts';
import type { Rung } from '../../../shared/layers/ladder.ts';
import { layerModels, type LayerModelId } from '../../../shared/layers/model.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './Ladder.module.css';
import { layerStyle } from './layer-style.ts';

export interface LadderProps {
  readonly model: LayerModelId;
  readonly rungs: readonly Rung[];
  /** Layer of the packet that is selected. */
  readonly current: number;
  readonly hoveredOsi: number;
  readonly onModel: (model: LayerModelId) => void;
  readonly onHoverOsi: (osi: number) => void;
  readonly onSelectLayer: (layer: number) => void;
}

export function Ladder({ model, rungs, current, hoveredOsi, onModel, onHoverOsi, onSelectLayer }: LadderProps) {
  const list = useRef<HTMLOListElement>(null);
  const focusable = Math.max(0, rungs.findIndex((rung) => rung.layer === current && rung.presence === 'present'));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -rungs.length, End: rungs.length }[event.key];
    if (step === undefined) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const from = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, from + step))]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section aria-label="Ladder" className={styles.section}>
      <h3 className={styles.heading}>Ladder</h3>
      <ModelSwitch model={model} onModel={onModel} />
      <ol ref={list} className={styles.rungs} onKeyDown={onKeyDown} aria-label="Layers, top down">
        {rungs.map((rung, index) => (
          <RungRow
            key={rung.name}
            rung={rung}
            tabbable={index === focusable}
            current={rung.layer === current && rung.presence === 'present'}
            hovered={hoveredOsi > 0 && rung.osi.some((number) => number === hoveredOsi)}
            bandAbove={rung.presence === 'spanned' && rungs[index - 1]?.presence === 'present'}
            onHoverOsi={onHoverOsi}
            onSelectLayer={onSelectLayer}
          />
        ))}
      </ol>
    </section>
  );
}

function ModelSwitch({ model, onModel }: Pick<LadderProps, 'model' | 'onModel'>) {
  const name = useId();
  return (
    <div className={styles.models} role="radiogroup" aria-label="Layer model">
      {layerModels.map(({ id, title, source }) => (
        <label key={id} className={styles.model} title={source}>
          <input type="radio" name={name} checked={model === id} onChange={() => onModel(id)} />
          <span>{title}</span>
        </label>
      ))}
    </div>
  );
}

interface RungRowProps extends Pick<LadderProps, 'onHoverOsi' | 'onSelectLayer'> {
  readonly rung: Rung;
  readonly tabbable: boolean;
  readonly current: boolean;
  readonly hovered: boolean;
  /** TLS and its like: this rung and the one above are one band. */
  readonly bandAbove: boolean;
}

function RungRow({ rung, tabbable, current, hovered, bandAbove, onHoverOsi, onSelectLayer }: RungRowProps) {
  const [mark = 7] = rung.osi;
  const colour = bandAbove ? mark + 1 : mark;
  return (
    <li className={cx(bandAbove && styles.banded)}>
      <button
        type="button"
        tabIndex={tabbable ? 0 : -1}
        aria-current={current}
        aria-disabled={rung.layer < 0}
        className={cx(styles.rung, rung.presence === 'absent' && styles.absent, bandAbove && styles.band, hovered && styles.hovered)}
        style={layerStyle(colour)}
        title={`${rung.title}\n${rung.text}`}
        onPointerEnter={() => onHoverOsi(mark)}
        onPointerLeave={() => onHoverOsi(0)}
        onFocus={() => onHoverOsi(mark)}
        onBlur={() => onHoverOsi(0)}
        onClick={() => {
          if (rung.layer >= 0) onSelectLayer(rung.layer);
        }}
      >
        <span className={styles.chips}>
          {rung.osi.map((number) => (
            <LayerChip key={number} osi={number} />
          ))}
        </span>
        <span className={styles.words}>
          <span className={styles.first}>
            <b>{rung.name}</b> {rung.title}
          </span>
          <span className={styles.second}>{rung.text}</span>
        </span>
        <span className={styles.bytes}>{rung.bytes === null ? <span aria-label="no bytes">–</span> : `${formatCount(rung.bytes)} B`}</span>
      </button>
    </li>
  );
}
