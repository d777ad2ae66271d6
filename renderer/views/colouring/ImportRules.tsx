/** Takes rules from a file of Wireshark's or ours, chosen or pasted, and tells what could not be read. */
import { useState } from 'react';
import { readRules, type RuleFile } from '../../../shared/colouring/rule-file.ts';
import { formatQuantity } from '../../../shared/format/size.ts';
import { chooseFile } from '../../app/choose-file.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ColouringRules.module.css';

export interface ImportRulesProps {
  readonly onTake: (file: RuleFile, replaces: boolean) => void;
  readonly onCancel: () => void;
}

/** Files of rules are small; what is larger is something else. */
const mostBytes = 1_000_000;

export function ImportRules({ onTake, onCancel }: ImportRulesProps) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const file = readRules(text);
  const choose = async (): Promise<void> => {
    const chosen = await chooseFile(document);
    if (chosen === null) return;
    if (chosen.size > mostBytes) return setFailure(`${chosen.name} is too large to be a file of rules.`);
    setFailure(null);
    setText(await chosen.text());
  };
  return (
    <section className={styles.import} aria-label="Import rules">
      <p>
        Wireshark keeps its rules in a file called <code>colorfilters</code>, in its personal configuration folder. Choose such a file, or paste its lines. The dark theme gets colours of the same hues.
      </p>
      <div>
        <Button onClick={() => void choose()}>Choose file…</Button>
      </div>
      <textarea className={styles.pasted} aria-label="Rules, one a line" placeholder="@Name@tcp.port == 443@[59110,64250,53199][4626,10023,11822]" value={text} spellCheck={false} autoFocus onChange={(event) => setText(event.target.value)} />
      <Found file={file} isEmpty={text.trim() === ''} failure={failure} />
      <div className={styles.choices}>
        <Button onClick={onCancel}>Back</Button>
        <Button disabled={file.rules.length === 0} onClick={() => onTake(file, true)}>Replace all rules</Button>
        <Button kind="primary" disabled={file.rules.length === 0} onClick={() => onTake(file, false)}>Add before the others</Button>
      </div>
    </section>
  );
}

function Found({ file, isEmpty, failure }: { readonly file: RuleFile; readonly isEmpty: boolean; readonly failure: string | null }) {
  const { rules, problems } = file;
  return (
    <div className={styles.found} role="status">
      {failure !== null && <p className={styles.error}>{failure}</p>}
      {!isEmpty && <p>{rules.length === 0 ? 'No rule was found.' : `${formatQuantity(rules.length, 'rule')} can be imported.`}</p>}
      {problems.length > 0 && (
        <ul>
          {problems.map(({ line, message, text }) => (
            <li key={line}>
              Line {line}: {message} <code>{text}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
