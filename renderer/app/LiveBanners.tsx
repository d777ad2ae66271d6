/** What happens to a live capture, above the views: it could not start, was found again, is paused, ended or lost something. */
import { Play, RotateCcw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '../../shared/format/size.ts';
import type { LiveStatus } from '../../shared/ipc/capture-contract.ts';
import { openDialog } from '../stores/dialogs.ts';
import { dismissTold, startFailed } from '../stores/live.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { useApp } from './context.ts';

export function LiveBanners() {
  return (
    <>
      <StartFailureBanner />
      <PausedBanner />
      <StatusBanner />
    </>
  );
}

function StartFailureBanner() {
  const { stores } = useApp();
  const failure = useStore(stores.live, (state) => state.startFailure);
  const isTold = useStore(stores.dialogs, (state) => state.open === 'capture-options');
  if (failure === null || isTold) return null;
  return (
    <Banner severity="error" action={<Button onClick={() => openDialog(stores.dialogs, 'capture-options')}>Capture options</Button>} onDismiss={() => startFailed(stores.live, null)}>
      The capture did not start. {failure.message}
    </Banner>
  );
}

function PausedBanner() {
  const { stores, live } = useApp();
  const isPaused = useStore(stores.live, ({ status }) => status !== null && !status.isShowing && (status.state === 'capturing' || status.state === 'attached'));
  if (!isPaused) return null;
  return (
    <Banner
      severity="note"
      action={
        <Button icon={Play} onClick={() => live.setShowing(true)}>
          Go on
        </Button>
      }
    >
      The list stands still. The capture goes on; nothing is left out.
    </Banner>
  );
}

function StatusBanner() {
  const { stores, live } = useApp();
  const status = useStore(stores.live, (state) => state.status);
  const isDismissed = useStore(stores.live, (state) => state.isToldDismissed);
  if (status === null || isDismissed) return null;
  const told = tellStatus(status);
  if (told === null) return null;
  const { severity, text, offers } = told;
  const action: Readonly<Record<typeof offers, ReactNode>> = {
    nothing: undefined,
    stop: (
      <Button icon={Square} onClick={() => live.stop()}>
        Stop
      </Button>
    ),
    restart: (
      <Button icon={RotateCcw} onClick={() => live.restart()}>
        Start again
      </Button>
    ),
  };
  return (
    <Banner severity={severity} action={action[offers]} onDismiss={() => dismissTold(stores.live)}>
      {text}
    </Banner>
  );
}

interface Told {
  readonly severity: 'error' | 'warn' | 'note';
  readonly text: string;
  readonly offers: 'stop' | 'restart' | 'nothing';
}

/** Null where all is as the user asked for. */
export function tellStatus({ state, problems, stopReason, interfaces, file, folder, written }: LiveStatus): Told | null {
  const kept = `${written === null ? 'What' : `The ${formatCount(written)} packets that`} came before ${written === null ? 'is' : 'are'} in ${file}, in ${folder}.`;
  const fatal = problems.findLast((problem) => problem.fatal);
  if (state === 'failed') return { severity: 'error', text: `The capture ended: ${sentence(fatal?.message ?? stopReason ?? 'the helper is gone')} ${kept}`, offers: 'restart' };
  const latest = problems.at(-1);
  if (latest !== undefined) return { severity: 'warn', text: `${sentence(latest.message)}${problems.length > 1 ? ` (${formatCount(problems.length - 1)} more)` : ''}`, offers: 'nothing' };
  if (state === 'attached') return { severity: 'note', text: `The capture on ${interfaces.map(({ name }) => name).join(', ')} had gone on without a window. It is shown from its beginning; nothing is lost.`, offers: 'stop' };
  if (state === 'stopped' && stopReason !== null) return { severity: 'note', text: `The capture ended: ${sentence(stopReason)}`, offers: 'nothing' };
  return null;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
