/** What a user must know about the capture, above the views: one line each, with one way on. */
import { Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes, formatCount, formatPercent, formatQuantity } from '../../shared/format/size.ts';
import type { Problem } from '../../shared/ipc/contract.ts';
import { engineInterrupted, isReading, isRefused, openFailed } from '../stores/capture.ts';
import { dismissProblems, openDialog } from '../stores/dialogs.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import styles from './Banners.module.css';
import { useApp } from './context.ts';
import { LiveBanners } from './LiveBanners.tsx';
import { isSortedBy, sortedColumn } from './view-follower.ts';

/** Shorter work than this is not worth a banner. */
const quietMs = 300;

export function Banners() {
  return (
    <div className={styles.banners}>
      <ConnectionBanner />
      <OpenFailureBanner />
      <UploadBanner />
      <InterruptionBanner />
      <LiveBanners />
      <ReadingBanner />
      <MakingBanner />
      <CopyingBanner />
      <ProblemsBanner />
    </div>
  );
}

/** True once `active` has lasted for `quietMs`. */
function useLasting(active: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setLasting(true), quietMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [active]);
  return active && lasting;
}

function ConnectionBanner() {
  const { stores, files } = useApp();
  const connected = useStore(stores.capture, (state) => state.connected);
  if (connected) return null;
  return (
    <Banner severity="error" action={<Button onClick={() => files.reconnect()}>Reconnect</Button>}>
      The connection to Layerscope was lost. What is on screen stays; nothing more can be read.
    </Banner>
  );
}

function OpenFailureBanner() {
  const { stores, files } = useApp();
  const failure = useStore(stores.capture, (state) => state.openFailure);
  if (failure === null) return null;
  return (
    <Banner severity="error" action={<Button onClick={() => files.openWithDialog()}>Open another</Button>} onDismiss={() => openFailed(stores.capture, null)}>
      <b>{failure.name}</b> could not be opened. {failure.message}
    </Banner>
  );
}

function UploadBanner() {
  const { stores } = useApp();
  const upload = useStore(stores.capture, (state) => state.upload);
  const lasting = useLasting(upload !== null);
  if (upload === null || !lasting) return null;
  return (
    <Banner severity="note" aside={<ProgressBar label="Handed over" share={upload.share} />}>
      Handing over {upload.name}: {formatPercent(upload.share, 1)}
    </Banner>
  );
}

function InterruptionBanner() {
  const { stores, files } = useApp();
  const interruption = useStore(stores.capture, (state) => state.interruption);
  if (interruption === null) return null;
  const { reason, restarted, packet } = interruption;
  const where = packet > 0 ? ` at packet ${formatCount(packet)}` : '';
  const dismiss = (): void => engineInterrupted(stores.capture, null);
  return restarted ? (
    <Banner severity="warn" onDismiss={dismiss}>
      The reader stopped ({reason}). It restarted{where === '' ? '' : where}; nothing is lost.
    </Banner>
  ) : (
    <Banner severity="error" action={<Button onClick={() => files.openWithDialog()}>Open another</Button>} onDismiss={dismiss}>
      The reader stopped{where} and could not be started again ({reason}).
    </Banner>
  );
}

function ReadingBanner() {
  const { stores, files } = useApp();
  const reading = useStore(stores.capture, (state) => state.opened !== null && isReading(state));
  const name = useStore(stores.capture, (state) => state.opened?.name ?? '');
  const progress = useStore(stores.capture, (state) => state.progress);
  const lasting = useLasting(reading);
  if (!lasting || progress === null) return null;
  const { state, packets, bytesRead, totalBytes } = progress;
  const isFollowed = state === 'following';
  // Nobody knows how much a pipe will give.
  const readSoFar = totalBytes > 0 ? formatPercent(bytesRead, totalBytes) : formatBytes(bytesRead);
  return (
    <Banner
      severity="note"
      aside={!isFollowed && totalBytes > 0 && <ProgressBar label="Read" share={bytesRead / totalBytes} />}
      action={
        <Button icon={Square} onClick={() => files.stopReading()}>
          Stop
        </Button>
      }
    >
      {isFollowed ? 'Following' : 'Reading'} {name}: {formatQuantity(packets, 'packet')}{isFollowed ? ' so far' : `, ${readSoFar}`}
    </Banner>
  );
}

function MakingBanner() {
  const { stores, files } = useApp();
  const making = useStore(stores.rows, (state) => state.making);
  const lasting = useLasting(making !== null);
  const title = useStore(stores.columns, ({ columns }) => columns.find((column) => isSortedBy(making?.sort ?? null, sortedColumn(column)))?.title ?? '');
  if (!lasting || making === null) return null;
  const { sort, share } = making;
  return (
    <Banner
      severity="note"
      aside={<ProgressBar label={sort === null ? 'Filtered' : 'Sorted'} share={share} />}
      action={
        <Button icon={Square} onClick={() => files.cancelMaking()}>
          Stop
        </Button>
      }
    >
      {sort === null ? 'Filtering' : `Sorting by ${title}`}: {formatPercent(share, 1)}
    </Banner>
  );
}

function CopyingBanner() {
  const { stores, rowCopier } = useApp();
  const { rows, done } = useStore(stores.copying);
  const lasting = useLasting(rows > 0);
  if (!lasting || rows === 0) return null;
  return (
    <Banner
      severity="note"
      aside={<ProgressBar label="Copied" share={done / rows} />}
      action={
        <Button icon={Square} onClick={() => rowCopier.cancel()}>
          Stop
        </Button>
      }
    >
      Copying {formatCount(rows)} rows: {formatPercent(done, rows)}
    </Banner>
  );
}

const noProblems: readonly Problem[] = [];

function ProblemsBanner() {
  const { stores } = useApp();
  const problems = useStore(stores.capture, (state) => (isRefused(state) ? noProblems : (state.description?.problems ?? noProblems)));
  const dismissed = useStore(stores.dialogs, (state) => state.problemsDismissed);
  // The damage that costs packets first: a remark must not hide it.
  const first = problems.find((problem) => problem.kind !== 'odd') ?? problems[0];
  if (first === undefined || dismissed) return null;
  return (
    <Banner
      severity={first.kind === 'odd' ? 'note' : 'warn'}
      action={<Button onClick={() => openDialog(stores.dialogs, 'problems')}>Details</Button>}
      onDismiss={() => dismissProblems(stores.dialogs, true)}
    >
      {first.message}
      {problems.length > 1 && ` (${formatCount(problems.length - 1)} more)`}
    </Banner>
  );
}
