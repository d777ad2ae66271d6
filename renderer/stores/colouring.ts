/**
 * The colouring rules of the window: the user's own, which are kept, and those of conversations that
 * are looked at for a while, which go with their capture and precede the others. While rules are
 * edited, a draft stands in their place, so that the list shows what it would look like.
 */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { CONVERSATION_COLOURS } from '../../shared/colouring/conversation-colours.ts';
import { DEFAULT_RULES } from '../../shared/colouring/default-rules.ts';
import type { ColouringRule } from '../../shared/colouring/rule.ts';
import type { RuleProblem } from '../../shared/ipc/colouring-contract.ts';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

/** A rule with the name that rows know it by: of letters and digits, as style sheets use it. */
export interface ListedRule extends ColouringRule {
  readonly id: string;
}

/** A conversation in one of ten colours. */
export interface ColouredConversation {
  /** Place in CONVERSATION_COLOURS. */
  readonly colour: number;
  readonly title: string;
  readonly filter: string;
}

export interface ColouringState {
  readonly rules: readonly ListedRule[];
  /** The rules as they are being edited; null while they are not. */
  readonly draft: readonly ListedRule[] | null;
  /** A rule that editing begins with, for example made from what was pointed at. */
  readonly wanted: ListedRule | null;
  readonly conversations: readonly ColouredConversation[];
  /** Rules that colour the list now, the first that matches winning. */
  readonly inForce: readonly ListedRule[];
  /** What the engine says of rules that match nothing. */
  readonly problems: readonly RuleProblem[];
}

export type ColouringStore = StoreApi<ColouringState>;

const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const colours = z.object({ text: colour, background: colour });
export const mostRules = 400;

const storedSchema = z.object({
  /** Null: the defaults, whatever they are then. */
  rules: z.nullable(z.array(z.object({ name: z.string().max(256), filter: z.string().max(65_536), isEnabled: z.boolean(), light: colours, dark: colours })).max(mostRules)),
});
type Stored = z.infer<typeof storedSchema>;

const entry: Persisted<Stored> = { key: 'layerscope.colouring', version: 1, schema: storedSchema };

let lastId = 0;

/** A rule with a name of its own, as long as the window lives. */
export function listed(rule: ColouringRule): ListedRule {
  lastId += 1;
  return { ...rule, id: `rule-${lastId}` };
}

export function createColouringStore(storage: SettingsStorage | null = pageStorage()): ColouringStore {
  const stored = loadPersisted(storage, entry, { rules: null });
  const rules = (stored.rules ?? DEFAULT_RULES).map(listed);
  const none = { draft: null, wanted: null, conversations: [], problems: [] };
  const store = createStore<ColouringState>(() => ({ ...none, rules, inForce: inForceOf({ ...none, rules }) }));
  keepPersisted(storage, entry, store, ({ rules: kept }): Stored => ({ rules: areDefaults(kept) ? null : kept.map(unlisted) }));
  return store;
}

/** The rule alone. */
export function unlisted({ name, filter, isEnabled, light, dark }: ColouringRule): ColouringRule {
  return { name, filter, isEnabled, light, dark };
}

export function areDefaults(rules: readonly ListedRule[]): boolean {
  return JSON.stringify(rules.map(unlisted)) === JSON.stringify(DEFAULT_RULES.map(unlisted));
}

/** The rule of a coloured conversation. */
function ruleOfConversation({ colour: number, title, filter }: ColouredConversation): ListedRule {
  const { light, dark } = CONVERSATION_COLOURS[number] as (typeof CONVERSATION_COLOURS)[number];
  return { id: `conversation-${number + 1}`, name: `${title} conversation, colour ${number + 1}`, filter, isEnabled: true, light, dark };
}

function inForceOf({ rules, draft, conversations }: Pick<ColouringState, 'rules' | 'draft' | 'conversations'>): readonly ListedRule[] {
  return [...conversations.map(ruleOfConversation), ...(draft ?? rules).filter(({ isEnabled }) => isEnabled)];
}

function change(store: ColouringStore, changed: (state: ColouringState) => Partial<Omit<ColouringState, 'inForce'>>): void {
  store.setState((state) => {
    const next = { ...state, ...changed(state) };
    return { ...next, inForce: inForceOf(next) };
  });
}

export function ruleById(state: ColouringState, id: string | null): ListedRule | undefined {
  return id === null ? undefined : state.inForce.find((rule) => rule.id === id);
}

// ── editing ─────────────────────────────────────────────────────────────────

/** Begins to edit, with a new rule before the others where one is given. */
export function beginDraft(store: ColouringStore): void {
  change(store, ({ rules, wanted }) => ({ draft: wanted === null ? rules : [wanted, ...rules].slice(0, mostRules) }));
}

/** What editing is to begin with. */
export function wantRule(store: ColouringStore, rule: ColouringRule | null): void {
  store.setState({ wanted: rule && listed(rule) });
}

export function changeDraft(store: ColouringStore, draft: readonly ListedRule[]): void {
  change(store, () => ({ draft: draft.slice(0, mostRules) }));
}

/** Keeps the draft, or drops it. */
export function endDraft(store: ColouringStore, keep: boolean): void {
  change(store, ({ rules, draft }) => ({ rules: keep && draft !== null ? draft : rules, draft: null, wanted: null }));
}

// ── conversations ───────────────────────────────────────────────────────────

/** Gives a conversation a colour, in the place of any that it or the colour had. */
export function colourConversation(store: ColouringStore, coloured: ColouredConversation): void {
  change(store, ({ conversations }) => ({
    conversations: [...conversations.filter(({ colour: other, filter }) => other !== coloured.colour && filter !== coloured.filter), coloured].sort((a, b) => a.colour - b.colour),
  }));
}

export function forgetConversations(store: ColouringStore): void {
  if (store.getState().conversations.length > 0) change(store, () => ({ conversations: [] }));
}

export function rulesJudged(store: ColouringStore, problems: readonly RuleProblem[]): void {
  store.setState({ problems });
}
