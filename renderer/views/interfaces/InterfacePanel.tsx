/** Where a live capture begins: the interfaces, a capture filter, Start, and what stands in the way, with its remedy. */
import { Play } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { commandById } from '../../app/commands.ts';
import { commandKey, useApp, useCommandState } from '../../app/context.ts';
import { changeForm } from '../../stores/capture-form.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { captureObstacle } from '../../stores/live.ts';
import { Button } from '../../ui/Button.tsx';
import { CaptureFilterBox } from '../capture-filter/CaptureFilterBox.tsx';
import { useFilterCheck } from '../capture-filter/use-filter-check.ts';
import { BackendNotice } from './BackendNotice.tsx';
import { filterTargets } from './interface-facts.ts';
import { InterfaceList } from './InterfaceList.tsx';
import styles from './InterfacePanel.module.css';

export function InterfacePanel() {
  const { stores, live } = useApp();
  const found = useStore(stores.live, (state) => state.found);
  const failure = useStore(stores.live, (state) => state.lookFailure);
  const isLooking = useStore(stores.live, (state) => state.isLooking);
  useEffect(() => live.watch(), [live]);
  return (
    <section className={styles.block} aria-label="Capture">
      <div className={styles.head}>
        <h3>
          Interfaces <span>last 60 seconds</span>
        </h3>
        <span className={styles.links}>
          <Button kind="link" onClick={() => live.refresh()} disabled={isLooking} title="F5">
            Refresh
          </Button>
          <Button kind="link" onClick={() => openDialog(stores.dialogs, 'remote-capture')}>
            Remote
          </Button>
          <Button kind="link" onClick={() => openDialog(stores.dialogs, 'capture-options')}>
            Capture options
          </Button>
        </span>
      </div>
      <div className={styles.panel}>
        {found !== null && <BackendNotice found={found} />}
        {found !== null && found.interfaces.length > 0 && <InterfaceList interfaces={found.interfaces} />}
        {found === null && <p className={styles.none} role="status">{failure ?? 'Looking for interfaces…'}</p>}
        {found !== null && found.interfaces.length === 0 && found.permission === null && found.backend.missing === null && <p className={styles.none}>This system shows no interface to capture on.</p>}
        {found !== null && found.interfaces.length > 0 && <StartLine />}
      </div>
    </section>
  );
}

function StartLine() {
  const { stores, live } = useApp();
  const form = useStore(stores.captureForm);
  const interfaces = useStore(stores.live, (state) => state.found?.interfaces);
  const obstacle = useStore(stores.live, captureObstacle);
  const isStarting = useStore(stores.live, (state) => state.isStarting);
  const start = commandById('capture.start');
  const { disabledReason } = useCommandState(start);
  const chosen = (interfaces ?? []).filter(({ name }) => form.chosen.includes(name));
  const check = useFilterCheck(form.filter, obstacle === null ? filterTargets(chosen, form) : []);
  const problem = chosen.find((one) => one.problem !== null)?.problem ?? null;
  const reason = disabledReason ?? problem ?? (check.state === 'invalid' ? 'The capture filter is not valid' : null);
  return (
    <div className={styles.start}>
      <CaptureFilterBox
        label="Capture filter"
        placeholder="Capture filter, for example: host 192.168.1.1 and port 53"
        value={form.filter}
        onChange={(filter) => changeForm(stores.captureForm, { filter })}
        check={check}
        onEnter={() => live.start()}
      />
      <Button icon={Play} disabled={reason !== null} title={reason ?? commandKey(start)} onClick={() => live.start()}>
        <span className={styles.label}>{isStarting ? 'Starting…' : `Start on ${chosen.length === 1 ? (chosen[0]?.name ?? '') : `${chosen.length} interfaces`}`}</span>
      </Button>
    </div>
  );
}
