import { Check, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useStore } from 'zustand';
import { setTheme, themeChoices, type ThemeChoice } from '../stores/prefs.ts';
import buttonStyles from '../ui/IconButton.module.css';
import menuStyles from '../ui/menu.module.css';
import { useApp } from './context.ts';
import { useMedia } from './use-media.ts';

const titles: Readonly<Record<ThemeChoice, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function ThemeButton() {
  const { stores } = useApp();
  const theme = useStore(stores.prefs, (state) => state.theme);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const Icon = theme === 'dark' || (theme === 'system' && systemIsDark) ? Moon : Sun;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonStyles.button} aria-label={`Theme: ${titles[theme]}`} title="Theme">
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
                <span>{titles[choice]}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
