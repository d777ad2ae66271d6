import { useEffect, useState } from 'react';
import type { TimelineViewProps } from '../../app/slots.ts';
import { noTimeline, TimelineLoader, type TimelineState } from './timeline-loader.ts';

export interface LoadedTimeline extends TimelineState {
  readonly seek: (packet: number) => void;
  readonly retry: () => void;
}

/** The timeline of the stream around the selected packet, loaded and kept fresh. */
export function useTimeline({ stream, selectedPacket, generation, load }: Pick<TimelineViewProps, 'stream' | 'selectedPacket' | 'generation' | 'load'>): LoadedTimeline {
  const [state, setState] = useState(noTimeline);
  const [loader, setLoader] = useState<TimelineLoader | null>(null);
  useEffect(() => {
    const own = new TimelineLoader(load, setState);
    setLoader(own);
    return () => own.dispose();
  }, [load]);
  useEffect(() => loader?.want(stream, selectedPacket ?? 0), [loader, stream, selectedPacket]);
  useEffect(() => loader?.refresh(), [loader, generation]);
  return { ...state, seek: (packet) => loader?.seek(packet), retry: () => loader?.retry() };
}
