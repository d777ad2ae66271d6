/** The two views that explain a packet. The timeline is a stand-in until it is here; it says nothing but what is so. */
import { Activity } from 'lucide-react';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { TimelineViewProps } from './slots.ts';

export function TimelineView({ stream }: TimelineViewProps) {
  if (stream === null) return <EmptyState icon={Activity} title="No TCP stream is selected" />;
  return null;
}
