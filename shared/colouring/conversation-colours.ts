/** Ten colours for conversations that are looked at for a while; one for each, apart from each other and from the default rules. */
import type { ColouringRule } from './rule.ts';

export type ConversationColours = Pick<ColouringRule, 'light' | 'dark'>;

/** Names of their hues, for menus: "Colour 1 (red)". */
export const CONVERSATION_COLOURS: readonly (ConversationColours & { readonly hue: string })[] = [
  { hue: 'red', light: { background: '#ffc9c4', text: '#2b0f0d' }, dark: { background: '#5c201c', text: '#ffd9d5' } },
  { hue: 'orange', light: { background: '#ffd5a3', text: '#2b1a04' }, dark: { background: '#5a3409', text: '#ffe0bb' } },
  { hue: 'yellow', light: { background: '#f7e66b', text: '#292405' }, dark: { background: '#4d4508', text: '#f8eea0' } },
  { hue: 'green', light: { background: '#b4eb9a', text: '#12270a' }, dark: { background: '#244d14', text: '#d3f5c3' } },
  { hue: 'teal', light: { background: '#94e6d3', text: '#06271f' }, dark: { background: '#0c4b3f', text: '#bff2e6' } },
  { hue: 'cyan', light: { background: '#9fdcf5', text: '#06232f' }, dark: { background: '#0e465c', text: '#c5ebfb' } },
  { hue: 'blue', light: { background: '#b4c8ff', text: '#0c1a3d' }, dark: { background: '#20387a', text: '#d6e0ff' } },
  { hue: 'violet', light: { background: '#d6c1ff', text: '#1e1038' }, dark: { background: '#43297a', text: '#e6dbff' } },
  { hue: 'magenta', light: { background: '#f7baf0', text: '#31092c' }, dark: { background: '#641c5b', text: '#fbd8f7' } },
  { hue: 'grey', light: { background: '#b9bfc8', text: '#14181e' }, dark: { background: '#565d68', text: '#f2f4f7' } },
];
