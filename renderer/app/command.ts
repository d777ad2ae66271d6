/** What a command is, and why one cannot be used now. */
import type { LucideIcon } from 'lucide-react';
import { isReading, packetCount } from '../stores/capture.ts';
import type { Stores } from './stores.ts';
import type { App } from './wiring.ts';

export type MenuId = 'file' | 'edit' | 'view' | 'go' | 'capture' | 'analyze' | 'statistics' | 'help';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly menu: MenuId;
  /** Commands of one group stand together; a line divides groups. */
  readonly group: string;
  readonly keys: readonly string[];
  readonly icon?: LucideIcon;
  /** Why it cannot be used now; null when it can. */
  readonly disabledReason?: (stores: Stores) => string | null;
  /** A check or radio mark, for commands that switch something. */
  readonly checked?: (stores: Stores) => boolean;
  readonly mark?: 'check' | 'radio';
  /** Title of the submenu it stands in; commands of one follow each other. */
  readonly submenu?: string;
  /** Heading of a radio group. */
  readonly heading?: string;
  readonly run: (app: App) => void;
}

export const needsCapture = ({ capture }: Stores): string | null => (capture.getState().opened === null ? 'No capture is open' : null);
export const needsPackets = (stores: Stores): string | null => needsCapture(stores) ?? (packetCount(stores.capture.getState()) === 0 ? 'There are no packets' : null);
export const needsSelection = (stores: Stores): string | null => needsPackets(stores) ?? (stores.selection.getState().packet === null ? 'No packet is selected' : null);
export const isWorking = ({ capture }: Stores): boolean => isReading(capture.getState()) || capture.getState().progress?.state === 'analysing';
/** The packet that all panes show is in the list, so that its row can be copied. */
export const needsRow = (stores: Stores): string | null => needsSelection(stores) ?? (stores.selection.getState().position < 0 ? 'The list does not show the selected packet' : null);
export const needsRows = (stores: Stores): string | null => needsPackets(stores) ?? (stores.rows.getState().total === 0 ? 'The list shows no packets' : null);
export const needsField = (stores: Stores): string | null => needsSelection(stores) ?? (stores.selection.getState().field < 0 ? 'No field is selected' : null);
export const needsMarks = (stores: Stores): string | null => needsPackets(stores) ?? (stores.marks.getState().marked.length === 0 ? 'No packet is marked' : null);
export const needsIgnored = (stores: Stores): string | null => needsPackets(stores) ?? (stores.marks.getState().ignored.length === 0 ? 'No packet is ignored' : null);
export const needsDetail = (stores: Stores): string | null => needsSelection(stores) ?? ((stores.packet.getState().detail?.row.time ?? null) === null ? 'The packet has no time' : null);
export const needsConversation = (stores: Stores): string | null =>
  needsSelection(stores) ?? ((stores.packet.getState().detail?.row.conversation ?? null) === null ? 'The packet belongs to no conversation' : null);
