/** The menu of a pane's right button: filters made from what was pointed at, and copying it. */
import { ContextMenu } from 'radix-ui';
import type { MouseEvent, ReactElement } from 'react';
import { useStore } from 'zustand';
import { commandById } from '../../app/commands.ts';
import { useApp } from '../../app/context.ts';
import menuStyles from '../../ui/menu.module.css';
import { SubMenu } from '../../ui/SubMenu.tsx';
import { ColourMenu } from '../colouring/ColourMenu.tsx';
import { FilterMenuFrame } from './FilterMenuFrame.tsx';

export interface FilterContextMenuProps {
  /** What was pointed at, where the filter alone does not say it: a column's title. */
  readonly heading?: string;
  /** Filter for what was pointed at; "" where there is none (yet). */
  readonly term: string;
  /** Gives the field that was pointed at a column, or says why it cannot have one; absent where a command does. */
  readonly column?: { readonly disabledReason: string | null; readonly add: () => void };
  /** Commands that stand below the filters. */
  readonly commands: readonly string[];
  /** Called before the menu opens: selects what is under the pointer. */
  readonly onPoint: (event: MouseEvent) => void;
  /** The part of the active row that a menu is about which the keyboard asked for; else the row. */
  readonly keyboardPlace?: (row: Element) => Element;
  readonly children: ReactElement;
}

export function FilterContextMenu({ heading, term, column, commands, onPoint, keyboardPlace, children }: FilterContextMenuProps) {
  return (
    <FilterMenuFrame heading={heading} terms={[{ title: term, filter: term }]} onPoint={onPoint} keyboardPlace={keyboardPlace} target={children}>
      <Conversations />
      <ColourMenu term={term} />
      {column !== undefined && (
        <ContextMenu.Item className={menuStyles.item} disabled={column.disabledReason !== null} title={column.disabledReason ?? undefined} onSelect={column.add}>
          <span>Add as column</span>
        </ContextMenu.Item>
      )}
      <ContextMenu.Separator className={menuStyles.separator} />
      <CommandItems ids={commands} submenu={undefined} />
    </FilterMenuFrame>
  );
}

const noConversations: readonly { readonly title: string; readonly filter: string }[] = [];

function Conversations() {
  const { stores, filters } = useApp();
  const conversations = useStore(stores.packet, (state) => state.detail?.terms.conversations ?? noConversations);
  return (
    <SubMenu title="Conversation filter" disabled={conversations.length === 0}>
      {conversations.map(({ title, filter }) => (
        <ContextMenu.Item key={title} className={menuStyles.item} title={filter} onSelect={() => filters.apply(filter)}>
          <span>{title}</span>
        </ContextMenu.Item>
      ))}
    </SubMenu>
  );
}

/** Commands, those of a submenu behind its title. */
function CommandItems({ ids, submenu }: { readonly ids: readonly string[]; readonly submenu: string | undefined }) {
  return ids.map((id, index) => {
    const { submenu: own } = commandById(id);
    if (own === undefined || own === submenu) return <CommandItem key={id} id={id} />;
    if (ids.findIndex((other) => commandById(other).submenu === own) < index) return null;
    return (
      <SubMenu key={id} title={own}>
        <CommandItems ids={ids.filter((other) => commandById(other).submenu === own)} submenu={own} />
      </SubMenu>
    );
  });
}

function CommandItem({ id }: { readonly id: string }) {
  const app = useApp();
  const command = commandById(id);
  const reason = command.disabledReason?.(app.stores) ?? null;
  return (
    <ContextMenu.Item className={menuStyles.item} disabled={reason !== null} title={reason ?? undefined} onSelect={() => command.run(app)}>
      <span>{command.title}</span>
    </ContextMenu.Item>
  );
}
