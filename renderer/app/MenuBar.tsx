/** The in-page menu bar of the web host; Electron shows the same commands in the system's menu. */
import { Check, ChevronRight, Circle } from 'lucide-react';
import { Menubar } from 'radix-ui';
import { Fragment } from 'react';
import { useStore } from 'zustand';
import menuStyles from '../ui/menu.module.css';
import { commandKey, useApp, useCommandState } from './context.ts';
import type { Command, MenuId } from './command.ts';
import { commands, menus } from './commands.ts';
import styles from './MenuBar.module.css';
import { focusLastPane } from './panes.ts';
import { ThemeButton } from './ThemeButton.tsx';

export function MenuBar() {
  return (
    <div className={styles.bar}>
      <Logo />
      <Menubar.Root className={styles.menus} aria-label="Menu">
        {menus.map((menu) => (
          <Menubar.Menu key={menu.id}>
            <Menubar.Trigger className={styles.trigger}>{menu.title}</Menubar.Trigger>
            <Menubar.Portal>
              <Menubar.Content className={menuStyles.menu} align="start" sideOffset={2} loop onCloseAutoFocus={giveKeyboardBack}>
                <MenuItems menu={menu.id} />
              </Menubar.Content>
            </Menubar.Portal>
          </Menubar.Menu>
        ))}
      </Menubar.Root>
      <WindowTitle />
      <div className={styles.right}>
        <ThemeButton />
      </div>
    </div>
  );
}

/** After a choice the keyboard goes back to the pane it came from, unless another menu took it. */
function giveKeyboardBack(event: Event): void {
  if (document.querySelector('[role=menubar] [data-state=open]') !== null) return;
  event.preventDefault();
  focusLastPane();
}

/** Three layers, narrowing downwards. */
function Logo() {
  return (
    <span className={styles.logo} aria-hidden>
      <i />
      <i />
      <i />
    </span>
  );
}

function WindowTitle() {
  const { stores } = useApp();
  const name = useStore(stores.capture, (state) => state.opened?.name ?? null);
  return <h1 className={styles.title}>{name ?? 'Layerscope'}</h1>;
}

function MenuItems({ menu }: { readonly menu: MenuId }) {
  return <ItemsOf commands={commands.filter((command) => command.menu === menu)} submenu={undefined} />;
}

/** Commands of one menu or submenu, those of further submenus behind their titles. */
function ItemsOf({ commands: own, submenu }: { readonly commands: readonly Command[]; readonly submenu: string | undefined }) {
  return own.map((command, index) => {
    const before = own[index - 1];
    const isWithin = command.submenu === submenu;
    if (!isWithin && before?.submenu === command.submenu) return null;
    const startsGroup = command.group !== before?.group;
    return (
      <Fragment key={command.id}>
        {startsGroup && index > 0 && <Menubar.Separator className={menuStyles.separator} />}
        {isWithin && startsGroup && command.heading !== undefined && <Menubar.Label className={menuStyles.label}>{command.heading}</Menubar.Label>}
        {isWithin ? <MenuItem command={command} /> : <Submenu title={command.submenu ?? ''} commands={own.filter((other) => other.submenu === command.submenu)} />}
      </Fragment>
    );
  });
}

function Submenu({ title, commands: own }: { readonly title: string; readonly commands: readonly Command[] }) {
  return (
    <Menubar.Sub>
      <Menubar.SubTrigger className={menuStyles.item}>
        <span>{title}</span>
        <ChevronRight className={menuStyles.more} size={14} aria-hidden />
      </Menubar.SubTrigger>
      <Menubar.Portal>
        <Menubar.SubContent className={menuStyles.menu} collisionPadding={8}>
          <ItemsOf commands={own} submenu={title} />
        </Menubar.SubContent>
      </Menubar.Portal>
    </Menubar.Sub>
  );
}

function MenuItem({ command }: { readonly command: Command }) {
  const app = useApp();
  const { disabledReason, checked } = useCommandState(command);
  const key = commandKey(command);
  const shared = { className: menuStyles.item, disabled: disabledReason !== null, title: disabledReason ?? undefined, onSelect: () => command.run(app) };
  const content = (
    <>
      <span>{command.title}</span>
      {key !== undefined && <kbd>{key}</kbd>}
    </>
  );
  if (command.mark === undefined) return <Menubar.Item {...shared}>{content}</Menubar.Item>;
  const Mark = command.mark === 'check' ? Check : Circle;
  return (
    <Menubar.CheckboxItem {...shared} checked={checked} role={command.mark === 'radio' ? 'menuitemradio' : 'menuitemcheckbox'}>
      <Menubar.ItemIndicator className={menuStyles.mark}>
        <Mark size={command.mark === 'check' ? 14 : 8} fill={command.mark === 'check' ? 'none' : 'currentColor'} aria-hidden />
      </Menubar.ItemIndicator>
      {content}
    </Menubar.CheckboxItem>
  );
}
