/**
 * Made-up packets for the development page and for tests: a short story (ARP, DNS, a TLS connection
 * with a retransmission, a refused port) that repeats for as many packets as are asked for.
 * Rows and trees agree with the bytes, so that selecting, colouring and copying can be seen at work.
 */
import type { PacketDetail, PacketLayer, Row, TreeNode } from '../../shared/ipc/contract.ts';

interface StoryLine {
  readonly us: number;
  readonly protocol: string;
  readonly layer: Row['layer'];
  /** Name of the default colouring rule that it matches. */
  readonly rule: string;
  readonly length: number;
  readonly info: string;
  readonly outward: boolean;
  readonly flow: 'arp' | 'dns' | 'tls' | 'web' | 'api';
  readonly severity?: Row['severity'];
}

const story: readonly StoryLine[] = [
  { us: 0, protocol: 'ARP', layer: 2, rule: 'ARP', length: 42, info: 'Who has 192.168.1.1? Tell 192.168.1.24', outward: true, flow: 'arp' },
  { us: 412, protocol: 'ARP', layer: 2, rule: 'ARP', length: 60, info: '192.168.1.1 is at e4:c3:2a:90:b8:5c', outward: false, flow: 'arp' },
  { us: 689, protocol: 'DNS', layer: 7, rule: 'UDP', length: 76, info: 'Standard query 0x8c1f A shop.example.com', outward: true, flow: 'dns' },
  { us: 3920, protocol: 'DNS', layer: 7, rule: 'UDP', length: 92, info: 'Standard query response 0x8c1f A shop.example.com A 203.0.113.10', outward: false, flow: 'dns' },
  { us: 4311, protocol: 'TCP', layer: 4, rule: 'TCP begins or ends', length: 74, info: '51516 → 443 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=3141596 TSecr=0 WS=128', outward: true, flow: 'tls', severity: 'chat' },
  { us: 32504, protocol: 'TCP', layer: 4, rule: 'TCP begins or ends', length: 74, info: '443 → 51516 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 MSS=1460 SACK_PERM TSval=884210065 TSecr=3141596 WS=128', outward: false, flow: 'tls', severity: 'chat' },
  { us: 32561, protocol: 'TCP', layer: 4, rule: 'TCP', length: 66, info: '51516 → 443 [ACK] Seq=1 Ack=1 Win=64256 Len=0 TSval=3141624 TSecr=884210065', outward: true, flow: 'tls' },
  { us: 33204, protocol: 'TLSv1.3', layer: 6, rule: 'TCP', length: 583, info: 'Client Hello (SNI=shop.example.com)', outward: true, flow: 'tls' },
  { us: 61377, protocol: 'TCP', layer: 4, rule: 'TCP', length: 66, info: '443 → 51516 [ACK] Seq=1 Ack=518 Win=64768 Len=0 TSval=884210094 TSecr=3141625', outward: false, flow: 'tls' },
  { us: 63858, protocol: 'TLSv1.3', layer: 6, rule: 'TCP', length: 851, info: 'Server Hello, Change Cipher Spec, Application Data, Application Data', outward: false, flow: 'tls' },
  { us: 282430, protocol: 'TCP', layer: 4, rule: 'TCP in trouble', length: 196, info: '[TCP Retransmission] 51516 → 443 [PSH, ACK] Seq=598 Ack=1057 Win=64128 Len=130', outward: true, flow: 'tls', severity: 'warn' },
  { us: 310655, protocol: 'TCP', layer: 4, rule: 'TCP', length: 66, info: '443 → 51516 [ACK] Seq=1057 Ack=728 Win=64640 Len=0', outward: false, flow: 'tls' },
  { us: 318200, protocol: 'TCP', layer: 4, rule: 'TCP begins or ends', length: 74, info: '51520 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM WS=128', outward: true, flow: 'web', severity: 'chat' },
  { us: 330702, protocol: 'HTTP', layer: 7, rule: 'HTTP', length: 153, info: 'GET /status HTTP/1.1 ', outward: true, flow: 'web' },
  { us: 344107, protocol: 'HTTP/JSON', layer: 7, rule: 'HTTP', length: 152, info: 'HTTP/1.1 200 OK , JavaScript Object Notation (application/json)', outward: false, flow: 'web' },
  { us: 402114, protocol: 'TCP', layer: 4, rule: 'TCP', length: 1514, info: '443 → 51516 [ACK] Seq=1057 Ack=728 Win=64640 Len=1448 [TCP segment of a reassembled PDU]', outward: false, flow: 'tls' },
  { us: 616010, protocol: 'ICMP', layer: 3, rule: 'ICMP', length: 90, info: 'Echo (ping) request id=0x2a11, seq=1/256, ttl=64', outward: true, flow: 'arp' },
  { us: 658002, protocol: 'TCP', layer: 4, rule: 'TCP begins or ends', length: 74, info: '51522 → 8081 [SYN] Seq=0 Win=64240 Len=0 MSS=1460', outward: true, flow: 'api', severity: 'chat' },
  { us: 699600, protocol: 'TCP', layer: 4, rule: 'TCP reset', length: 60, info: '8081 → 51522 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0', outward: false, flow: 'api', severity: 'warn' },
  { us: 712044, protocol: 'ICMP', layer: 3, rule: 'ICMP error', length: 102, info: 'Destination unreachable (Port unreachable)', outward: false, flow: 'arp', severity: 'note' },
];

