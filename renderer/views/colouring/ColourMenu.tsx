/** The part of a context menu that colours: the packet's conversations, and a rule from what was pointed at. */
import { ContextMenu } from 'radix-ui';
import { useStore } from 'zustand';
import { CONVERSATION_COLOURS } from '../../../shared/colouring/conversation-colours.ts';
import { colourAs, editNewRule, type NamedFilter } from '../../app/colour-commands.ts';
import { useApp } from '../../app/context.ts';
import { forgetConversations } from '../../stores/colouring.ts';
import { cx } from '../../ui/cx.ts';
import menuStyles from '../../ui/menu.module.css';
import { SubMenu } from '../../ui/SubMenu.tsx';
import styles from './ColourMenu.module.css';

const none: readonly NamedFilter[] = [];

/** `term`: filter for what was pointed at; "" where there is none. */
export function ColourMenu({ term }: { readonly term: string }) {
  const { stores } = useApp();
  const conversations = useStore(stores.packet, (state) => state.detail?.terms.conversations ?? none);
  const isColoured = useStore(stores.colouring, (state) => state.conversations.length > 0);
  return (
    <>
      <SubMenu title="Colorize conversation" disabled={conversations.length === 0}>
        {conversations.map((conversation) => (
          <SubMenu key={conversation.title} title={conversation.title}>
            <Colours conversation={conversation} />
          </SubMenu>
        ))}
        <ContextMenu.Separator className={menuStyles.separator} />
        <ContextMenu.Item className={menuStyles.item} disabled={!isColoured} onSelect={() => forgetConversations(stores.colouring)}>
          <span>Reset conversation colours</span>
        </ContextMenu.Item>
      </SubMenu>
      <ContextMenu.Item className={menuStyles.item} disabled={term === ''} onSelect={() => editNewRule(stores, { title: term, filter: term })}>
        <span>New coloring rule from this…</span>
      </ContextMenu.Item>
    </>
  );
}

function Colours({ conversation }: { readonly conversation: NamedFilter }) {
  const { stores } = useApp();
  return (
    <>
      <ContextMenu.Label className={cx(menuStyles.label, styles.filter)} title={conversation.filter}><code>{conversation.filter}</code></ContextMenu.Label>
      {CONVERSATION_COLOURS.map(({ hue, light, dark }, colour) => (
        <ContextMenu.Item key={hue} className={menuStyles.item} onSelect={() => colourAs(stores, conversation, colour)}>
          <i className={styles.swatch} style={{ background: `light-dark(${light.background}, ${dark.background})` }} aria-hidden />
          <span>Colour {colour + 1} ({hue})</span>
        </ContextMenu.Item>
      ))}
      <ContextMenu.Separator className={menuStyles.separator} />
      <ContextMenu.Item className={menuStyles.item} onSelect={() => editNewRule(stores, { title: `${conversation.title} conversation`, filter: conversation.filter })}>
        <span>New coloring rule…</span>
      </ContextMenu.Item>
    </>
  );
}
