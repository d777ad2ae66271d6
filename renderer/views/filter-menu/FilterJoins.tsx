/** The six ways to join a filter with what the bar holds, as a submenu; of several filters, each way has one of its own. */
import { ContextMenu } from 'radix-ui';
import { useApp } from '../../app/context.ts';
import { filterJoins, type FilterJoin } from '../../app/filters.ts';
import menuStyles from '../../ui/menu.module.css';
import { SubMenu } from '../../ui/SubMenu.tsx';

export interface FilterTerm {
  /** Says which one it is where there are several. */
  readonly title: string;
  readonly filter: string;
}

export interface FilterJoinsProps {
  readonly title: string;
  /** None, or only one without a text, where there is nothing to filter by. */
  readonly terms: readonly FilterTerm[];
  readonly how: 'apply' | 'prepare';
  readonly onUse?: (() => void) | undefined;
}

export function FilterJoins({ title, terms, how, onUse }: FilterJoinsProps) {
  const { filters } = useApp();
  const use = (term: string, join: FilterJoin): void => {
    onUse?.();
    filters.use(term, join, how);
  };
  const [only] = terms;
  return (
    <SubMenu title={title} disabled={only === undefined || only.filter === ''}>
      {filterJoins.map(([join, words]) =>
        terms.length > 1 ? (
          <SubMenu key={join} title={words}>
            {terms.map(({ title: name, filter }) => (
              <ContextMenu.Item key={name} className={menuStyles.item} title={filter} onSelect={() => use(filter, join)}>
                <span>{name}</span>
              </ContextMenu.Item>
            ))}
          </SubMenu>
        ) : (
          <ContextMenu.Item key={join} className={menuStyles.item} onSelect={() => use(only?.filter ?? '', join)}>
            <span>{words}</span>
          </ContextMenu.Item>
        ),
      )}
    </SubMenu>
  );
}
