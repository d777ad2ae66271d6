/** Ethernet's operations and maintenance: the two ends of a link tell each other how it does. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { organizationText } from '../names/organizations.ts';

const CODES: Readonly<Record<number, string>> = { 0x00: 'Information', 0x01: 'Event Notification', 0x02: 'Variable Request', 0x03: 'Variable Response', 0x04: 'Loopback Control', 0xfe: 'Organization Specific' };
const CODE = { information: 0x00, event: 0x01, request: 0x02, response: 0x03, loopback: 0x04, organization: 0xfe } as const;
const ORGANIZATION = 0xfe;
const BRANCHES: Readonly<Record<number, string>> = { 3: 'Object', 4: 'Package', 6: 'nameBinding', 7: 'Attribute' };
const LEAVES: Readonly<Record<number, 'variable.object' | 'variable.package' | 'variable.binding' | 'variable.attribute'>> = { 3: 'variable.object', 4: 'variable.package', 6: 'variable.binding', 7: 'variable.attribute' };

const fields = () => ({
  'flags': { type: 'u16', label: 'Flags', base: 'hex' },
  'flags.linkFault': { type: 'bool', label: 'Link Fault', of: 'flags', mask: 0x0001, help: 'The sender receives nothing.' },
  'flags.dyingGasp': { type: 'bool', label: 'Dying Gasp', of: 'flags', mask: 0x0002, help: 'The sender is about to fail, mostly for want of power.' },
  'flags.criticalEvent': { type: 'bool', label: 'Critical Event', of: 'flags', mask: 0x0004 },
  'flags.localEvaluating': { type: 'bool', label: 'Local Evaluating', of: 'flags', mask: 0x0008 },
  'flags.localStable': { type: 'bool', label: 'Local Stable', of: 'flags', mask: 0x0010 },
  'flags.remoteEvaluating': { type: 'bool', label: 'Remote Evaluating', of: 'flags', mask: 0x0020 },
  'flags.remoteStable': { type: 'bool', label: 'Remote Stable', of: 'flags', mask: 0x0040 },
  'code': { type: 'u8', label: 'OAMPDU code', base: 'hex', names: CODES },
  'info.type': { type: 'u8', label: 'Type', base: 'hex', names: { 0: 'End of TLV marker', 1: 'Local Information TLV', 2: 'Remote Information TLV', [ORGANIZATION]: 'Organization Specific Information TLV' } },
  'info.length': { type: 'u8', label: 'TLV Length' },
  'info.version': { type: 'u8', label: 'TLV Version', base: 'hex' },
  'info.revision': { type: 'u16', label: 'TLV Revision' },
  'info.state': { type: 'u8', label: 'OAM DTE States', base: 'hex' },
  'info.state.parser': { type: 'u8', label: 'Parser Action', of: 'info.state', mask: 0x03, base: 'hex', names: { 0: 'Forward non-OAMPDUs to higher sublayer', 1: 'Loopback non-OAMPDUs to the lower sublayer', 2: 'Discarding non-OAMPDUs', 3: 'Reserved' } },
  'info.state.multiplexer': { type: 'bool', label: 'Multiplexer Action', of: 'info.state', mask: 0x04, states: ['Discarding non-OAMPDUs', 'Forward non-OAMPDUs to lower sublayer'] },
  'info.oamConfig': { type: 'u8', label: 'OAM Configuration', base: 'hex' },
  'info.oamConfig.mode': { type: 'bool', label: 'OAM Mode', of: 'info.oamConfig', mask: 0x01, states: ['Active', 'Passive'] },
  // Wireshark gives these bits the names of flags that stand at the same places.
  'info.oamConfig.unidirectional': { type: 'bool', label: 'Unidirectional support', name: 'oampdu.flags.dyingGasp', of: 'info.oamConfig', mask: 0x02 },
  'info.oamConfig.loopback': { type: 'bool', label: 'Loopback support', name: 'oampdu.flags.criticalEvent', of: 'info.oamConfig', mask: 0x04 },
  'info.oamConfig.events': { type: 'bool', label: 'Link event support', name: 'oampdu.flags.localEvaluating', of: 'info.oamConfig', mask: 0x08 },
  'info.oamConfig.variables': { type: 'bool', label: 'Variable retrieval', name: 'oampdu.flags.localStable', of: 'info.oamConfig', mask: 0x10 },
  'info.oampduConfig': { type: 'u16', label: 'Max OAMPDU Size', unit: 'bytes' },
  'info.oui': { type: 'u24', label: 'Organizationally Unique Identifier', show: organizationText },
  'info.vendor': { type: 'bytes', label: 'Vendor Specific Information' },
  'event.sequence': { type: 'u16', label: 'Sequence Number' },
  'event.type': { type: 'u8', label: 'Event Type', base: 'hex', names: { 0: 'End of TLV marker', 1: 'Errored Symbol Period Event', 2: 'Errored Frame Event', 3: 'Errored Frame Period Event', 4: 'Errored Frame Seconds Summary Event', [ORGANIZATION]: 'Organization Specific Event TLV' } },
  'event.length': { type: 'u8', label: 'Event Length', base: 'hex' },
  'event.length.bad': { type: 'none', label: 'Event length should be at least 2' },
  'event.timestamp': { type: 'u16', label: 'Event Timestamp (100ms)' },
  'event.espeWindow': { type: 'u64', label: 'Errored Symbol Window' },
  'event.espeThreshold': { type: 'u64', label: 'Errored Symbol Threshold' },
  'event.espeErrors': { type: 'u64', label: 'Errored Symbols' },
  'event.espeTotalErrors': { type: 'u64', label: 'Error Running Total' },
  'event.espeTotalEvents': { type: 'u32', label: 'Event Running Total' },
  'event.efeWindow': { type: 'u16', label: 'Errored Frame Window' },
  'event.efeThreshold': { type: 'u32', label: 'Errored Frame Threshold' },
  'event.efeErrors': { type: 'u32', label: 'Errored Frames' },
  'event.efeErrors.seconds': { type: 'u16', label: 'Errored Frame Seconds', name: 'oampdu.event.efeErrors' },
  'event.efeTotalErrors': { type: 'u64', label: 'Error Running Total' },
  'event.efeTotalEvents': { type: 'u32', label: 'Event Running Total' },
  'event.efpeWindow': { type: 'u32', label: 'Errored Frame Window' },
  'event.efpeThreshold': { type: 'u32', label: 'Errored Frame Threshold' },
  'event.efpeTotalErrors': { type: 'u64', label: 'Error Running Total' },
  'event.efpeTotalEvents': { type: 'u32', label: 'Event Running Total' },
  'event.efsseWindow': { type: 'u16', label: 'Errored Frame Window' },
  'event.efsseThreshold': { type: 'u16', label: 'Errored Frame Threshold' },
  'event.efsseTotalErrors': { type: 'u32', label: 'Error Running Total' },
  'event.efsseTotalEvents': { type: 'u32', label: 'Event Running Total' },
  'variable.branch': { type: 'u8', label: 'Branch', base: 'hex', names: BRANCHES },
  'variable.object': { type: 'u16', label: 'Leaf', base: 'hex' },
  'variable.package': { type: 'u16', label: 'Leaf', base: 'hex' },
  'variable.binding': { type: 'u16', label: 'Leaf', base: 'hex' },
  'variable.attribute': { type: 'u16', label: 'Leaf', base: 'hex' },
  'variable.width': { type: 'u8', label: 'Variable Width' },
  'variable.indication': { type: 'u8', label: 'Variable indication', base: 'hex' },
  'variable.value': { type: 'bytes', label: 'Variable Value' },
  'lpbk.commands': { type: 'u8', label: 'Commands', base: 'hex' },
  'lpbk.commands.enable': { type: 'bool', label: 'Enable Remote Loopback', of: 'lpbk.commands', mask: 0x01 },
  'lpbk.commands.disable': { type: 'bool', label: 'Disable Remote Loopback', of: 'lpbk.commands', mask: 0x02 },
} as const satisfies Fields);
type Own = Layer<ReturnType<typeof fields>>;
type Key = keyof ReturnType<typeof fields>;

/** What each link event tells, behind its time stamp (IEEE 802.3-2022 §57.5.3). */
const EVENTS: Readonly<Record<number, readonly Key[]>> = {
  1: ['event.espeWindow', 'event.espeThreshold', 'event.espeErrors', 'event.espeTotalErrors', 'event.espeTotalEvents'],
  2: ['event.efeWindow', 'event.efeThreshold', 'event.efeErrors', 'event.efeTotalErrors', 'event.efeTotalEvents'],
  3: ['event.efpeWindow', 'event.efpeThreshold', 'event.efeErrors', 'event.efpeTotalErrors', 'event.efpeTotalEvents'],
  4: ['event.efsseWindow', 'event.efsseThreshold', 'event.efeErrors.seconds', 'event.efsseTotalErrors', 'event.efsseTotalEvents'],
};
const OWN_INFORMATION = 2;
const VENDOR_LENGTH = 4;
const IS_INDICATION = 0x80;
/** A width of zero stands for the most that there can be. */
const MOST_WIDTH = 128;

