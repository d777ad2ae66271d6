/** A submenu of a context menu. */
import { ChevronRight } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import menuStyles from './menu.module.css';

export function SubMenu({ title, disabled = false, children }: { readonly title: string; readonly disabled?: boolean; readonly children: ReactNode }) {
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className={menuStyles.item} disabled={disabled}>
        <span>{title}</span>
        <ChevronRight className={menuStyles.more} size={14} aria-hidden />
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className={menuStyles.menu} collisionPadding={8}>
          {children}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}
