/** Tabs of the bytes pane: the frame, and what was put together from several. */
import { Tabs } from 'radix-ui';
import { useStore } from 'zustand';
import { formatCount } from '../../../shared/format/size.ts';
import { useApp } from '../../app/context.ts';
import styles from './SourceTabs.module.css';

export function SourceTabs() {
  const { stores, navigation } = useApp();
  const sources = useStore(stores.packet, (state) => state.detail?.sources);
  const source = useStore(stores.selection, (state) => state.source);
  if (sources === undefined) return null;
  return (
    <Tabs.Root value={String(Math.min(source, sources.length - 1))} onValueChange={(value) => navigation.showSource(Number(value))} className={styles.root}>
      <Tabs.List className={styles.tabs} aria-label="Byte sources" tabIndex={sources.length > 1 ? 0 : -1}>
        {sources.map(({ name, length }, index) => (
          <Tabs.Trigger key={index} value={String(index)} className={styles.tab} tabIndex={sources.length > 1 ? undefined : -1}>
            {name} ({formatCount(length)})
          </Tabs.Trigger>
        ))}
      </Tabs.List>
    </Tabs.Root>
  );
}
