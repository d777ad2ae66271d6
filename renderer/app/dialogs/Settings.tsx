import { Switch } from 'radix-ui';
import { useStore } from 'zustand';
import { setTheme, themeChoices, type ThemeChoice } from '../../stores/prefs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';

const themeTitles: Readonly<Record<ThemeChoice, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function Settings({ onClose }: DialogBodyProps) {
  const { stores, files } = useApp();
  const theme = useStore(stores.prefs, (state) => state.theme);
  const verify = useStore(stores.capture, (state) => state.description?.settings.verifyChecksums ?? null);
  return (
    <Dialog title="Settings" onClose={onClose} onClosed={focusLastPane}>
      <div className={styles.sections}>
        <label className={styles.field}>
          Theme
          <select className={styles.input} value={theme} onChange={(event) => setTheme(stores.prefs, event.target.value as ThemeChoice)}>
            {themeChoices.map((choice) => (
              <option key={choice} value={choice}>
                {themeTitles[choice]}
              </option>
            ))}
          </select>
        </label>
        <div className={styles.switchRow}>
          <label htmlFor="verify-checksums">
            <b>Verify checksums</b>
            <span>
              {verify === null
                ? 'Open a capture to choose this for it.'
                : 'IP, TCP, UDP and ICMP. Packets that this computer sent are often captured before its network card fills the checksum in, and then look wrong without being so.'}
            </span>
          </label>
          <Switch.Root id="verify-checksums" className={styles.switch} checked={verify === true} disabled={verify === null} onCheckedChange={(checked) => files.verifyChecksums(checked)}>
            <Switch.Thumb className={styles.thumb} />
          </Switch.Root>
        </div>
      </div>
    </Dialog>
  );
}
