/** Capture filters to take: used lately, kept under a name, and examples; and a place to keep the present one. */
import { Bookmark } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, ChoiceGroup, ChoiceMenu } from '../../ui/ChoiceMenu.tsx';
import styles from '../../ui/ChoiceMenu.module.css';

const examples: readonly (readonly [string, string])[] = [
  ['One host', 'host 192.0.2.1'],
  ['A network', 'net 192.0.2.0/24'],
  ['Names (DNS)', 'port 53'],
  ['Web', 'tcp port 80 or tcp port 443'],
  ['Connections begun', 'tcp[tcpflags] & (tcp-syn) != 0'],
  ['All but SSH', 'not tcp port 22'],
];

export interface FilterMenuProps {
  readonly value: string;
  readonly canSave: boolean;
  readonly onChoose: (filter: string) => void;
}

export function FilterMenu({ value, canSave, onChoose }: FilterMenuProps) {
  const { stores, live } = useApp();
  const settings = useStore(stores.live, (state) => state.settings);
  const [open, setOpen] = useState(false);
  const choose = (filter: string): void => {
    onChoose(filter);
    setOpen(false);
  };
  return (
    <ChoiceMenu icon={Bookmark} label="Capture filters" title="Recent and saved capture filters" align="end" isOpen={open} onOpen={setOpen}>
      {settings !== null && settings.recentFilters.length > 0 && (
        <ChoiceGroup title="Recent">
          {settings.recentFilters.slice(0, 8).map((filter) => (
            <Choice key={filter} text={filter} onChoose={choose} />
          ))}
        </ChoiceGroup>
      )}
      {settings !== null && settings.savedFilters.length > 0 && (
        <ChoiceGroup title="Saved">
          {settings.savedFilters.map(({ name, filter }) => (
            <Choice key={name} name={name} text={filter} onChoose={choose} onRemove={() => live.removeFilter(name)} />
          ))}
        </ChoiceGroup>
      )}
      <ChoiceGroup title="Examples">
        {examples.map(([name, filter]) => (
          <Choice key={name} name={name} text={filter} onChoose={choose} />
        ))}
      </ChoiceGroup>
      <SaveForm value={value} canSave={canSave} />
    </ChoiceMenu>
  );
}

function SaveForm({ value, canSave }: { readonly value: string; readonly canSave: boolean }) {
  const { live } = useApp();
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The popover stands in its dialog's tree, whose own form must not be sent.
    event.stopPropagation();
    if (!canSave || name.trim() === '') return;
    live.saveFilter(name.trim(), value.trim());
    setName('');
  };
  return (
    <form className={styles.save} onSubmit={submit}>
      <input
        className={styles.name}
        aria-label="Name for the present filter"
        placeholder={canSave ? 'Name for the present filter' : 'Type a valid filter to save it'}
        disabled={!canSave}
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!canSave || name.trim() === ''}>
        Save
      </Button>
    </form>
  );
}
