import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { TimelineViewProps } from '../../app/slots.ts';
import { TimelineLoader, type TimelineState } from './timeline-loader.ts';

export interface LoadedTimeline extends TimelineState {
  readonly loader: TimelineLoader;
}

/** The timeline of the stream around the selected packet, loaded and kept fresh. */
export function useTimeline({ stream, selectedPacket, generation, load }: Pick<TimelineViewProps, 'stream' | 'selectedPacket' | 'generation' | 'load'>): LoadedTimeline {
  const loader = useMemo(() => new TimelineLoader(load), [load]);
  const state = useSyncExternalStore(loader.subscribe, loader.current);
  useEffect(() => loader.want(stream, selectedPacket ?? 0), [loader, stream, selectedPacket]);
  useEffect(() => loader.refresh(), [loader, generation]);
  return { ...state, loader };
}
