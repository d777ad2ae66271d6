/** All stores of a window. Stores never import stores: what concerns several is done by those who hold this. */
import { createCaptureStore, type CaptureStore } from '../stores/capture.ts';
import { createCaptureFormStore, type CaptureFormStore } from '../stores/capture-form.ts';
import { createColouringStore, type ColouringStore } from '../stores/colouring.ts';
import { createFindStore, type FindStore } from '../stores/find.ts';
import { createFilterStore, type FilterStore } from '../stores/filter.ts';
import { createFilterBookStore, type FilterBookStore } from '../stores/filter-book.ts';
import { createColumnsStore, type ColumnsStore } from '../stores/columns.ts';
import { createCopyingStore, type CopyingStore } from '../stores/copying.ts';
import { createDecodeAsStore, type DecodeAsStore } from '../stores/decode-as.ts';
import { createDialogsStore, type DialogsStore } from '../stores/dialogs.ts';
import { createMarksStore, type MarksStore } from '../stores/marks.ts';
import { createLayoutStore, type LayoutStore } from '../stores/layout.ts';
import { createLiveStore, type LiveStore } from '../stores/live.ts';
import { createPacketStore, type PacketStore } from '../stores/packet.ts';
import { pageStorage, type SettingsStorage } from '../stores/persist.ts';
import { createPrefsStore, type PrefsStore } from '../stores/prefs.ts';
import { createRemoteFormStore, type RemoteFormStore } from '../stores/remote-form.ts';
import { createRowsStore, type RowsStore } from '../stores/rows.ts';
import { createRowSelectionStore, type RowSelectionStore } from '../stores/row-selection.ts';
import { createStatisticsStore, type StatisticsStore } from '../stores/statistics.ts';
import { createSelectionStore, type SelectionStore } from '../stores/selection.ts';

export interface Stores {
  readonly capture: CaptureStore;
  readonly rows: RowsStore;
  readonly columns: ColumnsStore;
  readonly selection: SelectionStore;
  readonly rowSelection: RowSelectionStore;
  readonly packet: PacketStore;
  readonly layout: LayoutStore;
  readonly marks: MarksStore;
  readonly copying: CopyingStore;
  readonly prefs: PrefsStore;
  readonly colouring: ColouringStore;
  readonly decodeAs: DecodeAsStore;
  readonly dialogs: DialogsStore;
  readonly statistics: StatisticsStore;
  readonly filter: FilterStore;
  readonly find: FindStore;
  readonly filterBook: FilterBookStore;
  readonly live: LiveStore;
  readonly captureForm: CaptureFormStore;
  readonly remoteForm: RemoteFormStore;
}

export function createStores(storage: SettingsStorage | null = pageStorage()): Stores {
  return {
    capture: createCaptureStore(),
    rows: createRowsStore(),
    columns: createColumnsStore(storage),
    selection: createSelectionStore(),
    rowSelection: createRowSelectionStore(),
    packet: createPacketStore(),
    layout: createLayoutStore(storage),
    marks: createMarksStore(storage),
    copying: createCopyingStore(),
    prefs: createPrefsStore(storage),
    colouring: createColouringStore(storage),
    decodeAs: createDecodeAsStore(),
    dialogs: createDialogsStore(),
    statistics: createStatisticsStore(),
    filter: createFilterStore(),
    find: createFindStore(),
    filterBook: createFilterBookStore(storage),
    live: createLiveStore(),
    captureForm: createCaptureFormStore(storage),
    remoteForm: createRemoteFormStore(storage),
  };
}