export const oampdu = protocol({
  id: 'oampdu',
  title: 'OAMPDU',
  short: 'OAM',
  spec: 'IEEE 802.3-2022 §57.4',
  osi: 2,
  claims: [{ table: 'slow.subtype', keys: [3] }],
  fields,
  parse(layer) {
    layer.protocolName('OAM');
    layer.info(() => '');
    if (!layer.has(3)) return;
    layer.takeFlags('flags');
    const code = layer.take('code');
    const name = CODES[code] ?? 'Unknown';
    layer.info(() => `OAMPDU: ${name}`);
    layer.summary(() => `: ${name}`);
    content(layer, code);
  },
});

function content(layer: Own, code: number): void {
  if (code === CODE.information) layer.each(() => information(layer));
  else if (code === CODE.event) {
    layer.take('event.sequence');
    layer.each(() => event(layer));
  } else if (code === CODE.request || code === CODE.response) layer.each(() => variable(layer, code === CODE.response));
  else if (code === CODE.loopback) {
    layer.takeFlags('lpbk.commands');
  } else if (code === CODE.organization) layer.take('info.oui');
}

/** The rest of the frame is padding behind a type of zero. */
function isEnd(layer: Own): boolean {
  if (layer.peekU8() !== 0) return false;
  layer.cursor = layer.end;
  return true;
}

