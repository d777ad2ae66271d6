import { Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import type { DecodeEntry } from '../../../shared/ipc/decode-contract.ts';
import { DECODE_TABLES, type DecodeTable } from '../../../shared/ipc/plain-values.ts';
import { keyOf, keyText, tableTitles, type DecodeChoices } from '../../stores/decode-as.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import styles from './DecodeAs.module.css';

/** A line of the table while it is edited: numbers are texts. */
interface Line {
  readonly id: number;
  readonly table: DecodeTable;
  readonly key: string;
  readonly protocol: string;
}

/** What the user said is what: a line for each port or number, applied together. */
export function DecodeAs({ onClose }: DialogBodyProps) {
  const { stores, decodeAs } = useApp();
  const choices = useStore(stores.decodeAs, (state) => state.choices);
  const [lines, setLines] = useState<readonly Line[]>(() => firstLines(stores.decodeAs.getState()));
  const change = (id: number, part: Partial<Line>): void => setLines(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const add = (): void => setLines([...lines, { id: nextId(lines), ...suggestion(choices, lines) }]);
  const problems = lines.map((line, index) => problemOf(line, lines.slice(0, index)));
  const isComplete = lines.every(({ key }, index) => key.trim() !== '' && problems[index] === null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete) return;
    decodeAs.apply(lines.map(({ table, key, protocol }): DecodeEntry => ({ table, key: keyOf(table, key) ?? 0, protocol })));
    onClose();
  };

  return (
    <Dialog
      title="Decode as"
      width="wide"
      onClose={onClose}
      onClosed={focusLastPane}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="decode-as" disabled={!isComplete}>
            Apply
          </Button>
        </>
      }
    >
      <form id="decode-as" className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>What comes with these numbers is read as the protocol you choose, whatever it looks like. The capture is read again; the file stays as it is.</p>
        {lines.length === 0 && <p className={styles.hint}>Nothing is decoded otherwise than its numbers and bytes say.</p>}
        {lines.map((line, index) => (
          <LineFields key={line.id} line={line} position={index + 1} problem={problems[index] ?? null} choices={choices} onChange={(part) => change(line.id, part)} onRemove={() => setLines(lines.filter(({ id }) => id !== line.id))} />
        ))}
        <div>
          <Button icon={Plus} onClick={add}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface LineFieldsProps {
  readonly line: Line;
  readonly position: number;
  readonly problem: string | null;
  readonly choices: DecodeChoices | null;
  readonly onChange: (part: Partial<Line>) => void;
  readonly onRemove: () => void;
}

function LineFields({ line, position, problem, choices, onChange, onRemove }: LineFieldsProps) {
  const protocols = choicesOf(choices, line.table);
  const onTable = (table: DecodeTable): void => onChange({ table, protocol: firstProtocol(choices, table) });
  return (
    <fieldset className={styles.line} aria-label={`Entry ${position}`}>
      <select className={styles.control} aria-label="What" value={line.table} onChange={(event) => onTable(event.target.value as DecodeTable)}>
        {DECODE_TABLES.map((table) => (
          <option key={table} value={table}>
            {tableTitles[table]}
          </option>
        ))}
      </select>
      <input className={styles.control} aria-label="Number" aria-invalid={problem !== null} aria-describedby={`decode-as-${line.id}`} value={line.key} inputMode="numeric" spellCheck={false} autoComplete="off" onChange={(event) => onChange({ key: event.target.value })} />
      <select className={styles.control} aria-label="Is" value={line.protocol} autoFocus={position === 1} onChange={(event) => onChange({ protocol: event.target.value })}>
        {protocols.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <IconButton icon={Trash2} label="Remove" onClick={onRemove} />
      <span id={`decode-as-${line.id}`} className={styles.error}>
        {problem}
      </span>
    </fieldset>
  );
}

/** What is in force, and a line for the selected packet's likeliest number where that is not among it. */
function firstLines({ entries, choices }: { readonly entries: readonly DecodeEntry[]; readonly choices: DecodeChoices | null }): readonly Line[] {
  const lines = entries.map(({ table, key, protocol }, id): Line => ({ id, table, key: keyText(table, key), protocol }));
  const [likeliest] = choices?.keys ?? [];
  if (likeliest === undefined || entries.some(({ table, key }) => choices?.keys.some((one) => one.table === table && one.key === key))) return lines;
  return [...lines, { id: lines.length, ...suggestion(choices, lines) }];
}

/** A number of the packet that has no line yet. */
function suggestion(choices: DecodeChoices | null, lines: readonly Line[]): Omit<Line, 'id'> {
  const free = choices?.keys.find(({ table, key }) => !lines.some((line) => line.table === table && keyOf(table, line.key) === key));
  if (free === undefined) return { table: 'tcp.port', key: '', protocol: firstProtocol(choices, 'tcp.port') };
  const { table, key, protocol } = free;
  return { table, key: keyText(table, key), protocol: protocol ?? firstProtocol(choices, table) };
}

function choicesOf(choices: DecodeChoices | null, table: DecodeTable): readonly { readonly id: string; readonly title: string }[] {
  return choices?.protocols.find((one) => one.table === table)?.choices ?? [];
}

function firstProtocol(choices: DecodeChoices | null, table: DecodeTable): string {
  return choicesOf(choices, table)[0]?.id ?? '';
}

function nextId(lines: readonly Line[]): number {
  return Math.max(-1, ...lines.map(({ id }) => id)) + 1;
}

function problemOf({ table, key, protocol }: Line, before: readonly Line[]): string | null {
  const number = keyOf(table, key);
  // Nobody has made a mistake before they began to write.
  if (key.trim() === '') return null;
  if (number === null) return table === 'ip.proto' ? 'A number from 0 to 255' : 'A number from 0 to 65535, or 0x0000 to 0xffff';
  if (before.some((line) => line.table === table && keyOf(table, line.key) === number)) return 'There is an entry for this number already';
  return protocol === '' ? 'There is no protocol to choose' : null;
}
