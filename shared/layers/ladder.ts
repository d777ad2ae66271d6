/**
 * The ladder of a packet: for every rung of a layer model what fills it, or why nothing does.
 * An empty rung is told, never hidden: what is missing teaches as much as what is there.
 */
import type { Envelope, LayerSpan, PacketEnvelopes } from './envelopes.ts';
import type { Facts } from './facts.ts';
import { headlineOf } from './headlines.ts';
import { layerModel, osiLayer, type LayerModelId, type ModelRung, type OsiNumber } from './model.ts';
import { physicalText } from './physical.ts';
import { placeOf } from './protocols.ts';

export interface Rung {
  readonly name: string;
  /** OSI numbers that it covers, highest first. */
  readonly osi: readonly OsiNumber[];
  /**
   * `present`: a header of its own. `spanned`: inside a protocol that fills the rung above, too.
   * `absent`: nothing in this packet.
   */
  readonly presence: 'present' | 'spanned' | 'absent';
  /** Protocols, or in two or three words why there is none. */
  readonly title: string;
  readonly text: string;
  /** "32 B", "0 B", or "" where there is nothing to count. */
  readonly bytes: number | null;
  /** Layer of the packet that a click selects; -1 for none. */
  readonly layer: number;
}

interface Packet {
  readonly layers: readonly LayerSpan[];
  readonly envelopes: PacketEnvelopes;
  readonly facts: Facts;
}

/** Rungs from the top down. */
export function ladderOf(model: LayerModelId, packet: Packet): readonly Rung[] {
  return layerModel(model).rungs.map((rung) => rungOf(model, rung, packet));
}

function rungOf(model: LayerModelId, rung: ModelRung, packet: Packet): Rung {
  const filling = layersAt(packet, ([own]) => own !== undefined && rung.osi.includes(own));
  if (filling.length > 0) return presentRung(model, rung, packet, filling);
  const spanning = layersAt(packet, (layers) => layers.slice(1).some((number) => rung.osi.includes(number)));
  const through = spanning[0];
  if (through !== undefined) {
    const title = packet.layers[through]?.title ?? '';
    return { name: rung.name, osi: rung.osi, presence: 'spanned', title: `inside ${title}`, text: `No header of its own: spans layers ${placeOf(packet.layers[through]?.protocol ?? '', 7).layers.slice(0, 2).join(' and ')}`, bytes: 0, layer: through };
  }
  const absence = absenceOf(rung, packet);
  return { name: rung.name, osi: rung.osi, presence: 'absent', layer: -1, ...absence };
}

/** Indices of the packet's layers, outermost first, whose place satisfies the condition. */
function layersAt(packet: Packet, matches: (layers: readonly OsiNumber[]) => boolean): number[] {
  const found: number[] = [];
  packet.layers.forEach((layer, index) => {
    const place = placeOf(layer.protocol, layer.osi as OsiNumber);
    if (place.role !== 'note' && !packet.envelopes.quoted.has(index) && matches(place.layers)) found.push(index);
  });
  return found;
}

function presentRung(model: LayerModelId, rung: ModelRung, packet: Packet, filling: readonly number[]): Rung {
  const titles: { readonly title: string; count: number }[] = [];
  for (const index of filling) {
    const title = packet.layers[index]?.title ?? '';
    const last = titles.at(-1);
    if (last?.title === title) last.count += 1;
    else titles.push({ title, count: 1 });
  }
  const layer = filling.at(-1) ?? -1;
  // LLC has nothing to say; the header around it has.
  const said = filling.toReversed().map((index) => headlineOf(packet.layers[index]?.protocol ?? '', packet.facts, index));
  const headline = quotes(packet, filling) ? 'quotes the packet that it is about' : (said.find((text) => text !== '') ?? '');
  const question = model === 'osi' ? osiLayer(rung.osi[0] as OsiNumber).question : '';
  return {
    name: rung.name,
    osi: rung.osi,
    presence: 'present',
    title: titles.map(({ title, count }) => (count > 1 ? `${count} × ${title}` : title)).join(' + '),
    text: [question, model === 'real' ? rung.remark : '', headline, model === 'tcp-ip' && headline === '' ? rung.remark : ''].filter((part) => part !== '').join(' · '),
    bytes: bytesOf(packet, filling),
    layer,
  };
}

function quotes(packet: Packet, filling: readonly number[]): boolean {
  const [first] = packet.envelopes.quoted;
  return first !== undefined && filling.includes(first - 1);
}

