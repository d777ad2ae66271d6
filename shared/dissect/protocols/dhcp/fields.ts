/** All fields of DHCP and BOOTP. */
import type { Layer } from '../../layer.ts';
import { agentFields } from './agent-fields.ts';
import { messageFields } from './message-fields.ts';
import { optionFields } from './option-fields.ts';
import { vendorFields } from './vendor-fields.ts';

export const dhcpFields = () => ({ ...messageFields(), ...optionFields(), ...agentFields(), ...vendorFields() } as const);

export type DhcpLayer = Layer<ReturnType<typeof dhcpFields>>;
export type DhcpKey = keyof ReturnType<typeof dhcpFields>;

/** A remark that an option's length is not as its kind wants it. */
export function remarkLength(layer: DhcpLayer, words: string): void {
  layer.expert('bad_length', 'error', 'Protocol', words);
}
