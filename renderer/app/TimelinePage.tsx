/** The second main view: the TCP timeline of the selected packet's stream. */
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { IpcError } from '../../shared/ipc/errors.ts';
import { showView } from '../stores/layout.ts';
import { TimelineView } from '../views/timeline/TimelineView.tsx';
import styles from './TimelinePage.module.css';
import { useApp } from './context.ts';
import type { TimelineViewProps } from './slots.ts';

export function TimelinePage() {
  const app = useApp();
  const { stores, navigation } = app;
  const conversation = useStore(stores.packet, (state) => state.detail?.conversation ?? null);
  const selectedPacket = useStore(stores.selection, (state) => state.packet);
  const generation = useStore(stores.capture, (state) => state.progress?.generation ?? 0);
  const load = useCallback<TimelineViewProps['load']>(
    (stream, aroundPacket, signal) => app.session()?.timeline(stream, aroundPacket, signal) ?? Promise.reject(new IpcError('disconnected', 'The reader is not running.')),
    [app],
  );
  const actions = useMemo(
    () => ({
      onSelectPacket: (packet: number) => void navigation.jumpTo(packet),
      onShowPacket: (packet: number) => {
        navigation.jumpTo(packet);
        showView(stores.layout, 'packets');
      },
    }),
    [navigation, stores],
  );
  const stream = conversation?.protocol === 'tcp' ? conversation.stream : null;
  return (
    <div className={styles.page} data-pane="timeline">
      <TimelineView stream={stream} selectedPacket={selectedPacket} generation={generation} load={load} {...actions} />
    </div>
  );
}
