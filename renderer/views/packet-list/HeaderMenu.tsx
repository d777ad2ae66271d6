/** What can be done with a column: the menu of its title. */
import { Check, ChevronRight, Circle } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { openColumnDialog } from '../../app/column-commands.ts';
import { alignColumn, alignments, isBuiltIn, moveColumn, removeColumn, restoreColumns, setWidths, shownColumns, showColumn, type Alignment, type ListColumn } from '../../stores/columns.ts';
import menuStyles from '../../ui/menu.module.css';
import { contentWidths } from './content-widths.ts';

const alignmentTitles: Readonly<Record<Alignment, string>> = { left: 'Align left', center: 'Align centre', right: 'Align right' };

export function HeaderMenu({ column }: { readonly column: ListColumn }) {
  const app = useApp();
  const { columns } = app.stores;
  const isLast = useStore(columns, (state) => shownColumns(state).length === 1);
  const { id } = column;
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className={menuStyles.menu} collisionPadding={8} loop>
        <ContextMenu.Label className={menuStyles.label}>{column.custom === null ? column.title : <code>{column.custom.text}</code>}</ContextMenu.Label>
        <ContextMenu.RadioGroup value={column.align} onValueChange={(align) => alignColumn(columns, id, align as Alignment)}>
          {alignments.map((align) => (
            <ContextMenu.RadioItem key={align} value={align} className={menuStyles.item}>
              <ContextMenu.ItemIndicator className={menuStyles.mark}><Circle size={8} fill="currentColor" aria-hidden /></ContextMenu.ItemIndicator>
              <span>{alignmentTitles[align]}</span>
            </ContextMenu.RadioItem>
          ))}
        </ContextMenu.RadioGroup>
        <ContextMenu.Separator className={menuStyles.separator} />
        <Item title="Edit column…" onSelect={() => openColumnDialog(app.stores, id)} />
        <Item title="Resize to content" onSelect={() => setWidths(columns, contentWidths([column]))} />
        <Item title="Automatic width" isDisabled={column.width === null} onSelect={() => setWidths(columns, { [id]: null })} />
        <Item title="Move left" hint="Ctrl+Shift+←" onSelect={() => moveColumn(columns, id, -1)} />
        <Item title="Move right" hint="Ctrl+Shift+→" onSelect={() => moveColumn(columns, id, 1)} />
        <ContextMenu.Separator className={menuStyles.separator} />
        <Item title="Hide column" isDisabled={isLast} onSelect={() => showColumn(columns, id, false)} />
        {!isBuiltIn(id) && <Item title="Remove column" isDisabled={isLast} onSelect={() => removeColumn(columns, id)} />}
        <ColumnList />
        <Item title="Add column…" onSelect={() => openColumnDialog(app.stores, '')} />
        <Item title="Restore default columns" onSelect={() => restoreColumns(columns)} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

interface ItemProps {
  readonly title: string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
}

function Item({ title, hint, isDisabled = false, onSelect }: ItemProps) {
  return (
    <ContextMenu.Item className={menuStyles.item} disabled={isDisabled} onSelect={onSelect}>
      <span>{title}</span>
      {hint !== undefined && <kbd>{hint}</kbd>}
    </ContextMenu.Item>
  );
}

/** All columns, those that are hidden too; the menu stays open for the next one. */
function ColumnList() {
  const { stores } = useApp();
  const columns = useStore(stores.columns, (state) => state.columns);
  const shown = useStore(stores.columns, (state) => shownColumns(state).length);
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className={menuStyles.item}>
        <span>Columns</span>
        <ChevronRight className={menuStyles.more} size={14} aria-hidden />
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className={menuStyles.menu} collisionPadding={8}>
          {columns.map(({ id, title, isHidden }) => (
            <ContextMenu.CheckboxItem
              key={id}
              className={menuStyles.item}
              checked={!isHidden}
              disabled={!isHidden && shown === 1}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(isShown) => showColumn(stores.columns, id, isShown)}
            >
              <ContextMenu.ItemIndicator className={menuStyles.mark}><Check size={14} aria-hidden /></ContextMenu.ItemIndicator>
              <span>{title}</span>
            </ContextMenu.CheckboxItem>
          ))}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}
