/** What is captured, where it goes and when it ends. Everything stays as it was left, whether a capture is started or not. */
import { Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatQuantity } from '../../../shared/format/size.ts';
import { captureObstacle, isCapturing } from '../../stores/live.ts';
import { readCaptureForm, type FieldError, type OptionsTab } from '../../stores/read-capture-form.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TabStrip } from '../../ui/TabStrip.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import styles from './CaptureOptions.module.css';
import { InputTab } from './InputTab.tsx';
import { OutputTab } from './OutputTab.tsx';
import { StopTab } from './StopTab.tsx';

const tabs: readonly { readonly id: OptionsTab; readonly title: string }[] = [
  { id: 'input', title: 'Input' },
  { id: 'output', title: 'Output' },
  { id: 'stop', title: 'Stop' },
];
const panelId = 'capture-options-panel';
const none: readonly never[] = [];

export function CaptureOptions({ onClose }: DialogBodyProps) {
  const { stores, live } = useApp();
  const interfaces = useStore(stores.live, (state) => state.found?.interfaces ?? none);
  const form = useStore(stores.captureForm);
  const [tab, setTab] = useState<OptionsTab>('input');
  const { errors } = readCaptureForm(form, interfaces);
  useEffect(() => {
    // From the packets view nobody has asked for them yet.
    live.refresh();
  }, [live]);
  return (
    <Dialog title="Capture options" width="wide" onClose={onClose} onClosed={focusLastPane} actions={<Actions errors={errors} onClose={onClose} onShowTab={setTab} />}>
      <div className={styles.tabs}>
        <TabStrip label="Capture options" tabs={tabs} selected={tab} onSelect={setTab} controls={panelId} />
      </div>
      <div id={panelId} role="tabpanel" aria-label={tabs.find(({ id }) => id === tab)?.title} className={styles.panel}>
        {tab === 'input' && <InputTab errors={errors} />}
        {tab === 'output' && <OutputTab errors={errors} />}
        {tab === 'stop' && <StopTab errors={errors} />}
      </div>
    </Dialog>
  );
}

interface ActionsProps extends DialogBodyProps {
  readonly errors: readonly FieldError[];
  readonly onShowTab: (tab: OptionsTab) => void;
}

/** The first thing to correct is told here, whichever tab is on show. */
function Actions({ errors, onClose, onShowTab }: ActionsProps) {
  const { stores, live } = useApp();
  const obstacle = useStore(stores.live, captureObstacle);
  const isRunning = useStore(stores.live, isCapturing);
  const isStarting = useStore(stores.live, (state) => state.isStarting);
  const failure = useStore(stores.live, (state) => state.startFailure);
  const [first] = errors;
  const reason = obstacle ?? (isRunning ? 'A capture is running: stop it first.' : null);
  return (
    <>
      <p className={styles.summary} role="status">
        {reason !== null && reason}
        {reason === null && first !== undefined && (
          <>
            <Button kind="link" onClick={() => onShowTab(first.tab)}>
              {tabs.find(({ id }) => id === first.tab)?.title}
            </Button>
            : {first.message}
            {errors.length > 1 && ` (${formatQuantity(errors.length - 1, 'thing')} more)`}
          </>
        )}
        {reason === null && first === undefined && failure !== null && <span className={styles.failure}>{failure.message}</span>}
      </p>
      <Button onClick={onClose}>Close</Button>
      <Button kind="primary" icon={Play} disabled={reason !== null || first !== undefined || isStarting} onClick={() => live.start()}>
        {isStarting ? 'Starting…' : 'Start'}
      </Button>
    </>
  );
}
