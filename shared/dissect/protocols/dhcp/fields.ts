/** All fields of DHCP and BOOTP. */
import type { Layer } from '../../layer.ts';
import { AGENT_FIELDS } from './agent-fields.ts';
import { MESSAGE_FIELDS } from './message-fields.ts';
import { OPTION_FIELDS } from './option-fields.ts';
import { VENDOR_FIELDS } from './vendor-fields.ts';

export const DHCP_FIELDS = { ...MESSAGE_FIELDS, ...OPTION_FIELDS, ...AGENT_FIELDS, ...VENDOR_FIELDS } as const;

export type DhcpLayer = Layer<typeof DHCP_FIELDS>;
export type DhcpKey = keyof typeof DHCP_FIELDS;

/** A remark that an option's length is not as its kind wants it. */
export function remarkLength(layer: DhcpLayer, words: string): void {
  layer.expert('bad_length', 'error', 'Protocol', words);
}
