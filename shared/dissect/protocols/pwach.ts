/** Associated channel: messages of the network itself, sent along the path of an MPLS tunnel or pseudowire. */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';

/** IANA, MPLS generalized associated channel types. */
const CHANNELS: Readonly<Record<number, string>> = {
  0x0000: 'Reserved', 0x0001: 'Management Communication Channel (MCC)', 0x0002: 'Signaling Communication Channel (SCC)', 0x0007: 'BFD Control, PW-ACH-encapsulated (BFD Without IP/UDP Headers)',
  0x000a: 'MPLS Direct Loss Measurement (DLM)', 0x000b: 'MPLS Inferred Loss Measurement (ILM)', 0x000c: 'MPLS Delay Measurement (DM)', 0x000d: 'MPLS Direct Loss and Delay Measurement (DLM+DM)',
  0x000e: 'MPLS Inferred Loss and Delay Measurement (ILM+DM)', 0x0021: 'IPv4 packet', 0x0022: 'MPLS-TP CC message', 0x0023: 'MPLS-TP CV message', 0x0024: 'Protection State Coordination Protocol (PSC)',
  0x0025: 'On-Demand CV', 0x0026: 'LI', 0x0027: 'Pseudo-Wire OAM', 0x0028: 'MAC Withdraw OAM Msg', 0x0057: 'IPv6 packet', 0x0058: 'Fault OAM', 0x8902: 'MPLS-TP OAM',
};
const PACKETS: Readonly<Record<number, string>> = { 0x0021: 'ip', 0x0057: 'ipv6' };

const fields = () => ({
  'ver': { type: 'u8', label: 'Channel Version', mask: 0x0f },
  'res': { type: 'u8', label: 'Reserved', base: 'hex' },
  'channel_type': { type: 'u16', label: 'Channel Type', base: 'hex', names: CHANNELS, help: 'Which protocol the message is.' },
  'res.not_zero': { type: 'none', label: 'Error: this byte is reserved and must be 0' },
} as const satisfies Fields);

export const associatedChannel = protocol({
  id: 'pwach',
  title: 'Associated Channel Header',
  short: 'PW Associated Channel',
  spec: 'RFC 5586 §2.1, RFC 4385 §5',
  osi: 2,
  fields,
  parse(layer) {
    if (!layer.has(4)) return;
    layer.take('ver');
    if (layer.take('res') !== 0) layer.expert('res.not_zero', 'error', 'Malformed', 'Error: this byte is reserved and must be 0');
    const type = layer.take('channel_type');
    layer.summary(() => CHANNELS[type] ?? `Unknown (0x${type.toString(16).padStart(4, '0')})`);
    const packet = PACKETS[type];
    if (packet === undefined) layer.next('pwach.channel_type', type);
    else layer.call(packet);
  },
});
