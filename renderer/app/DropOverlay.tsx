/** A file may be dropped anywhere in the window; while one hovers, the window says so. */
import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { notify } from '../stores/dialogs.ts';
import { useApp } from './context.ts';
import styles from './DropOverlay.module.css';

function carriesFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

export function DropOverlay() {
  const { files, stores } = useApp();
  const [hovering, setHovering] = useState(false);

  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!carriesFile(event)) return;
      // Without this the browser would leave the page to show the file.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      setHovering(false);
      const [file, ...others] = event.dataTransfer?.files ?? [];
      if (file !== undefined) files.openFile(file);
      if (file !== undefined && others.length > 0) notify(stores.dialogs, `Only ${file.name} was opened: a window shows one capture.`);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [files, stores]);

  if (!hovering) return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.target}>
        <Upload size={20} aria-hidden />
        <b>Drop to open</b>
        <span>pcap and pcapng, also gzipped</span>
      </div>
    </div>
  );
}
