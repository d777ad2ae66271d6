/** Filters to take: used lately, and kept under a name; and a place to keep the present one. */
import { Bookmark } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { filterMark } from '../../stores/filter.ts';
import { mostSaved, removeFilter, saveFilter } from '../../stores/filter-book.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, ChoiceGroup, ChoiceMenu } from '../../ui/ChoiceMenu.tsx';
import styles from '../../ui/ChoiceMenu.module.css';

const shownRecent = 10;

export function SavedFilters() {
  const { stores, filters } = useApp();
  const { recent, saved } = useStore(stores.filterBook);
  const [open, setOpen] = useState(false);
  const choose = (filter: string): void => {
    setOpen(false);
    filters.apply(filter);
  };
  return (
    <ChoiceMenu icon={Bookmark} label="Saved filters" title="Recent and saved display filters" align="start" isOpen={open} onOpen={setOpen}>
      {recent.length > 0 && (
        <ChoiceGroup title="Recent">
          {recent.slice(0, shownRecent).map((filter) => (
            <Choice key={filter} text={filter} onChoose={choose} />
          ))}
        </ChoiceGroup>
      )}
      <ChoiceGroup title="Saved">
        {saved.map(({ name, filter }) => (
          <Choice key={name} name={name} text={filter} onChoose={choose} onRemove={() => removeFilter(stores.filterBook, name)} />
        ))}
      </ChoiceGroup>
      <SaveForm />
    </ChoiceMenu>
  );
}

/** Keeps the bar's filter under a name, or as a button; "Group//Name" puts it into a group. */
function SaveForm() {
  const { stores } = useApp();
  const filter = useStore(stores.filter, (state) => state.text.trim());
  const mark = useStore(stores.filter, filterMark);
  const [name, setName] = useState('');
  const isFull = useStore(stores.filterBook, ({ saved }) => saved.length >= mostSaved);
  const canSave = (mark === 'valid' || mark === 'uncertain') && filter !== '' && !isFull;
  const hint = isFull ? `There is room for ${mostSaved}: remove one first` : canSave ? 'Keep the present filter as…' : 'Write a filter to keep it';
  const save = (isButton: boolean): void => {
    if (!canSave || name.trim() === '') return;
    saveFilter(stores.filterBook, { name: name.trim(), filter, isButton });
    setName('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    save(false);
  };
  return (
    <form className={styles.save} onSubmit={onSubmit}>
      <input className={styles.name} aria-label="Name for the present filter" placeholder={hint} value={name} maxLength={128} disabled={!canSave} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" disabled={!canSave || name.trim() === ''}>Save</Button>
      <Button disabled={!canSave || name.trim() === ''} onClick={() => save(true)}>As button</Button>
    </form>
  );
}
