/** Slow protocols of organizations; ITU-T uses it to say how good a clock the sender's is (ESMC). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { organizationText, ouiText } from '../names/organizations.ts';

const ITU_T = 0x0019a7;
const SYNCHRONIZATION = 1;
const EVENT_FLAG = 0x08;
const QUALITY = 1;
const EXTENDED = 2;
const EXTENDED_LENGTH = 20;
/** Quality levels in networks of option I (ITU-T G.781 §5.4). */
const LEVELS: Readonly<Record<number, string>> = { 0x2: 'QL-PRC', 0x4: 'QL-SSU-A', 0x8: 'QL-SSU-B', 0xb: 'QL-SEC', 0xf: 'QL-DNU' };

const fields = () => ({
  'oui': { type: 'u24', label: 'OUI', show: organizationText },
  'itu.subtype': { type: 'u16', label: 'ITU-T OSSP Subtype', base: 'hex', names: { 1: 'ESMC' } },
  'esmc.version': { type: 'u8', label: 'Version', mask: 0xf0, base: 'hex' },
  'esmc.event_flag': { type: 'bool', size: 1, label: 'Event Flag', mask: EVENT_FLAG, states: ['Time-critical Event ESMC PDU', 'Information ESMC PDU'] },
  'esmc.reserved_bits': { type: 'u8', label: 'Reserved', mask: 0x07, base: 'hex' },
  'esmc.reserved': { type: 'u24', label: 'Reserved', base: 'hex' },
  'esmc.tlv': { type: 'none', label: 'ESMC TLV' },
  'esmc.tlv_type': { type: 'u8', label: 'TLV Type', base: 'hex', names: { [QUALITY]: 'Quality Level', [EXTENDED]: 'Extended Quality Level' } },
  'esmc.tlv_length': { type: 'u16', label: 'TLV Length', base: 'hex' },
  'esmc.tlv_ql_unused': { type: 'u8', label: 'Unused', mask: 0xf0, base: 'hex' },
  'esmc.tlv_ql_ssm': { type: 'u8', label: 'SSM Code', mask: 0x0f, base: 'hex', names: LEVELS, help: 'How good the clock is that the sender follows.' },
  'esmc.tlv_ext_ql_essm': { type: 'u8', label: 'Enhanced SSM Code', base: 'hex' },
  'esmc.tlv_ext_ql_clockid': { type: 'u64', label: 'SyncE clockID', base: 'hex' },
  'esmc.tlv_ext_ql_flag_reserved': { type: 'u8', label: 'Reserved', mask: 0xfc, base: 'hex' },
  'esmc.tlv_ext_ql_flag_chain': { type: 'bool', size: 1, label: 'Partial chain', mask: 0x02 },
  'esmc.tlv_ext_ql_flag_mixed': { type: 'bool', size: 1, label: 'Mixed EEC/eEEC clocks', mask: 0x01 },
  'esmc.tlv_ext_ql_eeec': { type: 'u8', label: 'Cascaded eEECs' },
  'esmc.tlv_ext_ql_eec': { type: 'u8', label: 'Cascaded EECs' },
  'esmc.tlv_ext_ql_reserved': { type: 'u40', label: 'Reserved', base: 'hex' },
  'esmc.ql': { type: 'u16', label: 'Quality Level', base: 'hex' },
  'esmc.padding': { type: 'bytes', label: 'Padding' },
  'esmc.version.compliance': { type: 'none', label: 'Version must claim compliance with Version 1 of this protocol' },
  'esmc.tlv_type.ql_type_not_first': { type: 'none', label: 'TLV Type must be QL because QL TLV must be first in the ESMC PDU' },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;

export const organizationSpecific = protocol({
  id: 'ossp',
  title: 'Organization Specific Slow Protocol',
  short: 'OSSP',
  spec: 'IEEE 802.3-2022 annex 57B, ITU-T G.8264 §11.3',
  osi: 2,
  claims: [{ table: 'slow.subtype', keys: [0x0a] }],
  fields,
  parse(layer) {
    layer.protocolName('OSSP');
    const organization = layer.take('oui');
    if (layer.broken) return;
    layer.info(() => `OUI: ${ouiText(organization)}`);
    if (organization !== ITU_T) return;
    const subtype = layer.take('itu.subtype');
    if (subtype === SYNCHRONIZATION) layer.inside(() => synchronization(layer));
  },
});

function synchronization(layer: Own): void {
  layer.protocolName('ESMC');
  if (!layer.has(1)) return;
  const head = layer.peekU8();
  layer.at('esmc.version', layer.cursor);
  if (head >> 4 !== 1) layer.expert('esmc.version.compliance', 'error', 'Malformed', 'Version must claim compliance with Version 1 of this protocol');
  layer.at('esmc.event_flag', layer.cursor);
  layer.take('esmc.reserved_bits');
  layer.take('esmc.reserved');
  if (layer.broken) return;
  layer.info(() => `Event:${(head & EVENT_FLAG) === 0 ? 'Information' : 'Time-critical'}`);
  const level = layer.group('esmc.tlv', () => quality(layer));
  if (layer.broken) return;
  layer.infoAppend(() => `, ${LEVELS[level] ?? `QL-INV${level}`}`);
  layer.putGenerated('esmc.ql', level, layer.cursor - 1, 1);
  if (layer.peekU8() === EXTENDED && layer.left >= EXTENDED_LENGTH) layer.group('esmc.tlv', () => extended(layer));
  padding(layer);
}

function quality(layer: Own): number {
  if (layer.take('esmc.tlv_type') !== QUALITY) layer.expert('esmc.tlv_type.ql_type_not_first', 'error', 'Malformed', 'TLV Type must be QL because QL TLV must be first in the ESMC PDU');
  layer.take('esmc.tlv_length');
  layer.at('esmc.tlv_ql_unused', layer.cursor);
  return layer.take('esmc.tlv_ql_ssm');
}

function extended(layer: Own): void {
  for (const key of ['esmc.tlv_type', 'esmc.tlv_length', 'esmc.tlv_ext_ql_essm', 'esmc.tlv_ext_ql_clockid'] as const) layer.take(key);
  for (const key of ['esmc.tlv_ext_ql_flag_reserved', 'esmc.tlv_ext_ql_flag_chain'] as const) layer.at(key, layer.cursor);
  for (const key of ['esmc.tlv_ext_ql_flag_mixed', 'esmc.tlv_ext_ql_eeec', 'esmc.tlv_ext_ql_eec', 'esmc.tlv_ext_ql_reserved'] as const) layer.take(key);
}

function padding(layer: Own): void {
  const length = layer.left;
  if (length <= 0) return;
  layer.at('esmc.padding', layer.cursor, length);
  layer.data();
}