/** Headers of what carries something; the whole of what is carried. */
function bytesOf(packet: Packet, filling: readonly number[]): number {
  let bytes = 0;
  const visit = (envelope: Envelope, counted: boolean): void => {
    const own = filling.includes(envelope.layer);
    const isCarrier = envelope.role === 'envelope' && envelope.osi <= 4;
    if (own && !counted) bytes += isCarrier ? envelope.header : envelope.length;
    // What lies inside of a counted message is counted with it.
    envelope.children.forEach((child) => { visit(child, counted || (own && !isCarrier)); });
  };
  packet.envelopes.outermost.forEach((envelope) => { visit(envelope, false); });
  for (const index of packet.envelopes.elsewhere) {
    if (filling.includes(index) && bytes === 0) bytes += packet.layers[index]?.length ?? 0;
  }
  return bytes;
}

interface Absence {
  readonly title: string;
  readonly text: string;
  readonly bytes: number | null;
}

function absenceOf(rung: ModelRung, packet: Packet): Absence {
  const top = rung.osi[0] ?? 7;
  const protocols = new Set(packet.layers.map((layer) => layer.protocol));
  const none = (title: string, text: string): Absence => ({ title, text, bytes: null });
  if (top === 1) return physicalAbsence(packet);
  if (top === 2) return none('not in the capture', protocols.has('raw') ? 'Captured as raw IP: the link header was left out' : 'The capture starts above the link');
  if (top === 3) return none('not used', networkAbsence(protocols));
  if (top === 4) return none('not used', transportAbsence(packet, protocols));
  return upperAbsence(top, packet, protocols);
}

function physicalAbsence(packet: Packet): Absence {
  const link = packet.layers.find((layer) => layer.protocol !== 'frame')?.protocol ?? '';
  const { wire } = packet.envelopes;
  return { title: 'not in the capture', text: physicalText(link), bytes: wire === null ? null : wire.preamble + wire.padding + wire.checksum };
}

function networkAbsence(protocols: ReadonlySet<string>): string {
  if (protocols.has('arp')) return 'ARP works for it: finds the hardware address of an IP address';
  if (protocols.has('stp') || protocols.has('lldp')) return 'Switches talk among themselves on this link only';
  return 'No packet inside this frame that routers would read';
}

function transportAbsence(packet: Packet, protocols: ReadonlySet<string>): string {
  if (protocols.has('icmp') || protocols.has('icmpv6')) return 'ICMP rides directly on IP: it has no ports';
  if (protocols.has('arp')) return 'ARP rides directly on the frame: it has no ports';
  if (protocols.has('igmp')) return 'IGMP rides directly on IP: it has no ports';
  const offset = packet.facts.number('ip.frag_offset') ?? packet.facts.number('ipv6.fraghdr.offset') ?? 0;
  if (offset > 0) return 'A later fragment: the ports are in the first one';
  if (protocols.has('esp')) return 'Encrypted by IPsec';
  if (!protocols.has('ip') && !protocols.has('ipv6')) return 'Nothing between programs in this frame';
  return 'Not in this packet';
}

function upperAbsence(top: OsiNumber, packet: Packet, protocols: ReadonlySet<string>): Absence {
  const none = (title: string, text: string): Absence => ({ title, text, bytes: null });
  const layer = top === 7 ? 'program' : top === 6 ? 'format' : 'session';
  if (protocols.has('tls') && top === 7) return tlsAbsence(packet);
  const isBareTransport = (protocols.has('tcp') || protocols.has('udp')) && packet.envelopes.payload === 0;
  if (isBareTransport) return none('nothing to carry', top === 7 ? bareSegmentText(packet) : 'No data in this segment');
  if (protocols.has('arp') || protocols.has('icmp') || protocols.has('icmpv6')) return none('not used', top === 7 ? 'The network talks about itself: no program asked' : `No ${layer} of its own`);
  if (protocols.has('http') || protocols.has('dns')) {
    return none('not used', top === 6 ? 'The message itself says how it is written' : 'No header of its own: the connection is the session');
  }
  return none('not used', top === 7 ? 'No message of a program in this packet' : 'No header of its own in this packet');
}

function tlsAbsence(packet: Packet): Absence {
  const alpn = packet.facts.all('tls.handshake.extensions_alpn_str');
  const isHandshake = packet.facts.has('tls.handshake.type');
  const text = alpn.length > 0 ? `ALPN offers ${alpn.join(', ')}` : isHandshake ? 'TLS comes first; the program waits' : 'Encrypted: readable with the session keys only';
  return { title: isHandshake ? 'not visible yet' : 'not readable', text, bytes: null };
}

function bareSegmentText({ facts }: Packet): string {
  if (facts.isSet('tcp.flags.syn')) return 'Opening: the program’s data comes after the handshake';
  if (facts.isSet('tcp.flags.reset')) return 'A reset carries no data';
  if (facts.isSet('tcp.flags.fin')) return 'Closing: no more data from this side';
  return 'Only an acknowledgment: TCP talks to TCP';
}
