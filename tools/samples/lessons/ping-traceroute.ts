import { ip, latin1, zeros } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { echo, icmp, ipPacket, ipProtocol } from '../../craft/internet.ts';
import { udp } from '../../craft/transport.ts';
import type { Station, Wire } from '../../craft/wire.ts';
import { filler, gateway, laptop, newWire, remote, type Sample } from '../sample.ts';

const target = remote('203.0.113.80', 5);
/** The routers on the way, nearest first; the third never answers. */
const routers: readonly (Station | null)[] = [gateway, remote('198.51.100.1', 1), null, remote('203.0.113.1', 3), remote('203.0.113.17', 4)];
const probesPerHop = 3;
const firstProbePort = 33434;

export const pingTraceroute: Sample = {
  id: 'ping-traceroute',
  title: 'Ping and traceroute',
  description: 'One echo lost, then the path hop by hop, out of the errors of routers.',
  layers: [3],
  interfaceName: 'wlan0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(8);
  ping(wire);
  traceroute(wire);
  return wire.frames;
}

function ping(wire: Wire): void {
  const body = latin1(filler(56));
  for (let sequence = 1; sequence <= 5; sequence++) {
    const lost = sequence === 3;
    wire.putIp(laptop, target, { protocol: ipProtocol.icmp, payload: icmp({ type: 8, rest: echo(2201, sequence), body }) }, {}, lost ? 'This one was never answered.' : undefined);
    wire.wait(27_000 + sequence * 310);
    if (!lost) wire.putIp(target, laptop, { protocol: ipProtocol.icmp, payload: icmp({ type: 0, rest: echo(2201, sequence), body }), identification: 7000 + sequence, dontFragment: false });
    wire.wait(973_000);
  }
}

/** Each probe may cross one router more; the one that has to drop it says so (RFC 792, RFC 1812 §4.3.3). */
function traceroute(wire: Wire): void {
  for (let hop = 0; hop <= routers.length; hop++) {
    for (let probe = 0; probe < probesPerHop; probe++) {
      const port = firstProbePort + hop * probesPerHop + probe;
      const sent = sendProbe(wire, hop + 1, port);
      const roundTripUs = 1_200 + hop * 5_300 + probe * 140;
      const router = hop < routers.length ? routers[hop] : target;
      if (!router) {
        wire.wait(5_000_000);
        continue;
      }
      wire.wait(roundTripUs);
      answerProbe(wire, router, sent);
      wire.wait(80);
    }
  }
}

function sendProbe(wire: Wire, ttl: number, port: number): Uint8Array {
  const payload = udp({ source: laptop.ip, destination: target.ip }, { sourcePort: 44700, destinationPort: port }, zeros(32));
  return wire.putIp(laptop, target, { protocol: ipProtocol.udp, payload, ttl, identification: port, dontFragment: false });
}

/** The quoted header shows the TTL as it arrived: 1, or what was left of it at the target. */
function answerProbe(wire: Wire, router: Station, sent: Uint8Array): void {
  const atTarget = router === target;
  const quoted = ipPacket({ source: laptop.ip, destination: ip('203.0.113.80'), protocol: ipProtocol.udp, ttl: 1, identification: ((sent[4] ?? 0) << 8) | (sent[5] ?? 0), dontFragment: false, payload: sent.subarray(20) });
  const message = icmp(atTarget ? { type: 3, code: 3, body: quoted } : { type: 11, code: 0, body: quoted.subarray(0, 28) });
  wire.putIp(router, laptop, { protocol: ipProtocol.icmp, payload: message, dontFragment: false, trafficClass: 0xc0, identification: (sent[5] ?? 0) + 5000 }, { padded: true });
}
