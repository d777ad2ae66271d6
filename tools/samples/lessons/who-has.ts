import { ip, mac } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { arp, type ArpMessage, broadcast, ethernet, etherType } from '../../craft/link.ts';
import type { Station, Wire } from '../../craft/wire.ts';
import { gateway, laptop, newWire, type Sample } from '../sample.ts';

const unknownMac = new Uint8Array(6);
const unspecified = ip('0.0.0.0');
const printer: Station = { mac: mac('02:00:5e:10:00:40'), ip: ip('192.168.1.40') };
/** Somebody gave a camera the printer's address by hand. */
const camera: Station = { mac: mac('02:00:5e:10:00:77'), ip: printer.ip };
const absentIp = ip('192.168.1.99');

export const whoHas: Sample = {
  id: 'who-has',
  title: 'Who has this address?',
  description: 'ARP answered, unanswered and announced, and an address claimed twice.',
  layers: [2],
  interfaceName: 'eth0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(5);
  request(wire, laptop, gateway.ip);
  wire.wait(480);
  reply(wire, gateway, laptop);
  wire.wait(1_500_000);
  for (let attempt = 0; attempt < 3; attempt++) {
    request(wire, laptop, absentIp, attempt === 2 ? 'Nobody has it: after three questions the sender reports "no route to host".' : undefined);
    wire.wait(1_024_000);
  }
  newcomer(wire);
  wire.wait(3_000_000);
  duplicate(wire);
  return wire.frames;
}

function put(wire: Wire, source: Station, destination: Uint8Array, message: ArpMessage, comment?: string): void {
  const sentHere = source === laptop;
  wire.put(ethernet({ source: source.mac, destination, type: etherType.arp, payload: arp(message), padded: !sentHere }), comment);
}

function request(wire: Wire, from: Station, targetIp: Uint8Array, comment?: string): void {
  put(wire, from, broadcast, { operation: 'request', senderMac: from.mac, senderIp: from.ip, targetMac: unknownMac, targetIp }, comment);
}

function reply(wire: Wire, from: Station, to: Station, comment?: string): void {
  put(wire, from, to.mac, { operation: 'reply', senderMac: from.mac, senderIp: from.ip, targetMac: to.mac, targetIp: to.ip }, comment);
}

/** Three probes without a sender address, then two announcements (RFC 5227 §2.1.1, §2.3). */
function newcomer(wire: Wire): void {
  for (let probe = 0; probe < 3; probe++) {
    request(wire, { ...printer, ip: unspecified }, printer.ip, probe === 0 ? 'A probe: "does anybody use this address?", asked without having one.' : undefined);
    wire.wait(1_300_000);
  }
  for (let announcement = 0; announcement < 2; announcement++) {
    request(wire, printer, printer.ip, announcement === 0 ? 'An announcement: sender and target are the same address.' : undefined);
    wire.wait(2_000_000);
  }
}

function duplicate(wire: Wire): void {
  request(wire, laptop, printer.ip);
  wire.wait(390);
  reply(wire, printer, laptop);
  wire.wait(210);
  reply(wire, camera, laptop, 'A second answer, from another link address: the last one heard wins, and traffic goes astray.');
  wire.wait(30_000_000);
  request(wire, camera, printer.ip);
  wire.wait(300);
  request(wire, printer, printer.ip, 'The owner defends its address once (RFC 5227 section 2.4).');
}
