import { CircleX, File } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatCompactCount } from '../../../shared/format/size.ts';
import { formatWhen } from '../../../shared/format/time.ts';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import type { RecentFile } from './start-content.ts';
import styles from './RecentFiles.module.css';

export function RecentFiles({ files, onClear }: { readonly files: readonly RecentFile[]; readonly onClear: () => void }) {
  const [nowMs] = useState(Date.now);
  return (
    <section className={styles.block} aria-label="Recent captures">
      <div className={styles.head}>
        <h3>Recent</h3>
        {files.length > 0 && (
          <Button kind="link" onClick={onClear}>
            Clear list
          </Button>
        )}
      </div>
      {files.length === 0 ? (
        <p className={styles.none}>Captures that you open are listed here.</p>
      ) : (
        <ul className={styles.list}>
          {files.map((file) => (
            <RecentRow key={file.id} file={file} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RecentRow({ file, nowMs }: { readonly file: RecentFile; readonly nowMs: number }) {
  const { files } = useApp();
  const Icon = file.missing ? CircleX : File;
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, file.missing && styles.missing)}
        disabled={file.missing}
        title={file.missing ? 'The file was moved or deleted' : undefined}
        onClick={() => files.openRecent(file.id, file.name)}
      >
        <Icon size={14} aria-hidden />
        <span className={styles.name}>
          <b>{file.name}</b>
          <small>{file.missing ? 'moved or deleted' : file.folder}</small>
        </span>
        <span>{file.missing ? '' : formatBytes(file.sizeBytes)}</span>
        <span>{file.missing || file.packets === null ? '' : `${formatCompactCount(file.packets)} ${file.packets === 1 ? 'packet' : 'packets'}`}</span>
        <span>{formatWhen(file.openedAtMs, nowMs)}</span>
      </button>
    </li>
  );
}