const startSeconds = 1_795_248_301;
const roundUs = 1_000_000;
const macs = { client: '3c:22:fb:7a:1e:04', gateway: 'e4:c3:2a:90:b8:5c' } as const;
const peers: Readonly<Record<StoryLine['flow'], { readonly address: string; readonly port: number; readonly clientPort: number }>> = {
  arp: { address: '192.168.1.1', port: 0, clientPort: 0 },
  dns: { address: '192.168.1.1', port: 53, clientPort: 40001 },
  tls: { address: '203.0.113.10', port: 443, clientPort: 51516 },
  web: { address: '203.0.113.80', port: 80, clientPort: 51520 },
  api: { address: '198.51.100.7', port: 8081, clientPort: 51522 },
};
const client = '192.168.1.24';

function lineOf(number: number): StoryLine {
  return story[(number - 1) % story.length]!;
}

function conversationOf(number: number): string | null {
  const { flow } = lineOf(number);
  const round = Math.floor((number - 1) / story.length);
  if (flow === 'arp') return null;
  return flow === 'dns' ? `udp ${round}` : `tcp ${round * 3 + ['tls', 'web', 'api'].indexOf(flow)}`;
}

export function fakeRow(number: number): Row {
  const line = lineOf(number);
  const micros = Math.floor((number - 1) / story.length) * roundUs + line.us;
  const peer = peers[line.flow].address;
  const ends = line.protocol === 'ARP' ? [macs.client, number % 2 === 1 ? 'ff:ff:ff:ff:ff:ff' : macs.gateway] : [client, peer];
  return {
    number,
    time: { seconds: startSeconds + Math.floor(micros / 1e6), nanos: (micros % 1e6) * 1000 },
    source: (line.outward ? ends[0] : ends[1]) ?? '',
    destination: (line.outward ? ends[1] : ends[0]) ?? '',
    protocol: line.protocol,
    wireLength: line.length,
    capturedLength: line.length,
    info: line.info,
    layer: line.layer,
    rule: line.rule,
    severity: line.severity ?? null,
    conversation: conversationOf(number),
    provisional: false,
    fields: [],
  };
}

interface Builder {
  readonly nodes: TreeNode[];
  readonly layers: PacketLayer[];
}

function add({ nodes, layers }: Builder, depth: number, label: string, field: string, title: string, start: number, length: number, more: Partial<TreeNode> = {}): void {
  nodes.push({ depth, label, field, title, filter: field, value: label.split(': ')[1] ?? '', source: length > 0 ? 0 : -1, start, length, layer: layers.length - 1, generated: false, severity: null, link: 0, ...more });
}

/** Detail and bytes of a packet: Ethernet, IPv4 and TCP or UDP to the letter, payload made up. */
export function fakePacket(number: number): { readonly detail: PacketDetail; readonly bytes: Uint8Array } {
  const row = fakeRow(number);
  const line = lineOf(number);
  const bytes = Uint8Array.from({ length: row.capturedLength }, (_, index) => (index * 73 + number * 31 + (index >> 3)) & 0xff);
  const builder: Builder = { nodes: [], layers: [] };
  addFrame(builder, row);
  addEthernet(builder, row, bytes);
  if (line.protocol !== 'ARP') addIp(builder, row, bytes);
  if (line.flow !== 'arp') addTransport(builder, row, line, bytes);
  addPayload(builder, row, line, bytes);
  const conversation = row.conversation === null ? null : conversationSpan(number, row.conversation, line);
  return { detail: { number, row, layers: builder.layers, nodes: builder.nodes, sources: [{ name: 'Frame', length: bytes.length }], provisional: false, conversation, terms: { source: row.source === '' ? '' : `ip.src == ${row.source}`, destination: '', protocol: row.protocol.toLowerCase(), conversations: [{ title: 'TCP', filter: 'tcp' }] } }, bytes };
}

