import { Copy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useStore } from 'zustand';
import { formatQuantity } from '../../../shared/format/size.ts';
import { useApp } from '../../app/context.ts';
import { copyBytes, type BytesForm } from '../../app/copy.ts';
import buttonStyles from '../../ui/IconButton.module.css';
import menuStyles from '../../ui/menu.module.css';
import { spanOf } from './hex-model.ts';

const forms: readonly (readonly [BytesForm, string])[] = [
  ['stream', 'As hex stream'],
  ['dump', 'As hex dump'],
  ['text', 'As text'],
];

/** Copies the selected bytes, else the selected field's, or the whole source where neither are. */
export function CopyMenu() {
  const app = useApp();
  const { stores } = app;
  const detail = useStore(stores.packet, (state) => state.detail);
  const source = useStore(stores.selection, (state) => state.source);
  const field = useStore(stores.selection, (state) => state.field);
  const range = useStore(stores.selection, (state) => state.bytes);
  if (detail === null) return null;
  const span = range ?? spanOf(detail.nodes[field], source);
  const length = span === null ? (detail.sources[source]?.length ?? 0) : span.end - span.start;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonStyles.button} aria-label="Copy bytes" title="Copy bytes" tabIndex={-1}>
        <Copy size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuStyles.menu} align="end" sideOffset={2}>
          <DropdownMenu.Label className={menuStyles.label}>
            {range !== null ? 'Selection' : span === null ? 'All' : 'Field'}, {formatQuantity(length, 'byte')}
          </DropdownMenu.Label>
          {forms.map(([form, title]) => (
            <DropdownMenu.Item key={form} className={menuStyles.item} onSelect={() => copyBytes(app, form)}>
              <span>{title}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
