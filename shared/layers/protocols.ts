/**
 * Where each protocol sits, what its unit is called and what it is for. Keyed by the ids of
 * frame.protocols. A protocol that is not listed takes its layer from its own field table.
 */
import { osiLayer, type OsiNumber, type UnitName } from './model.ts';

export interface ProtocolPlace {
  /** Layers that it fills, the one whose mark it wears first. TLS fills two. */
  readonly layers: readonly [OsiNumber, ...OsiNumber[]];
  readonly unit: UnitName;
  /** `envelope`: carries another protocol and counts as overhead. `message`: what is carried. `note`: about the packet, nothing on the wire. */
  readonly role: 'envelope' | 'message' | 'note';
  /** One sentence: what this header is for. */
  readonly purpose: string;
  /** Where it is specified. */
  readonly spec: string;
}

type Row = readonly [layers: readonly [OsiNumber, ...OsiNumber[]], unit: UnitName, role: ProtocolPlace['role'], spec: string, purpose: string];

const rows: Readonly<Record<string, Row>> = {
  frame: [[1], 'bits', 'note', 'the capture file', 'What the capture adds: when the frame came, how long it was and how much of it was kept.'],
  '_ws.malformed': [[7], 'message', 'note', 'none', 'The bytes contradict the protocol; what was read before stays.'],
  '_ws.short': [[7], 'message', 'note', 'none', 'The capture kept only the start of this packet.'],
  '_ws.unreassembled': [[7], 'message', 'note', 'none', 'One part of a message; another packet shows the whole.'],

  eth: [[2], 'frame', 'envelope', 'IEEE 802.3 §3', 'Carries a packet over one link, from one network card to the next.'],
  eth_maybefcs: [[2], 'frame', 'envelope', 'IEEE 802.3 §3', 'Carries a packet over one link, from one network card to the next.'],
  vlan: [[2], 'frame', 'envelope', 'IEEE 802.1Q §9', 'Says which virtual LAN the frame belongs to, and how urgent it is.'],
  ieee8021ad: [[2], 'frame', 'envelope', 'IEEE 802.1Q §9.5', 'The tag of a provider, around the tag of its customer: one virtual LAN inside another.'],
  llc: [[2], 'frame', 'envelope', 'IEEE 802.2 §3', 'Names the protocol inside a frame that gives a length instead of a type.'],
  basicxid: [[2], 'frame', 'message', 'IEEE 802.2 §5.4.1.1.2', 'Says which kinds of service an LLC station offers.'],
  isl: [[2], 'frame', 'envelope', 'Cisco', 'Carries frames of several virtual LANs between switches; from before 802.1Q.'],
  chdlc: [[2], 'frame', 'envelope', 'Cisco', 'Carries packets over a serial line between two ends.'],
  slarp: [[2], 'frame', 'message', 'RFC 1547 §4.3.1', 'Asks for an address on a serial line, and keeps watch over it.'],
  fr: [[2], 'frame', 'envelope', 'ITU-T Q.922', 'Carries packets over virtual circuits of a provider\'s network.'],
  sll: [[2], 'frame', 'envelope', 'LINKTYPE_LINUX_SLL', 'Stands in for the link header when Linux captures on several kinds of interface at once.'],
  nflog: [[2], 'frame', 'envelope', 'LINKTYPE_NFLOG', 'Carries a packet that a rule of the Linux firewall logged, with the hook, interfaces and user it belonged to.'],
  sll2: [[2], 'frame', 'envelope', 'LINKTYPE_LINUX_SLL2', 'Stands in for the link header when Linux captures on several kinds of interface at once, and names the interface.'],
  null: [[2], 'frame', 'envelope', 'LINKTYPE_NULL', 'Four bytes that say which protocol follows; a loopback has no link of its own.'],
  loop: [[2], 'frame', 'message', 'Ethernet Configuration Testing', 'Tests whether frames come back from a station.'],
  raw: [[3], 'packet', 'note', 'LINKTYPE_RAW', 'The capture starts at the IP header: there is no link header.'],
  ppp: [[2], 'frame', 'envelope', 'RFC 1661 §2', 'Carries packets over a link between exactly two ends.'],
  lcp: [[2], 'frame', 'message', 'RFC 1661 §5', 'Both ends of a PPP link agree on the link itself, and watch over it.'],
  ipcp: [[2], 'frame', 'message', 'RFC 1332', 'Both ends of a PPP link agree on their IPv4 addresses.'],
  ipv6cp: [[2], 'frame', 'message', 'RFC 5072 §4', 'Both ends of a PPP link agree on their IPv6 interface identifiers.'],
  ccp: [[2], 'frame', 'message', 'RFC 1962', 'Both ends of a PPP link agree on how to compress or encrypt.'],
  bacp: [[2], 'frame', 'message', 'RFC 2125 §4', 'Decides whose wish counts when both ends want to add a link.'],
  osinlcp: [[2], 'frame', 'message', 'RFC 1377', 'Opens a PPP link for OSI packets.'],
  cdpcp: [[2], 'frame', 'message', 'Cisco', 'Opens a PPP link for Cisco\'s discovery.'],
  mplscp: [[2], 'frame', 'message', 'RFC 3032 §4.1', 'Opens a PPP link for MPLS.'],
  comp_data: [[2], 'frame', 'message', 'RFC 1962 §4', 'A packet that PPP compressed or encrypted.'],
  pap: [[2], 'frame', 'message', 'RFC 1334 §2', 'Proves who somebody is, with a password in plain text.'],
  chap: [[2], 'frame', 'message', 'RFC 1994', 'Proves that somebody knows a password, without sending it.'],
  pppoes: [[2], 'frame', 'envelope', 'RFC 2516 §4', 'Carries PPP over Ethernet; its 8 bytes make the MTU 1492.'],
  pppoed: [[2], 'frame', 'message', 'RFC 2516 §5', 'Finds the access concentrator before a PPPoE session.'],
  wlan: [[2], 'frame', 'envelope', 'IEEE 802.11 §9', 'Carries a packet over radio, between a station and an access point.'],
  radiotap: [[1], 'bits', 'note', 'radiotap.org', 'What the receiver measured of the radio signal.'],
  ppi: [[1], 'bits', 'note', 'CACE PPI', 'What the receiver measured of the radio signal.'],
  prism: [[1], 'bits', 'note', 'Prism', 'What the receiver measured of the radio signal.'],
  wlancap: [[1], 'bits', 'note', 'AVS', 'What the receiver measured of the radio signal.'],
  wlan_radio: [[1], 'bits', 'note', 'IEEE 802.11 §15 to §21', 'How the frame was sent over the air, in the same words whatever receiver told it.'],
  'wlan.mgt': [[2], 'frame', 'message', 'IEEE 802.11 §9.3.3', 'Stations and access points find each other, agree and part.'],
  wlan_aggregate: [[2], 'frame', 'envelope', 'IEEE 802.11 §9.3.2.2', 'Several packets in one frame: the channel is won once for all of them.'],
  stp: [[2], 'frame', 'message', 'IEEE 802.1D §9', 'Lets switches agree on paths without loops.'],
  lldp: [[2], 'frame', 'message', 'IEEE 802.1AB §8', 'A device tells its neighbour who it is.'],
  cdp: [[2], 'frame', 'message', 'Cisco', 'A device tells its neighbour who it is.'],
  slow: [[2], 'frame', 'message', 'IEEE 802.3 annex 57A', 'Bundles links and watches over them.'],
  lacp: [[2], 'frame', 'message', 'IEEE 802.1AX §6.4', 'Bundles several links into one.'],
  marker: [[2], 'frame', 'message', 'IEEE 802.1AX §6.5', 'Makes sure that nothing is under way when a conversation moves to another link.'],
  oampdu: [[2], 'frame', 'message', 'IEEE 802.3 §57', 'The two ends of a link tell each other how it does.'],
  ossp: [[2], 'frame', 'message', 'ITU-T G.8264 §11', 'Tells the neighbour how good the sender\'s clock is.'],
  macsec: [[2], 'frame', 'envelope', 'IEEE 802.1AE §9', 'Proves who sent the frame on this link, and may hide what is inside.'],
  ieee8021ah: [[2], 'frame', 'envelope', 'IEEE 802.1Q §9.7', 'A provider\'s frame around the whole frame of a customer.'],
  dtp: [[2], 'frame', 'message', 'Cisco', 'Two switches agree whether a link carries all virtual LANs or one.'],
  udld: [[2], 'frame', 'message', 'RFC 5171', 'Notices a link that works in one direction only.'],
  vtp: [[2], 'frame', 'message', 'Cisco', 'Switches tell each other which virtual LANs there are.'],
  eapol: [[2], 'frame', 'message', 'IEEE 802.1X §11', 'Asks a device who it is before it may use the link.'],
  mka: [[2], 'frame', 'message', 'IEEE 802.1X §11.11', 'Stations agree on the keys that MACsec encrypts with.'],
  eap: [[2], 'frame', 'message', 'RFC 3748 §4', 'Proves who somebody is, by one of many methods.'],
  arp: [[2], 'frame', 'message', 'RFC 826', 'Finds the hardware address that belongs to an IP address on this link.'],
  rarp: [[2], 'frame', 'message', 'RFC 903', 'Asks which IP address belongs to a hardware address.'],
  mpls: [[2], 'frame', 'envelope', 'RFC 3032 §2', 'A label by which routers forward without reading the IP header.'],

  pwach: [[2], 'frame', 'envelope', 'RFC 5586 §2.1', 'Messages of the network itself, along the path of a tunnel.'],
  pwethheuristic: [[2], 'frame', 'note', 'RFC 4448', 'A whole Ethernet frame behind MPLS labels.'],
  pwethcw: [[2], 'frame', 'envelope', 'RFC 4448 §4.6', 'Counts the frames of a wire that exists only within an MPLS network.'],
  pwethnocw: [[2], 'frame', 'note', 'RFC 4448 §4.2', 'A whole Ethernet frame behind MPLS labels.'],
  ip: [[3], 'packet', 'envelope', 'RFC 791 §3.1', 'Names the two hosts; routers forward by it, hop by hop, and count it down.'],
  ipv6: [[3], 'packet', 'envelope', 'RFC 8200 §3', 'Names the two hosts; routers forward by it, hop by hop, and count it down.'],
  'ipv6.hopopts': [[3], 'packet', 'envelope', 'RFC 8200 §4.3', 'Options that every router on the path may read.'],
  'ipv6.routing': [[3], 'packet', 'envelope', 'RFC 8200 §4.4', 'Stations that the packet must pass.'],
  'ipv6.fraghdr': [[3], 'packet', 'envelope', 'RFC 8200 §4.5', 'Says which part of a larger packet this is.'],
  'ipv6.dstopts': [[3], 'packet', 'envelope', 'RFC 8200 §4.6', 'Options for the destination alone.'],
  'ipv6.shim6': [[3], 'packet', 'envelope', 'RFC 5533', 'Lets a host change its address within a conversation.'],
  'ipv6.mipv6': [[3], 'packet', 'message', 'RFC 6275 §6.1', 'Keeps a moving host reachable.'],
  mipv6: [[3], 'packet', 'message', 'RFC 6275 §6.1', 'Keeps a moving host reachable.'],
  ah: [[3], 'packet', 'envelope', 'RFC 4302 §2', 'Proves who sent the packet; hides nothing.'],
  esp: [[3], 'packet', 'envelope', 'RFC 4303 §2', 'Encrypts what it carries: nobody on the path can read on.'],
  icmp: [[3], 'packet', 'message', 'RFC 792', 'Reports of the network itself: errors, and the echo that ping uses.'],
  icmpv6: [[3], 'packet', 'message', 'RFC 4443', 'Reports of the network itself, and in IPv6 also the search for neighbours and routers.'],
  igmp: [[3], 'packet', 'message', 'RFC 3376 §4', 'Tells routers which multicast groups somebody wants.'],
  gre: [[3], 'packet', 'envelope', 'RFC 2784 §2', 'A tunnel: carries one packet inside of another.'],
  erspan: [[2], 'frame', 'envelope', 'draft-foschiano-erspan-03', 'A copy of a frame that a switch saw, on its way to an analyzer.'],
  cmd: [[2], 'frame', 'envelope', 'draft-smith-kandula-sxp', 'Says to which security group the sender belongs.'],
  ospf: [[3], 'packet', 'message', 'RFC 2328 §A', 'Routers tell each other which links they have.'],
  eigrp: [[3], 'packet', 'message', 'RFC 7868 §6', 'Routers tell each other what they can reach.'],
  pim: [[3], 'packet', 'message', 'RFC 7761 §4.9', 'Routers build the tree along which multicast flows.'],
  vrrp: [[3], 'packet', 'message', 'RFC 5798 §5', 'Routers agree on who answers for a shared address.'],
  hsrp: [[3], 'packet', 'message', 'RFC 2281', 'Routers agree on who answers for a shared address.'],

  tcp: [[4], 'segment', 'envelope', 'RFC 9293 §3.1', 'A reliable stream between two programs: numbers every byte, acknowledges, sends again and slows down.'],
  mptcp: [[4], 'segment', 'envelope', 'RFC 8684 §3', 'One TCP connection over several paths.'],
  udp: [[4], 'datagram', 'envelope', 'RFC 768', 'Names the two programs and nothing more: no order, no repair.'],
  udplite: [[4], 'datagram', 'envelope', 'RFC 3828 §3', 'UDP whose checksum may cover a part only.'],
  sctp: [[4], 'segment', 'envelope', 'RFC 9260 §3', 'Reliable messages in several independent streams.'],
  dccp: [[4], 'datagram', 'envelope', 'RFC 4340 §5', 'Datagrams that slow down when the network is full.'],
  quic: [[4, 6, 5], 'segment', 'envelope', 'RFC 9000 §17', 'Reliable, encrypted streams over UDP: transport and TLS in one.'],
  vxlan: [[4], 'datagram', 'envelope', 'RFC 7348 §5', 'A tunnel: carries Ethernet frames of one virtual network over IP; 50 bytes with its own headers.'],
  vxlan_gpe: [[4], 'datagram', 'envelope', 'draft-ietf-nvo3-vxlan-gpe', 'A tunnel: carries frames and packets of one virtual network over IP.'],
  geneve: [[4], 'datagram', 'envelope', 'RFC 8926 §3', 'A tunnel: carries frames of one virtual network over IP.'],
  gtp: [[4], 'datagram', 'envelope', '3GPP TS 29.281', 'A tunnel: carries the packets of a mobile subscriber through the operator\'s network.'],
  gtpprime: [[4], 'datagram', 'envelope', '3GPP TS 32.295', 'Brings records for charging to where bills are made.'],
  wg: [[4], 'datagram', 'envelope', 'WireGuard', 'A tunnel that encrypts the packets of a VPN.'],

  l2tp: [[4], 'datagram', 'envelope', 'RFC 2661 §3', 'A tunnel: carries PPP sessions over IP.'],
  tls: [[6, 5], 'record', 'envelope', 'RFC 8446 §5', 'Agrees on keys, proves who the server is and encrypts what follows. It lies between two layers: sessions are layer 5, encryption is layer 6.'],
  dtls: [[6, 5], 'record', 'envelope', 'RFC 9147 §4', 'TLS over datagrams.'],
  ssl: [[6, 5], 'record', 'envelope', 'RFC 6101', 'The predecessor of TLS.'],
  ssh: [[7, 6, 5], 'message', 'message', 'RFC 4253', 'A remote terminal with its own encryption.'],
  ber: [[6], 'message', 'message', 'X.690', 'How values of ASN.1 are written: type, length, content.'],
  x509af: [[6], 'record', 'message', 'RFC 5280', 'A certificate: binds a key to a name, signed by an authority.'],
  x509if: [[6], 'record', 'message', 'X.501', 'A name in a certificate or directory.'],
  'pkcs-1': [[6], 'record', 'message', 'RFC 8017', 'A key, or the parameters of an algorithm.'],
  pkix1explicit: [[6], 'record', 'message', 'RFC 5280', 'A part of a certificate.'],
  pkix1implicit: [[6], 'record', 'message', 'RFC 5280', 'A part of a certificate.'],
  pkixqualified: [[6], 'record', 'message', 'RFC 3739', 'A statement in a certificate about its subject.'],
  logotypecertextn: [[6], 'record', 'message', 'RFC 3709', 'Pictures in a certificate.'],
  ns_cert_exts: [[6], 'record', 'message', 'Netscape', 'An old extension of a certificate.'],
  x509sat: [[6], 'record', 'message', 'RFC 5280', 'A part of a certificate.'],
  x509ce: [[6], 'record', 'message', 'RFC 5280', 'An extension of a certificate.'],
  ocsp: [[6], 'message', 'message', 'RFC 6960', 'Tells whether a certificate is still good.'],
  nbss: [[5], 'message', 'envelope', 'RFC 1002 §4.3', 'Opens a session between two names and cuts its stream into messages.'],
  rpc: [[5], 'message', 'envelope', 'RFC 5531', 'Calls a procedure on another computer.'],
  dcerpc: [[5], 'message', 'envelope', 'DCE 1.1 RPC', 'Calls a procedure on another computer.'],
  json: [[6], 'message', 'message', 'RFC 8259', 'A format: names and values as text.'],
  xml: [[6], 'message', 'message', 'W3C XML 1.0', 'A format: elements and attributes as text.'],
  'data-text-lines': [[6], 'message', 'message', 'none', 'Text, shown line by line.'],
  'urlencoded-form': [[6], 'message', 'message', 'HTML (form submission)', 'A format: the fields of a form as names and values.'],
  mime_multipart: [[6], 'message', 'message', 'RFC 2046 §5.1', 'Several parts in one message, each with its own format.'],
  'image-gif': [[6], 'message', 'message', 'GIF89a', 'A picture.'],
  'image-jfif': [[6], 'message', 'message', 'JFIF', 'A picture.'],
  png: [[6], 'message', 'message', 'W3C PNG', 'A picture.'],
  media: [[6], 'message', 'message', 'none', 'Content of a type that is shown as bytes.'],

  dns: [[7], 'message', 'message', 'RFC 1035 §4', 'Turns a name into addresses.'],
  mdns: [[7], 'message', 'message', 'RFC 6762', 'DNS without a server: everybody on the link is asked.'],
  llmnr: [[7], 'message', 'message', 'RFC 4795', 'Asks the neighbours on this link for a name.'],
  nbns: [[7], 'message', 'message', 'RFC 1002 §4.2', 'Turns a NetBIOS name into an address.'],
  http: [[7], 'message', 'message', 'RFC 9112', 'Asks for something by its name, and answers with a status and content.'],
  http2: [[7], 'message', 'message', 'RFC 9113', 'HTTP with several requests at once in one connection.'],
  http3: [[7], 'message', 'message', 'RFC 9114', 'HTTP over QUIC.'],
  websocket: [[7], 'message', 'message', 'RFC 6455', 'Messages in both directions over what began as HTTP.'],
  dhcp: [[7], 'message', 'message', 'RFC 2131', 'Gives a host its address and what else it needs.'],
  dhcpv6: [[7], 'message', 'message', 'RFC 8415', 'Gives a host its IPv6 address and what else it needs.'],
  ntp: [[7], 'message', 'message', 'RFC 5905 §7', 'Sets clocks.'],
  snmp: [[7], 'message', 'message', 'RFC 3416', 'Reads and sets values of network devices.'],
  syslog: [[7], 'message', 'message', 'RFC 5424', 'Lines of a log, sent elsewhere.'],
  tftp: [[7], 'message', 'message', 'RFC 1350', 'Copies a file, block by block.'],
  ftp: [[7], 'message', 'message', 'RFC 959', 'Commands that copy files; the files use a second connection.'],
  'ftp-data': [[7], 'message', 'message', 'RFC 959', 'A file on its way.'],
  smtp: [[7], 'message', 'message', 'RFC 5321', 'Hands mail on.'],
  imf: [[7], 'message', 'message', 'RFC 5322', 'A mail: its header and its text.'],
  pop: [[7], 'message', 'message', 'RFC 1939', 'Fetches mail.'],
  imap: [[7], 'message', 'message', 'RFC 9051', 'Reads mail that stays on the server.'],
  nntp: [[7], 'message', 'message', 'RFC 3977', 'Reads and writes news.'],
  finger: [[7], 'message', 'message', 'RFC 1288', 'Asks who is logged in somewhere.'],
  whois: [[7], 'message', 'message', 'RFC 3912', 'Asks who has registered a name or addresses.'],
  gopher: [[7], 'message', 'message', 'RFC 1436', 'Menus that lead to files and to other menus.'],
  irc: [[7], 'message', 'message', 'RFC 1459', 'Talk in channels, a line each.'],
  telnet: [[7], 'message', 'message', 'RFC 854', 'A remote terminal in plain text.'],
  sip: [[7], 'message', 'message', 'RFC 3261', 'Sets up calls.'],
  sdp: [[7], 'message', 'message', 'RFC 8866', 'Says what sound and pictures a call is made of, and where to send them.'],
  rtp: [[7], 'message', 'message', 'RFC 3550', 'Carries sound and pictures in real time.'],
  rtcp: [[7], 'message', 'message', 'RFC 3550 §6', 'Reports how well RTP arrives.'],
  rtpevent: [[7], 'message', 'message', 'RFC 4733', 'A pressed key or a tone, as a number instead of sound.'],
  stun: [[7], 'message', 'message', 'RFC 8489', 'Asks from which address one is seen, and relays where nothing else works.'],
  classicstun: [[7], 'message', 'message', 'RFC 3489', 'Asks from which address one is seen; STUN as it was before 2008.'],
  bgp: [[7], 'message', 'message', 'RFC 4271 §4', 'Networks tell each other what they can reach.'],
  rip: [[7], 'message', 'message', 'RFC 2453', 'Routers tell each other how far things are.'],
  ldap: [[7], 'message', 'message', 'RFC 4511', 'Looks things up in a directory.'],
  'gss-api': [[7], 'message', 'message', 'RFC 2743', 'Proves who somebody is, by a mechanism that both sides know.'],
  spnego: [[7], 'message', 'message', 'RFC 4178', 'Agrees on how to prove who somebody is.'],
  'spnego-krb5': [[7], 'message', 'message', 'RFC 4121', 'Kerberos as a mechanism: tickets, and data that they protect.'],
  ntlmssp: [[7], 'message', 'message', 'MS-NLMP', 'Proves who somebody is, by challenge and response.'],
  cldap: [[7], 'message', 'message', 'RFC 1798', 'Looks for a server of a directory.'],
  kerberos: [[7], 'message', 'message', 'RFC 4120', 'Proves who somebody is, by tickets.'],
  nbdgm: [[5], 'datagram', 'envelope', 'RFC 1002 §4.4', 'A datagram between two names instead of two addresses.'],
  browser: [[7], 'message', 'message', 'MS-BRWS', 'Computers of a Windows network tell each other who is there.'],
  smb: [[7], 'message', 'message', 'MS-CIFS', 'Files and printers of another computer.'],
  smb2: [[7], 'message', 'message', 'MS-SMB2', 'Files and printers of another computer.'],
  nfs: [[7], 'message', 'message', 'RFC 8881', 'Files of another computer.'],
  ssdp: [[7], 'message', 'message', 'UPnP', 'Devices on the link find each other.'],
  radius: [[7], 'message', 'message', 'RFC 2865', 'Asks whether somebody may use the network.'],
  mqtt: [[7], 'message', 'message', 'MQTT 5.0', 'Messages of small devices, by topic.'],
  resp: [[7], 'message', 'message', 'RESP2', 'Commands of a Redis database, and answers to them.'],
  mysql: [[7], 'message', 'message', 'MySQL Internals Manual', 'Commands of a MySQL database, and rows as answers.'],
  pgsql: [[7], 'message', 'message', 'PostgreSQL 15 §55', 'Commands of a PostgreSQL database, and rows as answers.'],
  mbtcp: [[7], 'message', 'envelope', 'Modbus Messaging on TCP/IP 1.0b', 'Numbers Modbus messages and says how long they are and for which device.'],
  mbudp: [[7], 'message', 'envelope', 'Modbus Messaging on TCP/IP 1.0b', 'Numbers Modbus messages and says for which device they are.'],
  modbus: [[7], 'message', 'message', 'Modbus Application Protocol 1.1b3', 'Reads and sets values of machines.'],
  proxy: [[5], 'message', 'envelope', 'PROXY protocol 2.4', 'A proxy tells who is behind it, before the connection itself begins.'],
  data: [[7], 'message', 'message', 'none', 'Bytes whose protocol is not known; they belong to the program.'],
};

/** Place of a protocol, or null for one that the model does not know by name. */
export function knownPlace(protocol: string): ProtocolPlace | null {
  const row = Object.hasOwn(rows, protocol) ? rows[protocol] : undefined;
  if (row === undefined) return null;
  const [layers, unit, role, spec, purpose] = row;
  return { layers, unit, role, spec, purpose };
}

/** @param osi the layer that the protocol's own field table gives; used where the model does not know the protocol. */
export function placeOf(protocol: string, osi: OsiNumber): ProtocolPlace {
  return knownPlace(protocol) ?? { layers: [osi], unit: osiLayer(osi).unit, role: osi <= 4 ? 'envelope' : 'message', spec: 'none', purpose: '' };
}

/** Who on the way looks at it. Formats lie on the layer of encryption, but the programs themselves read them. */
export function readersOf({ layers, role }: ProtocolPlace): string {
  const [main] = layers;
  return osiLayer(main === 6 && role === 'message' ? 7 : main).readBy;
}
