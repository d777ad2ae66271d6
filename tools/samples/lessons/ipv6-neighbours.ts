import { concat, ip, latin1, mac, u16, u32, u8, zeros } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { echo, type IcmpMessage, icmpv6, ipPacket, ipProtocol, ndpOption } from '../../craft/internet.ts';
import { ethernet, etherType } from '../../craft/link.ts';
import type { Wire } from '../../craft/wire.ts';
import { filler, newWire, type Sample } from '../sample.ts';

const laptopMac = mac('02:00:5e:10:00:24');
const routerMac = mac('02:00:5e:10:00:01');
const linkLocal = ip('fe80::5eff:fe10:24');
const routerLinkLocal = ip('fe80::1');
const globalAddress = ip('2001:db8:1:1::24');
const server = ip('2001:db8:9::80');
const unspecified = ip('::');
const allNodes = ip('ff02::1');
const allRouters = ip('ff02::2');

const type = { echoRequest: 128, echoReply: 129, routerSolicitation: 133, routerAdvertisement: 134, neighbourSolicitation: 135, neighbourAdvertisement: 136, unreachable: 1 } as const;
const option = { sourceLinkAddress: 1, targetLinkAddress: 2, prefix: 3, mtu: 5, dnsServers: 25 } as const;
const advertisementFlag = { router: 0x80000000, solicited: 0x40000000, override: 0x20000000 } as const;

export const ipv6Neighbours: Sample = {
  id: 'ipv6-neighbours',
  title: 'IPv6 neighbours',
  description: 'From the first address to the first ping: neighbours, router, prefix.',
  layers: [2, 3],
  interfaceName: 'eth0',
  frames,
};

/** Neighbour discovery is only valid with hop limit 255: nothing from beyond the link can have it (RFC 4861 §6.1). */
interface Message extends IcmpMessage {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly fromRouter?: boolean;
  readonly ttl?: number;
  readonly comment?: string;
}

function frames(): readonly CapturedFrame[] {
  const wire = newWire(6);
  solicit(wire, unspecified, linkLocal, 'Duplicate address detection: who has the address that I am about to take? Silence means that it is free.');
  wire.wait(1_000_000);
  findRouter(wire);
  wire.wait(350_000);
  solicit(wire, unspecified, globalAddress);
  wire.wait(1_004_000);
  findLinkAddress(wire);
  ping(wire);
  return wire.frames;
}

function put(wire: Wire, { from, to, fromRouter = false, ttl = 255, comment, ...message }: Message): void {
  const payload = ipPacket({ source: from, destination: to, protocol: ipProtocol.icmpv6, ttl, payload: icmpv6(from, to, message) });
  const source = fromRouter ? routerMac : laptopMac;
  const unicast = fromRouter ? laptopMac : routerMac;
  const destination = to[0] === 0xff ? multicastMac(to) : unicast;
  wire.put(ethernet({ source, destination, type: etherType.ipv6, payload }), comment);
}

/** RFC 2464 §7 */
function multicastMac(address: Uint8Array): Uint8Array {
  return concat(u8(0x33, 0x33), address.subarray(12));
}

/** RFC 4291 §2.7.1: few machines listen to it, so few are woken. */
function solicitedNode(target: Uint8Array): Uint8Array {
  return concat(ip('ff02::1:ff00:0').subarray(0, 13), target.subarray(13));
}

function solicit(wire: Wire, from: Uint8Array, target: Uint8Array, comment?: string): void {
  // A sender without an address must not tell its link address either (RFC 4861 §4.3).
  const options = from === unspecified ? u8() : ndpOption(option.sourceLinkAddress, laptopMac);
  put(wire, { from, to: solicitedNode(target), type: type.neighbourSolicitation, body: concat(target, options), ...(comment === undefined ? {} : { comment }) });
}

function findRouter(wire: Wire): void {
  put(wire, { from: linkLocal, to: allRouters, type: type.routerSolicitation, body: ndpOption(option.sourceLinkAddress, laptopMac) });
  wire.wait(4_200);
  const onLinkAndAutonomous = 0xc0;
  const prefix = ndpOption(option.prefix, concat(u8(64, onLinkAndAutonomous), u32(86400), u32(14400), u32(0), ip('2001:db8:1:1::')));
  const mtu = ndpOption(option.mtu, concat(u16(0), u32(1500)));
  const dnsServers = ndpOption(option.dnsServers, concat(u16(0), u32(3600), ip('2001:db8:1:1::53')));
  put(wire, {
    from: routerLinkLocal,
    to: allNodes,
    fromRouter: true,
    type: type.routerAdvertisement,
    // Hop limit 64, no flags, router lifetime 1800 s.
    rest: concat(u8(64, 0), u16(1800)),
    body: concat(zeros(8), ndpOption(option.sourceLinkAddress, routerMac), mtu, prefix, dnsServers),
    comment: 'The router says what to use: prefix, MTU, name server, and itself as the way out.',
  });
}

function findLinkAddress(wire: Wire): void {
  solicit(wire, linkLocal, routerLinkLocal);
  wire.wait(610);
  const flags = advertisementFlag.router + advertisementFlag.solicited + advertisementFlag.override;
  put(wire, { from: routerLinkLocal, to: linkLocal, fromRouter: true, type: type.neighbourAdvertisement, rest: u32(flags), body: concat(routerLinkLocal, ndpOption(option.targetLinkAddress, routerMac)) });
  wire.wait(40);
}

function ping(wire: Wire): void {
  const body = latin1(filler(56));
  for (let sequence = 1; sequence <= 3; sequence++) {
    put(wire, { from: globalAddress, to: server, ttl: 64, type: type.echoRequest, rest: echo(0x1d0c, sequence), body });
    wire.wait(23_500);
    put(wire, { from: server, to: globalAddress, fromRouter: true, ttl: 55, type: type.echoReply, rest: echo(0x1d0c, sequence), body });
    wire.wait(977_000);
  }
  const nobody = ip('2001:db8:9::99');
  const request = icmpv6(globalAddress, nobody, { type: type.echoRequest, rest: echo(0x1d0d, 1), body });
  put(wire, { from: globalAddress, to: nobody, ttl: 64, type: type.echoRequest, rest: echo(0x1d0d, 1), body });
  wire.wait(3_020_000);
  const quoted = ipPacket({ source: globalAddress, destination: nobody, protocol: ipProtocol.icmpv6, ttl: 56, payload: request });
  put(wire, { from: ip('2001:db8:9::1'), to: globalAddress, fromRouter: true, ttl: 56, type: type.unreachable, code: 3, body: quoted, comment: 'Address unreachable: the last router asked for it and nobody answered.' });
}
