/** Stand-ins for the two views that explain a packet, until those are here. They say nothing but what is so. */
import { Activity, Layers } from 'lucide-react';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { LayerDockProps, TimelineViewProps } from './slots.ts';

export function LayerDock({ detail }: LayerDockProps) {
  if (detail === null) return <EmptyState icon={Layers} title="No packet is selected" />;
  return null;
}

export function TimelineView({ stream }: TimelineViewProps) {
  if (stream === null) return <EmptyState icon={Activity} title="No TCP stream is selected" />;
  return null;
}