function information(layer: Own): void {
  if (isEnd(layer)) return;
  const start = layer.cursor;
  const type = layer.take('info.type');
  layer.inside(() => {
    const length = layer.take('info.length');
    if (type === ORGANIZATION) {
      layer.take('info.oui');
      const left = start + length - layer.cursor;
      if (left > 0) layer.take('info.vendor', left);
    } else if (type <= OWN_INFORMATION) ownInformation(layer);
    else layer.skip(Math.max(0, start + length - layer.cursor));
  });
}

function ownInformation(layer: Own): void {
  layer.take('info.version');
  layer.take('info.revision');
  for (const key of ['info.state', 'info.oamConfig'] as const) {
    layer.takeFlags(key);
  }
  layer.take('info.oampduConfig');
  layer.take('info.oui');
  layer.take('info.vendor', VENDOR_LENGTH);
}

function event(layer: Own): void {
  if (isEnd(layer)) return;
  const start = layer.cursor;
  const type = layer.take('event.type');
  layer.inside(() => {
    const length = layer.take('event.length');
    if (!layer.broken && length < 2) {
      layer.expert('event.length.bad', 'warn', 'Malformed', 'Event length should be at least 2');
      return;
    }
    const known = EVENTS[type];
    if (known === undefined) layer.skip(Math.max(0, start + length - layer.cursor));
    else for (const key of ['event.timestamp', ...known] as const) layer.take(key);
  });
}

function variable(layer: Own, hasValue: boolean): void {
  if (isEnd(layer)) return;
  const leaf = LEAVES[layer.take('variable.branch')];
  if (leaf === undefined) {
    layer.skip(2);
    return;
  }
  layer.take(leaf);
  if (!hasValue || layer.broken) return;
  const width = layer.peekU8();
  if ((width & IS_INDICATION) !== 0) {
    layer.put('variable.indication', width & ~IS_INDICATION, layer.cursor, 1);
    layer.skip(1);
    return;
  }
  layer.take('variable.width');
  layer.take('variable.value', width === 0 ? MOST_WIDTH : width);
}