function conversationSpan(number: number, id: string, { flow }: StoryLine): PacketDetail['conversation'] {
  const round = number - 1 - ((number - 1) % story.length);
  const own = story.flatMap((line, index) => (line.flow === flow ? [round + index + 1] : []));
  return { protocol: id.startsWith('tcp') ? 'tcp' : 'udp', stream: Number(id.split(' ')[1]), firstPacket: own[0] ?? number, lastPacket: own.at(-1) ?? number, packets: own.length };
}

function addFrame(builder: Builder, { number, wireLength }: Row): void {
  builder.layers.push({ protocol: 'frame', title: 'Frame', summary: `${wireLength} bytes`, osi: 1, source: 0, start: 0, headerLength: 0, length: wireLength });
  add(builder, 0, `Frame ${number}: ${wireLength} bytes on wire (${wireLength * 8} bits), ${wireLength} captured`, 'frame', 'Frame', 0, wireLength);
  add(builder, 1, `Frame Number: ${number}`, 'frame.number', 'Frame Number', 0, 0);
  add(builder, 1, `Frame Length: ${wireLength} bytes`, 'frame.len', 'Frame length on the wire', 0, 0);
}

function addEthernet(builder: Builder, row: Row, bytes: Uint8Array): void {
  const [src, dst] = row.protocol === 'ARP' ? [row.source, row.destination] : row.source === client ? [macs.client, macs.gateway] : [macs.gateway, macs.client];
  const type = row.protocol === 'ARP' ? 0x0806 : 0x0800;
  bytes.set([...macBytes(dst), ...macBytes(src), type >> 8, type & 0xff]);
  builder.layers.push({ protocol: 'eth', title: 'Ethernet II', summary: `${src} → ${dst}`, osi: 2, source: 0, start: 0, headerLength: 14, length: bytes.length });
  add(builder, 0, `Ethernet II, Src: ${src}, Dst: ${dst}`, 'eth', 'Ethernet', 0, 14);
  add(builder, 1, `Destination: ${dst}`, 'eth.dst', 'Destination', 0, 6);
  add(builder, 1, `Source: ${src}`, 'eth.src', 'Source', 6, 6);
  add(builder, 1, `Type: ${type === 0x0800 ? 'IPv4' : 'ARP'} (0x${type.toString(16).padStart(4, '0')})`, 'eth.type', 'Type', 12, 2);
}

function macBytes(mac: string): number[] {
  return mac.split(':').map((pair) => Number.parseInt(pair, 16));
}

function addIp(builder: Builder, { source, destination }: Row, bytes: Uint8Array): void {
  const total = bytes.length - 14;
  bytes.set([0x45, 0, total >> 8, total & 0xff, 0x4c, 0x16, 0x40, 0, 64, 6, 0xee, 0xdd, ...source.split('.').map(Number), ...destination.split('.').map(Number)], 14);
  builder.layers.push({ protocol: 'ip', title: 'IPv4', summary: `${source} → ${destination}`, osi: 3, source: 0, start: 14, headerLength: 20, length: total });
  add(builder, 0, `Internet Protocol Version 4, Src: ${source}, Dst: ${destination}`, 'ip', 'Internet Protocol Version 4', 14, 20);
  add(builder, 1, '0100 .... = Version: 4', 'ip.version', 'Version', 14, 1);
  add(builder, 1, '.... 0101 = Header Length: 20 bytes (5)', 'ip.hdr_len', 'Header Length', 14, 1);
  add(builder, 1, `Total Length: ${total}`, 'ip.len', 'Total Length', 16, 2);
  add(builder, 1, '010. .... = Flags: 0x2, Don’t fragment', 'ip.flags', 'Flags', 20, 1);
  add(builder, 2, '0... .... = Reserved bit: Not set', 'ip.flags.rb', 'Reserved bit', 20, 1);
  add(builder, 2, '.1.. .... = Don’t fragment: Set', 'ip.flags.df', 'Don’t fragment', 20, 1);
  add(builder, 2, '..0. .... = More fragments: Not set', 'ip.flags.mf', 'More fragments', 20, 1);
  add(builder, 1, 'Time to Live: 64', 'ip.ttl', 'Time to Live', 22, 1);
  add(builder, 1, `Source Address: ${source}`, 'ip.src', 'Source Address', 26, 4);
  add(builder, 1, `Destination Address: ${destination}`, 'ip.dst', 'Destination Address', 30, 4);
}

