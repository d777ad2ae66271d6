/** Takes things from a file of Wireshark's or ours, chosen or pasted, one a line, and tells what could not be read. */
import { useState, type ReactNode } from 'react';
import { formatQuantity } from '../../../shared/format/size.ts';
import { Button } from '../../ui/Button.tsx';
import { chooseFile } from '../choose-file.ts';
import styles from './ImportFile.module.css';

/** A line that could not be read, or not as a whole. */
interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly text: string;
}

export interface ReadFile<T> {
  readonly things: readonly T[];
  readonly problems: readonly LineProblem[];
}

export interface ImportFileProps<T> {
  /** What one of them is called: "rule". */
  readonly thing: string;
  /** Which file it is, and where Wireshark keeps it. */
  readonly about: ReactNode;
  /** A line of such a file. */
  readonly example: string;
  readonly read: (text: string) => ReadFile<T>;
  /** What becomes of those that are there when these are added; null where they stay as they are. */
  readonly noteOn?: (things: readonly T[]) => string | null;
  /** Says that those that are there are kept. */
  readonly addTitle: string;
  readonly onTake: (things: readonly T[], replacesAll: boolean) => void;
  readonly onCancel: () => void;
}

/** Such files are small; what is larger is something else. */
const mostBytes = 1_000_000;

export function ImportFile<T>({ thing, about, example, read, noteOn, addTitle, onTake, onCancel }: ImportFileProps<T>) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const { things, problems } = read(text);
  const choose = async (): Promise<void> => {
    const chosen = await chooseFile(document);
    if (chosen === null) return;
    if (chosen.size > mostBytes) return setFailure(`${chosen.name} is too large to be a file of ${thing}s.`);
    setFailure(null);
    setText(await chosen.text());
  };
  return (
    <section className={styles.import} aria-label={`Import ${thing}s`}>
      <p className={styles.about}>{about}</p>
      <div>
        <Button onClick={() => void choose()}>Choose file…</Button>
      </div>
      <textarea className={styles.pasted} aria-label={`${thing.replace(/^./, (letter) => letter.toUpperCase())}s, one a line`} placeholder={example} value={text} spellCheck={false} autoFocus onChange={(event) => setText(event.target.value)} />
      <div className={styles.found} role="status">
        {failure !== null && <p className={styles.error}>{failure}</p>}
        {text.trim() !== '' && <p>{things.length === 0 ? `No ${thing} was found.` : `${formatQuantity(things.length, thing)} can be imported.`} {noteOn?.(things)}</p>}
        {problems.length > 0 && <Problems problems={problems} />}
      </div>
      <div className={styles.choices}>
        <Button onClick={onCancel}>Back</Button>
        <Button disabled={things.length === 0} onClick={() => onTake(things, true)}>Replace all {thing}s</Button>
        <Button kind="primary" disabled={things.length === 0} onClick={() => onTake(things, false)}>{addTitle}</Button>
      </div>
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  return (
    <ul>
      {problems.map(({ line, message, text }) => (
        <li key={line}>
          Line {line}: {message} <code>{text}</code>
        </li>
      ))}
    </ul>
  );
}
