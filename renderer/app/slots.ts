/**
 * What the frame hands to the two views that explain a packet: the layer dock and the TCP timeline.
 * Both are pure functions of these props: they read no store and make no calls of their own.
 */
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';

export interface LayerDockProps {
  /** The selected packet; null while none is selected or its detail has not come yet. */
  readonly detail: PacketDetail | null;
  /** Index into `detail.layers` of the layer that holds the selected field; -1 for none. */
  readonly selectedLayer: number;
  /** OSI layer 1…7 that is pointed at anywhere in the window; 0 for none. */
  readonly hoveredOsi: number;
  /** Tells the window which OSI layer is pointed at; 0 when it no longer is. */
  readonly onHoverOsi: (osi: number) => void;
  /** Selects a layer of `detail.layers`: its tree node and its bytes. */
  readonly onSelectLayer: (layer: number) => void;
  readonly onGoToPacket: (packet: number) => void;
}

export interface TimelineViewProps {
  /** Stream of the selected packet; null where it belongs to none or is no TCP. */
  readonly stream: number | null;
  readonly selectedPacket: number | null;
  /**
   * Grows with every change of what the engine knows; load again when it does.
   * Rejects with an IpcError whose message is for the user; `cancelled` once the signal aborts.
   */
  readonly generation: number;
  readonly load: (stream: number, aroundPacket: number, signal: AbortSignal) => Promise<StreamTimeline>;
  /** Selects a packet in all views without leaving this one. */
  readonly onSelectPacket: (packet: number) => void;
  /** Selects a packet and shows it in the packet list. */
  readonly onShowPacket: (packet: number) => void;
}
