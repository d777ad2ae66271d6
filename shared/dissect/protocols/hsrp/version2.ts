/** HSRP version 2: a list of parts with type and length; and the signature that version 1 may carry, too. */
import type { Layer } from '../../layer.ts';
import { nameOf } from '../../values.ts';
import { type hsrpFields, OPCODES_V2, STATES_V2 } from './fields.ts';

type Own = Layer<ReturnType<typeof hsrpFields>>;
type Part = 'v2.group_state_tlv' | 'v2.interface_state_tlv' | 'v2.text_auth_tlv' | 'v2.md5_auth_tlv';

/** Type and length of the parts that are known, as the two bytes they begin with. */
const GROUP_STATE = 0x0128;
const INTERFACE_STATE = 0x0204;
const TEXT_AUTHENTICATION = 0x0308;
const MD5_AUTHENTICATION = 0x041c;

export function putVersion2(layer: Own): void {
  layer.protocolName('HSRPv2');
  layer.each(() => {
    switch (layer.peekU16()) {
      case GROUP_STATE:
        return groupState(layer);
      case INTERFACE_STATE:
        return interfaceState(layer);
      case TEXT_AUTHENTICATION:
        return textAuthentication(layer);
      case MD5_AUTHENTICATION:
        return putAuthentication(layer);
      default:
        layer.data();
        layer.cursor = layer.end;
    }
  });
}

/** Whether the signature comes next. */
export function isAuthentication(layer: Own): boolean {
  return layer.left >= 2 && layer.peekU16() === MD5_AUTHENTICATION;
}

/** Records the part's type, and below it what `body` reads. */
function part(layer: Own, key: Part, label: string, length: number, body: () => void): void {
  const end = layer.cursor + 2 + length;
  layer.take(key);
  layer.label(() => `${label} TLV: Type=${layer.peekU8(-1)} Len=${length}`);
  layer.skip(1);
  layer.inside(body);
  if (!layer.broken) layer.cursor = Math.min(end, layer.end);
}

function groupState(layer: Own): void {
  const opcode = layer.peekU8(3);
  const state = layer.peekU8(4);
  const version = layer.peekU8(5);
  layer.info(() => `${nameOf(OPCODES_V2, opcode) ?? 'Unknown'} (state ${nameOf(STATES_V2, state) ?? 'Unknown'})`);
  part(layer, 'v2.group_state_tlv', 'Group State', 40, () => {
    for (const key of ['version', 'opcode', 'state', 'ipversion', 'group', 'identifier', 'priority', 'hellotime', 'holdtime'] as const) layer.take(`v2.${key}`);
    if (layer.broken) return;
    if (version === 4) layer.take('v2.virt_ip');
    else if (version === 6) layer.take('v2.virt_ip_v6');
    else layer.data({ length: 16 });
    if (version === 4) layer.skip(12);
  });
}

function interfaceState(layer: Own): void {
  if (!layer.has(6)) return;
  const active = layer.peekU16(2);
  const passive = layer.peekU16(4);
  layer.info(() => `Interface State TLV (Act=${active} Pass=${passive})`);
  part(layer, 'v2.interface_state_tlv', 'Interface State', 4, () => {
    layer.take('v2.active_groups');
    layer.take('v2.passive_groups');
  });
}

function textAuthentication(layer: Own): void {
  const text = layer.peekText(2, 8).split('\0')[0] ?? '';
  part(layer, 'v2.text_auth_tlv', 'Text Authentication', 8, () => {
    layer.take('v2.auth_data', 8);
    layer.label(() => authenticationWords(text));
  });
}

/** Which password. */
export function authenticationWords(text: string): string {
  return `Authentication Data: ${text === 'cisco' ? 'Default' : 'Non-Default'} (${text})`;
}

export function putAuthentication(layer: Own): void {
  part(layer, 'v2.md5_auth_tlv', 'MD5 Authentication', 28, () => {
    for (const key of ['v2.md5_algorithm', 'v2.md5_padding', 'v2.md5_flags', 'md5_ip_address', 'v2.md5_key_id'] as const) layer.take(key);
    layer.take('v2.md5_auth_data', 16);
  });
}
