/** The one dialog that is open, if any. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeDialog, type DialogId } from '../../stores/dialogs.ts';
import { useApp } from '../context.ts';
import { About } from './About.tsx';
import type { DialogBodyProps } from './body.ts';
import { CaptureFolder } from './CaptureFolder.tsx';
import { ColouringRules } from '../../views/colouring/ColouringRules.tsx';
import { CaptureOptions } from './CaptureOptions.tsx';
import { ColumnDialog } from './ColumnDialog.tsx';
import { DecodeAs } from './DecodeAs.tsx';
import { GoToPacket } from './GoToPacket.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { MacrosDialog } from './MacrosDialog.tsx';
import { Problems } from './Problems.tsx';
import { Properties } from './Properties.tsx';
import { RemoteCapture } from './RemoteCapture.tsx';
import { Settings } from './Settings.tsx';

const dialogs: Readonly<Record<DialogId, (props: DialogBodyProps) => ReactNode>> = {
  'go-to': GoToPacket,
  properties: Properties,
  problems: Problems,
  settings: Settings,
  keys: KeyHelp,
  about: About,
  'capture-options': CaptureOptions,
  'remote-capture': RemoteCapture,
  'capture-folder': CaptureFolder,
  'decode-as': DecodeAs,
  'colouring-rules': ColouringRules,
  column: ColumnDialog,
  macros: MacrosDialog,
};

export function Dialogs() {
  const { stores } = useApp();
  const open = useStore(stores.dialogs, (state) => state.open);
  if (open === null) return null;
  const Body = dialogs[open];
  return <Body onClose={() => closeDialog(stores.dialogs)} />;
}
