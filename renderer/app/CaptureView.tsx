/** The packets view: list above, details and bytes below, layers docked right; every pane can be sized, hidden, maximised. */
import { FileX2 } from 'lucide-react';
import { Fragment, useEffect, type ReactNode } from 'react';
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { isRefused } from '../stores/capture.ts';
import { keepSizes, setNarrow, type PaneId } from '../stores/layout.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../views/filter-bar/FilterBar.tsx';
import { FindBar } from '../views/find/FindBar.tsx';
import { PacketList } from '../views/packet-list/PacketList.tsx';
import styles from './CaptureView.module.css';
import { useApp } from './context.ts';
import { BytesPaneFrame, DetailsPaneFrame, LayersPaneFrame, SharedPaneFrame } from './pane-frames.tsx';
import { useNarrow, useRoomy } from './use-media.ts';

export function CaptureView() {
  const { stores } = useApp();
  const refused = useStore(stores.capture, isRefused);
  const maximised = useStore(stores.layout, (state) => state.maximised);
  const narrow = useNarrow();
  useEffect(() => setNarrow(stores.layout, narrow), [narrow, stores]);
  if (refused) return <Refused />;
  return (
    <div className={styles.page}>
      <FilterBar />
      <FindBar />
      <div className={styles.view}>{maximised === null ? <Panes narrow={narrow} /> : paneOf(maximised)}</div>
    </div>
  );
}

function paneOf(pane: PaneId): ReactNode {
  switch (pane) {
    case 'list':
      return <PacketList />;
    case 'details':
      return <DetailsPaneFrame />;
    case 'bytes':
      return <BytesPaneFrame />;
    case 'layers':
      return <LayersPaneFrame />;
  }
}

/** Sizes are pixels where the design names them, shares elsewhere. */
function Panes({ narrow }: { readonly narrow: boolean }) {
  const { stores } = useApp();
  const shown = useStore(stores.layout, (state) => state.shown);
  const roomy = useRoomy();
  const width = roomy ? 'roomy' : narrow ? 'narrow' : 'normal';
  const shared = narrow && shown.bytes && shown.layers;
  const lower: readonly Part[] = [
    ...(shown.details ? [{ id: 'details', minimum: 260, content: <DetailsPaneFrame /> }] : []),
    ...(shared
      ? [{ id: 'shared', size: 536, minimum: 320, content: <SharedPaneFrame /> }]
      : [
          ...(shown.bytes ? [{ id: 'bytes', size: roomy ? 560 : 536, minimum: shown.details ? 536 : 260, content: <BytesPaneFrame /> }] : []),
          ...(narrow && shown.layers ? [{ id: 'layers', size: 330, minimum: 280, content: <LayersPaneFrame /> }] : []),
        ]),
  ];
  const main: readonly Part[] = [
    { id: 'list', minimum: 120, content: <PacketList /> },
    ...(lower.length > 0 ? [{ id: 'lower', share: roomy ? 40 : 42, minimum: 110, content: <Split id={`lower-${width}`} parts={lower} /> }] : []),
  ];
  const mainSplit = <Split id={`main-${width}`} parts={main} vertical />;
  const columns: readonly Part[] = [
    { id: 'main', minimum: 480, content: mainSplit },
    ...(!narrow && shown.layers ? [{ id: 'layers', size: roomy ? 420 : 330, minimum: 280, content: <LayersPaneFrame /> }] : []),
  ];
  return <Split id={`columns-${width}`} parts={columns} />;
}

interface Part {
  readonly id: string;
  /** Pixels to begin with, kept when the window changes its size. */
  readonly size?: number;
  /** Per cent to begin with. */
  readonly share?: number;
  /** Pixels. */
  readonly minimum: number;
  readonly content: ReactNode;
}

/** Parts side by side or one above the other, with 4 px gutters as handles; sizes are remembered by id and parts. */
function Split({ id, parts, vertical = false }: { readonly id: string; readonly parts: readonly Part[]; readonly vertical?: boolean }) {
  const { stores } = useApp();
  const key = `${id}:${parts.map((part) => part.id).join('+')}`;
  const kept = useStore(stores.layout, (state) => state.sizes[key]);
  if (parts.length === 1) return parts[0]?.content;
  const known = kept !== undefined && parts.every((part) => kept[part.id] !== undefined);
  return (
    <Group
      key={key}
      id={key}
      orientation={vertical ? 'vertical' : 'horizontal'}
      className={styles.group}
      resizeTargetMinimumSize={{ coarse: 20, fine: 8 }}
      {...(known ? { defaultLayout: kept as Layout } : {})}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) keepSizes(stores.layout, key, layout);
      }}
    >
      {parts.map((part, index) => (
        <Fragment key={part.id}>
          {index > 0 && <Separator className={vertical ? styles.acrossHandle : styles.handle} aria-label={`Size of ${part.id}`} />}
          <Panel
            id={part.id}
            minSize={part.minimum}
            groupResizeBehavior={part.size === undefined ? 'preserve-relative-size' : 'preserve-pixel-size'}
            {...(part.size !== undefined ? { defaultSize: part.size } : part.share !== undefined ? { defaultSize: `${part.share}%` } : {})}
          >
            {part.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

/** Nothing of the file can be shown; it says why and offers the way on. */
function Refused() {
  const { stores, files } = useApp();
  const name = useStore(stores.capture, (state) => state.opened?.name ?? 'The file');
  const message = useStore(stores.capture, (state) => state.description?.problems.find((problem) => problem.kind === 'refused')?.message ?? state.description?.problems[0]?.message);
  return (
    <div className={styles.refused}>
      <EmptyState
        icon={FileX2}
        title={`${name} cannot be shown`}
        failure
        action={
          <Button kind="primary" onClick={() => files.openWithDialog()}>
            Open another
          </Button>
        }
      >
        {message ?? 'It is not a capture that Layerscope can read.'}
      </EmptyState>
    </div>
  );
}
