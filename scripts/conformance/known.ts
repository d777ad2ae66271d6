/** Differences from tshark 4.0.17 that are known and meant; each with its reason. */

export interface KnownDifference {
  /** Field names this holds for; frame.protocols stands for the chain. */
  readonly field: RegExp;
  /** Only in packets with such a frame.protocols (tshark's); in all where absent. */
  readonly chain?: RegExp;
  /** Only in such packets of captures and fixtures ("folder/name#number", "fixture#number"); in all where absent. */
  readonly where?: RegExp;
  /** Only in packets in which tshark has this field, with such a value; in all where absent. */
  readonly having?: { readonly field: string; readonly value?: RegExp };
  readonly reason: string;
}

/** A packet as tshark sees it. */
export interface ReferencePacket {
  /** frame.protocols */
  readonly chain: string;
  /** The packet, as reports name it. */
  readonly where: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export const KNOWN: readonly KnownDifference[] = [
  { field: /^ipv6\.routing\.srh\.(tlv|hmac)/, reason: 'tshark 4.0 passes over what follows the segments of a segment routing header (RFC 8754 §2.1)' },
  { field: /(_resolved|\.oui)$/, reason: 'names from the vendor table: comes with name resolution' },
  { field: /^_ws\./, reason: "tshark's own pseudo fields; remarks are compared by their field names" },
  { field: /^frame\.coloring_rule\./, reason: 'colouring rules are ours' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, chain: /:(snmp|tftp)/, reason: 'these dissectors make a conversation with an open port of their own, before that of the packet: its number is skipped, and the first packet comes before the first' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, having: { field: 'udp.port', value: /^(69|161)$/ }, reason: 'the same in packets of these conversations that are not recognised' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, chain: /:udp:(s?rtp|s?rtcp|rpc|hart_ip)\b/, reason: 'the protocol that sets these up makes a conversation with an open port at each end: each direction then counts as a stream of its own, or begins with the wrong packet' },
  { field: /^(frame\.protocols|tcp\.(segment.*|reassembled.*))$/, chain: /:tcp$/, where: /\/(tls2|mongo)\.pcap#/, having: { field: 'tcp.port', value: /^(443|27017)$/ }, reason: 'tshark takes bytes in the middle of TLS, and of MongoDB on the port that it shares with TLS, for a record of SSL 2.0 (first byte from 0x80 on, third below 9), and keeps up to 32 KB for it' },
  { field: /^tcp\.completeness$/, where: /\/tickedoffdeveloper\.pcapng#/, having: { field: 'tcp.stream', value: /^1$/ }, reason: 'an FTP data connection that the control connection announced: tshark does not count the SYN of a conversation that it knows before, and calls a whole connection incomplete' },
  { field: /^tcp\.analysis\.initial_rtt$/, having: { field: 'tcp.analysis.initial_rtt', value: /^-/ }, reason: 'a negative time: in its second pass tshark measures from a SYN that comes later in the capture' },
  { field: /^eth\.(trailer|padding|fcs|fcs\.status)$/, chain: /:(f5ethtrailer|vssmonitoring)\b/, reason: 'trailers that load balancers and taps add, which are still to come' },
  { field: /^eth\.(trailer|padding|padding_bad|fcs|fcs\.status)$/, chain: /:lldp/, reason: 'tshark 4.0.17 counts three bytes too few and takes the end of the message for an Ethernet trailer' },
  { field: /^cdp\.ip_prefix$/, reason: 'tshark 4.0.17 reads the network with its bytes the wrong way round' },
  { field: /^mptcp$/, reason: 'the option, which is a protocol to tshark: PDML writes those as no fields' },
  { field: /^(ssh|sftp)\.|^frame\.protocols$/, having: { field: 'ssh.mac.status' }, reason: 'a packet that tshark decrypts with the keys in the capture: decryption is still to come' },
  { field: /^(rtp|rtcp|srtcp|data)\.|^frame\.protocols$/, having: { field: 'rtp.setup-method', value: /^(RANAP|H245|ZRTP)$/ }, reason: 'a call set up by a protocol that is still to come' },
  { field: /^(rtcp|srtcp)\./, having: { field: 'rtcp.setup-method', value: /^(RANAP|H245|ZRTP)$/ }, reason: 'a call set up by a protocol that is still to come' },
  { field: /^rtp\.(fragment|fragments|fragment\.count|reassembled\..*|reassembled_in|payload)$|^frame\.protocols$/, chain: /:rtp:data/, where: /h223-over-rtp/, reason: 'the streams are H.223, which is still to come: tshark puts their packets together for it' },
];

const byField = new Map<string, readonly KnownDifference[]>();

/** Asked of every field of every packet, and most fields have none. */
function knownOf(field: string): readonly KnownDifference[] {
  let known = byField.get(field);
  if (known === undefined) {
    known = KNOWN.filter((difference) => difference.field.test(field));
    byField.set(field, known);
  }
  return known;
}

function has(values: ReferencePacket['values'], { field, value }: NonNullable<KnownDifference['having']>): boolean {
  const found = values.get(field);
  return found !== undefined && (value === undefined || found.some((text) => value.test(text)));
}

export function isKnown(field: string, { chain, where, values }: ReferencePacket): boolean {
  return knownOf(field).some(({ chain: chains, where: places, having }) => (chains?.test(chain) ?? true) && (places?.test(where) ?? true) && (having === undefined || has(values, having)));
}
