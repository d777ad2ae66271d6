/** The layer view of the selected packet: envelopes to scale, the ladder in three models, the packet in words. */
import { Layers } from 'lucide-react';
import { useMemo, useState } from 'react';
import { envelopesOf, type PacketEnvelopes } from '../../../shared/layers/envelopes.ts';
import { Facts } from '../../../shared/layers/facts.ts';
import { ladderOf } from '../../../shared/layers/ladder.ts';
import type { LayerModelId, OsiNumber } from '../../../shared/layers/model.ts';
import { placeOf } from '../../../shared/layers/protocols.ts';
import { packetInWords } from '../../../shared/layers/words.ts';
import type { PacketDetail } from '../../../shared/ipc/contract.ts';
import type { LayerDockProps } from '../../app/slots.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AboutLayer } from './AboutLayer.tsx';
import { Envelopes } from './Envelopes.tsx';
import { Ladder } from './Ladder.tsx';
import styles from './LayerDock.module.css';
import { Sentences } from './Sentences.tsx';

export function LayerDock({ detail, ...rest }: LayerDockProps) {
  if (detail === null) {
    return (
      <EmptyState icon={Layers} title="No packet is selected">
        Choose a packet in the list to see its layers.
      </EmptyState>
    );
  }
  return <PacketLayers detail={detail} {...rest} />;
}

interface PacketLayersProps extends Omit<LayerDockProps, 'detail'> {
  readonly detail: PacketDetail;
}

function PacketLayers({ detail, selectedLayer, hoveredOsi, onHoverOsi, onSelectLayer, onGoToPacket }: PacketLayersProps) {
  const [model, setModel] = useState<LayerModelId>('osi');
  const packet = useMemo(() => describe(detail), [detail]);
  const rungs = useMemo(() => ladderOf(model, packet), [model, packet]);
  const current = currentLayer(detail, packet.envelopes, selectedLayer);
  const layer = detail.layers[current];
  const pointing = { hoveredOsi, onHoverOsi, onSelectLayer };
  return (
    <div className={styles.dock} tabIndex={-1}>
      <Envelopes detail={detail} envelopes={packet.envelopes} current={current} {...pointing} />
      <Ladder model={model} onModel={setModel} rungs={rungs} current={current} {...pointing} />
      {packet.words.length > 0 && (
        <section className={styles.part} aria-label="This packet in words">
          <h3 className={styles.heading}>This packet in words</h3>
          <Sentences sentences={packet.words} onGoToPacket={onGoToPacket} />
        </section>
      )}
      {layer !== undefined && <AboutLayer layer={layer} />}
    </div>
  );
}

function describe(detail: PacketDetail) {
  const facts = new Facts(detail.nodes);
  const { layers, row } = detail;
  return { layers, facts, envelopes: envelopesOf(layers, row.wireLength, row.capturedLength, facts.has('eth.fcs')), words: packetInWords({ layers, facts }) };
}

/** The selected layer, else the topmost one that is on the wire. */
function currentLayer(detail: PacketDetail, { quoted }: PacketEnvelopes, selectedLayer: number): number {
  const isReal = (index: number): boolean => {
    const layer = detail.layers[index];
    return layer !== undefined && placeOf(layer.protocol, layer.osi as OsiNumber).role !== 'note';
  };
  if (isReal(selectedLayer)) return selectedLayer;
  return detail.layers.findLastIndex((_, index) => isReal(index) && !quoted.has(index));
}
