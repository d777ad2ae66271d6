import { Activity, ChartColumn, GraduationCap, List, type LucideIcon } from 'lucide-react';
import { Tabs, Toolbar } from 'radix-ui';
import type { ComponentProps } from 'react';
import { useStore } from 'zustand';
import { showView, viewIds, type ViewId } from '../stores/layout.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { commandById } from './commands.ts';
import { commandKey, useApp, useCommandState } from './context.ts';
import { ThemeButton } from './ThemeButton.tsx';
import styles from './ToolBar.module.css';

const viewTabs: Readonly<Record<ViewId, { readonly title: string; readonly icon: LucideIcon }>> = {
  packets: { title: 'Packets', icon: List },
  timeline: { title: 'TCP timeline', icon: Activity },
  statistics: { title: 'Statistics', icon: ChartColumn },
  start: { title: 'Start', icon: GraduationCap },
};

/** Tools on the left, the views' tabs, and the layer view's switch on the right. Lives inside the views' Tabs.Root. */
export function ToolBar() {
  const { host, stores } = useApp();
  const hasCapture = useStore(stores.capture, (state) => state.opened !== null);
  const isLive = useStore(stores.live, (state) => state.status !== null);
  const view = useStore(stores.layout, (state) => state.view);
  return (
    <div className={styles.bar}>
      <Toolbar.Root className={styles.tools} aria-label="Tools">
        <ToolButton id="file.open" />
        <Toolbar.Separator className={styles.rule} />
        <ToolButton id="capture.start" tone="go" />
        <ToolButton id="capture.stop" tone="halt" />
        <ToolButton id="capture.restart" />
        <ToolButton id="capture.pause" />
        <ToolButton id="capture.options" />
        {hasCapture && (
          <>
            <Toolbar.Separator className={styles.rule} />
            <ToolButton id="go.back" />
            <ToolButton id="go.forward" />
            <ToolButton id="go.packet" />
            <Toolbar.Separator className={styles.rule} />
            <ToolButton id="view.colour" />
            {isLive && <ToolButton id="capture.follow" />}
          </>
        )}
      </Toolbar.Root>
      <Tabs.List className={styles.views} aria-label="Views">
        {viewIds.map((id) => (
          <ViewTab key={id} id={id} disabled={id !== 'start' && !hasCapture} />
        ))}
      </Tabs.List>
      <div className={styles.right}>
        {hasCapture && view === 'packets' && <CommandButton id="view.layers" labelled />}
        {host.kind === 'electron' && <ThemeButton />}
      </div>
    </div>
  );
}

/** A command as a stop of the tool bar: one tab stop for all, arrows between them. */
function ToolButton({ id, tone }: { readonly id: string; readonly tone?: 'go' | 'halt' }) {
  return (
    <Toolbar.Button asChild>
      <CommandButton id={id} data-tone={tone} />
    </Toolbar.Button>
  );
}

interface CommandButtonProps extends Omit<ComponentProps<'button'>, 'id' | 'className' | 'disabled'> {
  readonly id: string;
  readonly labelled?: boolean;
  readonly 'data-tone'?: 'go' | 'halt' | undefined;
}

function CommandButton({ id, labelled = false, ...rest }: CommandButtonProps) {
  const app = useApp();
  const command = commandById(id);
  const { disabledReason, checked } = useCommandState(command);
  if (command.icon === undefined) throw new Error(`The command "${id}" has no icon.`);
  return (
    <IconButton
      {...rest}
      icon={command.icon}
      label={command.title}
      keyLabel={commandKey(command)}
      disabledReason={disabledReason}
      pressed={command.checked === undefined ? undefined : checked}
      onClick={() => command.run(app)}
    >
      {labelled ? command.title : undefined}
    </IconButton>
  );
}

function ViewTab({ id, disabled }: { readonly id: ViewId; readonly disabled: boolean }) {
  const { stores } = useApp();
  const { title, icon: Icon } = viewTabs[id];
  return (
    <Tabs.Trigger
      value={id}
      className={styles.tab}
      disabled={disabled}
      title={disabled ? 'Open a capture first' : undefined}
      // A click shows the view and leaves the keyboard to it; only keys stop at the tabs themselves.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => showView(stores.layout, id)}
    >
      <Icon size={14} aria-hidden />
      {title}
    </Tabs.Trigger>
  );
}
