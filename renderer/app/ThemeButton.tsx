import { Check, Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useStore } from 'zustand';
import { setTheme, themeChoices, type ThemeChoice } from '../stores/prefs.ts';
import buttonStyles from '../ui/IconButton.module.css';
import menuStyles from '../ui/menu.module.css';
import { useApp } from './context.ts';

const faces: Readonly<Record<ThemeChoice, { readonly title: string; readonly icon: LucideIcon }>> = {
  system: { title: 'As the system', icon: Monitor },
  light: { title: 'Light', icon: Sun },
  dark: { title: 'Dark', icon: Moon },
};

export function ThemeButton() {
  const { stores } = useApp();
  const theme = useStore(stores.prefs, (state) => state.theme);
  const Icon = faces[theme].icon;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonStyles.button} aria-label={`Theme: ${faces[theme].title}`} title="Theme">
        <Icon size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuStyles.menu} align="end" sideOffset={2}>
          <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(stores.prefs, value as ThemeChoice)}>
            {themeChoices.map((choice) => (
              <DropdownMenu.RadioItem key={choice} value={choice} className={menuStyles.item}>
                <DropdownMenu.ItemIndicator className={menuStyles.mark}>
                  <Check size={14} aria-hidden />
                </DropdownMenu.ItemIndicator>
                <span>{faces[choice].title}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
