/** What the selected layer's header is for, who reads it and where it is specified. */
import type { PacketLayer } from '../../../shared/ipc/contract.ts';
import type { OsiNumber } from '../../../shared/layers/model.ts';
import { placeOf, readersOf } from '../../../shared/layers/protocols.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import styles from './LayerDock.module.css';

export function AboutLayer({ layer }: { readonly layer: PacketLayer }) {
  const place = placeOf(layer.protocol, layer.osi as OsiNumber);
  if (place.role === 'note' || place.purpose === '') return null;
  const { unit } = place;
  return (
    <section className={styles.part} aria-label={`What ${layer.title} is for`}>
      <h3 className={styles.heading}>
        {place.layers.map((number) => (
          <LayerChip key={number} osi={number} />
        ))}
        What {layer.title} is for
      </h3>
      <p className={styles.text}>{place.purpose}</p>
      <dl className={styles.facts}>
        <dt>Unit</dt>
        <dd>{unit}</dd>
        <dt>Read by</dt>
        <dd>{readersOf(place)}</dd>
        {place.spec !== 'none' && (
          <>
            <dt>Specified in</dt>
            <dd>{place.spec}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
