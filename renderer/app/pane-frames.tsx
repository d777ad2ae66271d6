/** The panes of the packets view in their frames: title, note, buttons. */
import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatQuantity } from '../../shared/format/size.ts';
import { showSharedTab, toggleMaximised, togglePane, type PaneId } from '../stores/layout.ts';
import { hoverOsi } from '../stores/selection.ts';
import { PaneFrame } from '../ui/PaneFrame.tsx';
import { TabStrip } from '../ui/TabStrip.tsx';
import { DetailTree } from '../views/detail-tree/DetailTree.tsx';
import { nodeOfLayer } from '../views/detail-tree/tree-model.ts';
import { BytesPane } from '../views/hex-pane/BytesPane.tsx';
import { CopyMenu } from '../views/hex-pane/CopyMenu.tsx';
import { SourceTabs } from '../views/hex-pane/SourceTabs.tsx';
import { LayerDock } from '../views/layers/LayerDock.tsx';
import { useApp } from './context.ts';
import { treeOf } from './navigation.ts';

interface FrameProps {
  readonly id?: string;
  readonly pane: PaneId;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly buttons?: ReactNode;
  readonly onHide?: () => void;
  readonly children: ReactNode;
}

/** What the tabs of the shared place control. */
const sharedPaneId = 'shared-pane';

const paneLabels: Readonly<Record<PaneId, string>> = { list: 'Packets', details: 'Details', bytes: 'Bytes', layers: 'Layers' };

function Frame({ pane, ...rest }: FrameProps) {
  const { stores } = useApp();
  const maximised = useStore(stores.layout, (state) => state.maximised === pane);
  return <PaneFrame pane={pane} label={paneLabels[pane]} maximised={maximised} onToggleMaximised={() => toggleMaximised(stores.layout, pane)} {...rest} />;
}

export function DetailsPaneFrame() {
  const { stores } = useApp();
  const detail = useStore(stores.packet, (state) => state.detail);
  const note = detail === null ? undefined : `Packet ${formatCount(detail.number)} · ${formatQuantity(detail.layers.length, 'layer')}`;
  return (
    <Frame pane="details" title="Details" note={note}>
      <DetailTree />
    </Frame>
  );
}

export function BytesPaneFrame() {
  return (
    <Frame pane="bytes" title="Bytes" note={<SourceTabs />} buttons={<CopyMenu />}>
      <BytesPane />
    </Frame>
  );
}

export function LayersPaneFrame() {
  const { stores } = useApp();
  const number = useStore(stores.packet, (state) => state.detail?.number ?? null);
  return (
    <Frame
      pane="layers"
      title={number === null ? 'Layers' : `Layers of packet ${formatCount(number)}`}
      onHide={() => togglePane(stores.layout, 'layers')}
    >
      <Layers />
    </Frame>
  );
}

/** Below 1100 px bytes and layers share one place, with a tab for each. */
export function SharedPaneFrame() {
  const { stores } = useApp();
  const tab = useStore(stores.layout, (state) => state.sharedTab);
  const severalSources = useStore(stores.packet, (state) => (state.detail?.sources.length ?? 0) > 1);
  const tabs = (
    <TabStrip
      label="Bytes or layers"
      tabs={[
        { id: 'bytes', title: 'Bytes' },
        { id: 'layers', title: 'Layers' },
      ]}
      selected={tab}
      onSelect={(id) => showSharedTab(stores.layout, id)}
      controls={sharedPaneId}
    />
  );
  return tab === 'bytes' ? (
    <Frame id={sharedPaneId} pane="bytes" title={tabs} note={severalSources && <SourceTabs />} buttons={<CopyMenu />}>
      <BytesPane />
    </Frame>
  ) : (
    <Frame id={sharedPaneId} pane="layers" title={tabs}>
      <Layers />
    </Frame>
  );
}

function Layers() {
  const { stores, navigation } = useApp();
  const detail = useStore(stores.packet, (state) => state.detail);
  const field = useStore(stores.selection, (state) => state.field);
  const hoveredOsi = useStore(stores.selection, (state) => state.hoveredOsi);
  const actions = useMemo(
    () => ({
      onHoverOsi: (osi: number) => hoverOsi(stores.selection, osi),
      onGoToPacket: (packet: number) => void navigation.jumpTo(packet),
      onSelectLayer: (layer: number) => {
        const shown = stores.packet.getState().detail;
        if (shown !== null) navigation.selectNode(nodeOfLayer(treeOf(shown), layer));
      },
    }),
    [navigation, stores],
  );
  const waiting = useStore(stores.packet, (state) => state.wanted !== null && state.detail === null);
  // Neither is it true that nothing is selected, nor is there anything to show yet.
  if (waiting) return null;
  return <LayerDock detail={detail} selectedLayer={detail?.nodes[field]?.layer ?? -1} hoveredOsi={hoveredOsi} {...actions} />;
}
