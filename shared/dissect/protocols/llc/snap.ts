/**
 * The Subnetwork Access Protocol: five bytes that name an organization and one of the numbers
 * that it gave out (IEEE 802-2014 §9.5, RFC 1042). Follows LLC, and NLPIDs in Frame Relay.
 */
import { sharedFields } from '../../define.ts';
import type { FieldSpec, TableName } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { ORGANIZATIONS } from '../../names/organizations.ts';
import { BLUETOOTH_PIDS, CISCO_PIDS, IANA_PIDS, NORTEL_PIDS } from './names.ts';

/** Numbers of organizations that Wireshark shows in fields of their own, whoever carries the header. */
export const snapFields = () => sharedFields('llc', {
  'cisco_pid': { type: 'u16', label: 'PID', base: 'hex', names: CISCO_PIDS },
  'nortel_pid': { type: 'u16', label: 'PID', base: 'hex', names: NORTEL_PIDS },
  'extreme_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x00bb: 'EDP' } },
  'apple_atalk_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x809b: 'AppleTalk' } },
  'foundry_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x2000: 'FDP' } },
  'force10_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x0111: 'FEFD' } },
  'hpteam_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 2: 'HP Teaming heartbeat' } },
  'wlccp_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0: 'WLCCP' } },
  'iana_pid': { type: 'u16', label: 'PID', base: 'hex', names: IANA_PIDS },
  'apple_awdl_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 0x0800: 'AWDL' } },
  'bluetooth_pid': { type: 'u16', label: 'PID', base: 'hex', names: BLUETOOTH_PIDS },
  'cimetrics_pid': { type: 'u16', label: 'PID', base: 'hex', names: { 1: 'U+4 MS/TP' } },
});

const ETHERTYPES_OF = { xerox: 0x000000, ciscoBridge: 0x0000f8 } as const;
const IEEE = 0x0080c2;
const HP_TEAMING = 0x00805f;

const PID_FIELDS: Readonly<Record<number, keyof ReturnType<typeof snapFields>>> = {
  0x00000c: 'cisco_pid', 0x000081: 'nortel_pid', 0x00e02b: 'extreme_pid', 0x080007: 'apple_atalk_pid', 0x00e052: 'foundry_pid', 0x0001e8: 'force10_pid', 0x00805f: 'hpteam_pid',
  0x004096: 'wlccp_pid', 0x00005e: 'iana_pid', 0x0017f2: 'apple_awdl_pid', 0x001958: 'bluetooth_pid', 0x001090: 'cimetrics_pid',
};

/** Bridged frames (RFC 2684 §5.2): what the IEEE numbers. */
const BRIDGED = { ethernetWithFcs: 0x0001, ethernet: 0x0007, bpdu: 0x000e } as const;

export type SnapLayer = Layer<Readonly<Record<keyof ReturnType<typeof snapFields> | 'snap.oui' | 'snap.type' | 'snap.pid', FieldSpec>>>;

/**
 * Reads the header at the cursor and hands the payload on. `isInformation`: the frame carries
 * data; only then organizations are asked. `padding`: bytes that stand before a bridged frame.
 */
export function takeSnap(layer: SnapLayer, isInformation: boolean, padding: number): void {
  if (!layer.has(5)) {
    layer.take('snap.oui');
    return;
  }
  const organization = layer.take('snap.oui') as number;
  const number = layer.peekU16();
  layer.infoAppend(() => `; SNAP, OUI 0x${hex(organization, 6)} (${ORGANIZATIONS[organization] ?? 'Unknown'}), PID 0x${hex(number, 4)}`);
  if (organization === ETHERTYPES_OF.xerox || organization === ETHERTYPES_OF.ciscoBridge) etherType(layer, number, isInformation);
  else if (organization === IEEE) bridged(layer, number, padding);
  else ofOrganization(layer, organization, number, isInformation || organization === HP_TEAMING);
}

function etherType(layer: SnapLayer, number: number, isInformation: boolean): void {
  if (isInformation) layer.take('snap.type');
  else layer.skip(2);
  // EtherTypes are looked up as such, but leave no name of their own in frame.protocols here.
  const next = isInformation ? layer.run.registry.lookup('ethertype', number) : undefined;
  if (next) layer.call(next.id);
  else layer.data();
}

function bridged(layer: SnapLayer, number: number, padding: number): void {
  layer.take('snap.pid');
  if (number === BRIDGED.ethernet || number === BRIDGED.ethernetWithFcs) {
    layer.skip(padding);
    if (!layer.broken) layer.call('eth');
  } else if (number === BRIDGED.bpdu) layer.call('stp');
  else layer.data();
}

function ofOrganization(layer: SnapLayer, organization: number, number: number, mayAsk: boolean): void {
  const key = PID_FIELDS[organization];
  layer.take(key ?? 'snap.pid');
  if (key === undefined || !mayAsk || !layer.tryNext(`llc.${key}` as TableName, number)) layer.data();
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
