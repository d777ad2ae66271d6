/** Tabs of the bytes pane: the frame, and what was put together from several. */
import { useStore } from 'zustand';
import { formatCount } from '../../../shared/format/size.ts';
import { useApp } from '../../app/context.ts';
import { TabStrip } from '../../ui/TabStrip.tsx';
import { bytesElementId } from './BytesPane.tsx';

export function SourceTabs() {
  const { stores, navigation } = useApp();
  const sources = useStore(stores.packet, (state) => state.detail?.sources);
  const source = useStore(stores.selection, (state) => state.source);
  if (sources === undefined || sources.length === 0) return null;
  return (
    <TabStrip
      label="Byte sources"
      tabs={sources.map(({ name, length }, index) => ({ id: String(index), title: `${name} (${formatCount(length)})` }))}
      selected={String(Math.min(source, sources.length - 1))}
      onSelect={(id) => navigation.showSource(Number(id))}
      controls={bytesElementId}
    />
  );
}