function addTransport(builder: Builder, row: Row, line: StoryLine, bytes: Uint8Array): void {
  const { port, clientPort } = peers[line.flow];
  const [source, destination] = line.outward ? [clientPort, port] : [port, clientPort];
  const udp = line.flow === 'dns';
  const header = udp ? 8 : 32;
  bytes.set([source >> 8, source & 0xff, destination >> 8, destination & 0xff], 34);
  const title = udp ? 'User Datagram Protocol' : 'Transmission Control Protocol';
  const id = udp ? 'udp' : 'tcp';
  builder.layers.push({ protocol: id, title: udp ? 'UDP' : 'TCP', summary: `port ${source} → ${destination}`, osi: 4, source: 0, start: 34, headerLength: header, length: bytes.length - 34 });
  add(builder, 0, `${title}, Src Port: ${source}, Dst Port: ${destination}`, id, title, 34, header);
  add(builder, 1, `Source Port: ${source}`, `${id}.srcport`, 'Source Port', 34, 2);
  add(builder, 1, `Destination Port: ${destination}`, `${id}.dstport`, 'Destination Port', 36, 2);
  add(builder, 1, `[Stream index: ${row.conversation?.split(' ')[1] ?? ''}]`, `${id}.stream`, 'Stream index', 0, 0, { generated: true });
  if (row.severity !== 'warn') return;
  add(builder, 1, '[SEQ/ACK analysis]', 'tcp.analysis', 'SEQ/ACK analysis', 0, 0, { generated: true });
  add(builder, 2, '[This frame is a (suspected) retransmission]', 'tcp.analysis.retransmission', 'Retransmission', 0, 0, { generated: true, severity: 'warn' });
  add(builder, 2, `[Retransmission of packet: ${Math.max(1, row.number - 3)}]`, 'tcp.analysis.rto_frame', 'RTO based on delta from frame', 0, 0, { generated: true, link: Math.max(1, row.number - 3) });
}

function addPayload(builder: Builder, row: Row, line: StoryLine, bytes: Uint8Array): void {
  const start = line.flow === 'dns' ? 42 : line.flow === 'arp' ? (line.protocol === 'ARP' ? 14 : 34) : 66;
  if (row.layer === 4 || bytes.length <= start) return;
  const name = new TextEncoder().encode('shop.example.com');
  const nameStart = Math.min(bytes.length - name.length, start + 127);
  if (line.protocol === 'TLSv1.3') bytes.set(name, nameStart);
  const length = bytes.length - start;
  const title = line.protocol === 'TLSv1.3' ? 'Transport Layer Security' : line.protocol;
  builder.layers.push({ protocol: line.protocol.toLowerCase(), title: line.protocol === 'TLSv1.3' ? 'TLS record' : line.protocol, summary: row.info, osi: row.layer, source: 0, start, headerLength: Math.min(5, length), length });
  add(builder, 0, title, line.protocol === 'TLSv1.3' ? 'tls' : line.protocol.toLowerCase(), title, start, length);
  if (line.protocol !== 'TLSv1.3') return add(builder, 1, row.info, '', '', start, length);
  add(builder, 1, 'TLSv1.3 Record Layer: Handshake Protocol: Client Hello', 'tls.record', 'Record Layer', start, length);
  add(builder, 2, 'Content Type: Handshake (22)', 'tls.record.content_type', 'Content Type', start, 1);
  add(builder, 2, 'Handshake Protocol: Client Hello', 'tls.handshake', 'Handshake Protocol', start + 5, length - 5);
  add(builder, 3, 'Extension: server_name (len=21)', 'tls.handshake.extension.type', 'Extension', nameStart - 9, 25);
  add(builder, 4, 'Server Name Type: host_name (0)', 'tls.handshake.extensions_server_name_type', 'Server Name Type', nameStart - 3, 1);
  add(builder, 4, 'Server Name: shop.example.com', 'tls.handshake.extensions_server_name', 'Server Name', nameStart, 16);
  add(builder, 4, `[Resolved by DNS in packet ${Math.max(1, row.number - 4)}: 203.0.113.10]`, 'dns.response_in', 'Resolved', 0, 0, { generated: true, link: Math.max(1, row.number - 4) });
}
