/** Commands that colour the packet list. */
import { Palette } from 'lucide-react';
import { CONVERSATION_COLOURS } from '../../shared/colouring/conversation-colours.ts';
import { LONGEST_RULE_NAME, type ColouringRule } from '../../shared/colouring/rule.ts';
import { colourConversation, forgetConversations, wantRule } from '../stores/colouring.ts';
import { notify, openDialog } from '../stores/dialogs.ts';
import { toggleColourRows } from '../stores/prefs.ts';
import { needsSelection, type Command } from './command.ts';
import type { Stores } from './stores.ts';

/** A filter with its name in menus: "TCP", "IPv4". */
export interface NamedFilter {
  readonly title: string;
  readonly filter: string;
}

/** The selected packet's conversations, innermost first. */
export function conversationsOf({ packet }: Pick<Stores, 'packet'>): readonly NamedFilter[] {
  return packet.getState().detail?.terms.conversations ?? [];
}

const needsConversation = (stores: Stores): string | null => needsSelection(stores) ?? (conversationsOf(stores).length === 0 ? 'The packet belongs to no conversation' : null);

/** Gives a conversation one of the ten colours. */
export function colourAs({ colouring, prefs, dialogs }: Stores, { title, filter }: NamedFilter, colour: number): void {
  colourConversation(colouring, { colour, title, filter });
  // Whoever colours something wants to see it.
  if (!prefs.getState().colourRows) toggleColourRows(prefs);
  notify(dialogs, `${title} conversation in colour ${colour + 1} (${CONVERSATION_COLOURS[colour]?.hue ?? ''}): ${filter}`);
}

/** Opens the rules with a new one for a filter, in a colour that stands out. */
export function editNewRule({ colouring, dialogs }: Stores, { title, filter }: NamedFilter): void {
  wantRule(colouring, newRule(title, filter));
  openDialog(dialogs, 'colouring-rules');
}

export function newRule(name: string, filter: string): ColouringRule {
  const { light, dark } = CONVERSATION_COLOURS[2] as (typeof CONVERSATION_COLOURS)[number];
  return { name: name.replace(/[@\r\n]+/g, ' ').slice(0, LONGEST_RULE_NAME), filter, isEnabled: true, light, dark };
}

/** 1 … 9, 0. */
function keyOf(colour: number): string {
  return `Mod+${(colour + 1) % 10}`;
}

export const colourCommands: readonly Command[] = [
  {
    id: 'view.colour',
    title: 'Colorize packet list',
    menu: 'view',
    group: 'colours',
    keys: [],
    icon: Palette,
    mark: 'check',
    checked: ({ prefs }) => prefs.getState().colourRows,
    run: ({ stores }) => toggleColourRows(stores.prefs),
  },
  { id: 'view.colouringRules', title: 'Coloring rules…', menu: 'view', group: 'colours', keys: [], run: ({ stores }) => openDialog(stores.dialogs, 'colouring-rules') },
  ...CONVERSATION_COLOURS.map(({ hue }, colour): Command => ({
    id: `view.colourConversation.${colour + 1}`,
    title: `Colour ${colour + 1} (${hue})`,
    menu: 'view',
    group: 'conversation-colours',
    submenu: 'Colorize conversation',
    keys: [keyOf(colour)],
    disabledReason: needsConversation,
    run: ({ stores }) => {
      const [innermost] = conversationsOf(stores);
      if (innermost !== undefined) colourAs(stores, innermost, colour);
    },
  })),
  {
    id: 'view.resetConversationColours',
    title: 'Reset conversation colours',
    menu: 'view',
    group: 'conversation-reset',
    submenu: 'Colorize conversation',
    keys: ['Mod+Space'],
    disabledReason: ({ colouring }) => (colouring.getState().conversations.length === 0 ? 'No conversation is coloured' : null),
    run: ({ stores }) => forgetConversations(stores.colouring),
  },
  {
    id: 'view.ruleFromConversation',
    title: 'New rule from conversation…',
    menu: 'view',
    group: 'conversation-reset',
    submenu: 'Colorize conversation',
    keys: [],
    disabledReason: needsConversation,
    run: ({ stores }) => {
      const [innermost] = conversationsOf(stores);
      if (innermost !== undefined) editNewRule(stores, { title: `${innermost.title} conversation`, filter: innermost.filter });
    },
  },
];
