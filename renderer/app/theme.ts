/** Carries the theme choice to the page: no attribute means the system's, which CSS follows by itself. */
import type { PrefsStore, ThemeChoice } from '../stores/prefs.ts';

export function applyTheme(prefs: PrefsStore, root: HTMLElement): void {
  const apply = (theme: ThemeChoice): void => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply(prefs.getState().theme);
  prefs.subscribe((state, before) => {
    if (state.theme !== before.theme) apply(state.theme);
  });
}
