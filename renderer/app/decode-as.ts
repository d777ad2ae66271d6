/** Decode As: asks the engine what it could be, and has the capture read again. */
import type { DecodeEntry } from '../../shared/ipc/decode-contract.ts';
import { decodeChoicesArrived } from '../stores/decode-as.ts';
import { notify, openDialog } from '../stores/dialogs.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface DecodeAsActions {
  /** Opens the dialog with what the selected packet offers. */
  open(): void;
  /** In place of what is in force; all other packets are read by their numbers and bytes again. */
  apply(entries: readonly DecodeEntry[]): void;
}

/** `reread` has the capture on show read again with entries, which takes another engine. */
export function createDecodeAs({ selection, decodeAs, dialogs }: Stores, session: () => Session | null, reread: (entries: readonly DecodeEntry[]) => void): DecodeAsActions {
  return {
    open() {
      const { packet } = selection.getState();
      const asking = packet === null ? undefined : session()?.decodeChoices(packet);
      asking?.then(
        (choices) => {
          decodeChoicesArrived(decodeAs, choices);
          openDialog(dialogs, 'decode-as');
        },
        (error: unknown) => notify(dialogs, error instanceof Error ? error.message : String(error)),
      );
    },
    apply(entries) {
      if (JSON.stringify(entries) !== JSON.stringify(decodeAs.getState().entries)) reread(entries);
    },
  };
}
