/** Differences from tshark 4.0.17 that are known and meant; each with its reason. */

export interface KnownDifference {
  /** Field names this holds for. */
  readonly field: RegExp;
  /** Only in packets with such a frame.protocols; in all where absent. */
  readonly chain?: RegExp;
  readonly reason: string;
}

export const KNOWN: readonly KnownDifference[] = [
  { field: /^ipv6\.routing\.srh\.(tlv|hmac)/, reason: 'tshark 4.0 passes over what follows the segments of a segment routing header (RFC 8754 §2.1)' },
  { field: /(_resolved|\.oui)$/, reason: 'names from the vendor table: comes with name resolution' },
  { field: /^_ws\./, reason: "tshark's own pseudo fields; remarks are compared by their field names" },
  { field: /^frame\.coloring_rule\./, reason: 'colouring rules are ours' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, chain: /:(snmp|tftp)/, reason: 'these dissectors make a conversation with an open port of their own, before that of the packet: its number is skipped, and the first packet comes before the first' },
  { field: /^eth\.(trailer|padding|padding_bad|fcs|fcs\.status)$/, chain: /:lldp/, reason: 'tshark 4.0.17 counts three bytes too few and takes the end of the message for an Ethernet trailer' },
  { field: /^cdp\.ip_prefix$/, reason: 'tshark 4.0.17 reads the network with its bytes the wrong way round' },
];

/** @param chain frame.protocols */
export function isKnown(field: string, chain = ''): boolean {
  return KNOWN.some((known) => known.field.test(field) && (known.chain === undefined || known.chain.test(chain)));
}
