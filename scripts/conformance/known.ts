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
  /** Only where tshark's value and ours differ in this way; whatever they are, or where there is one only, where absent. */
  readonly pair?: (theirs: string, ours: string) => boolean;
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
  { field: /^udp\.(stream|time_relative|time_delta)$/, having: { field: 'udp.port', value: /^(69|161|162)$/ }, reason: 'the same in packets of these conversations that are not recognised' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, chain: /:udp:(s?rtp|s?rtcp|t38|rpc|hart_ip)\b/, reason: 'the protocol that sets these up makes a conversation with an open port at each end: each direction then counts as a stream of its own, or begins with the wrong packet' },
  { field: /^(frame\.protocols|tcp\.(segment.*|reassembled.*))$/, chain: /:tcp$/, where: /\/(tls2|mongo|KakaoTalk_chat)\.pcap#/, having: { field: 'tcp.port', value: /^(443|27017)$/ }, reason: 'tshark takes bytes in the middle of TLS, and of MongoDB on the port that it shares with TLS, for a record of SSL 2.0 (first byte from 0x80 on, third below 9), and keeps up to 32 KB for it' },
  { field: /^(frame\.protocols|tcp\.(segment.*|reassembled.*)|data.*)$/, chain: /:tcp$/, where: /\/(smb-direct-man-in-the-middle-02[^#]*|grpc-unknown\.pcap|http2-nghttp2\.pcap)#/, reason: 'segments of protocols that are still to come (iWARP, HTTP/2)' },
  { field: /^(frame\.protocols|tcp\.(segment.*|reassembled.*)|data\..*)$/, chain: /:tcp$/, having: { field: 'tcp.port', value: /^5222$/ }, reason: 'XMPP is still to come; tshark takes all that goes over its port for the beginning of a document, and shows nothing of it' },
  { field: /^(frame\.protocols|tls\..*|tcp\.(segment.*|reassembled.*|pdu.*))$/, chain: /:tcp(:ajp13)?$/, having: { field: 'tcp.port', value: /^8009$/ }, reason: 'AJP13 is still to come; TLS on its port (Chromecast) is told by its first bytes here' },
  { field: /^(frame\.protocols|tls\..*|data\..*)$/, chain: /:tls$/, where: /\/skype_no_unknown\.pcap#/, reason: 'a guess of TLS: in its second pass tshark takes what came before for TLS, too, and calls it continued or unknown' },
  { field: /^tcp\.analysis\.(initial_rtt|rto|rto_frame|retransmission|out_of_order)$/, where: /\/tcp-badsegments\.pcap#/, reason: 'the SYN came at second 0 of 1970, which tshark takes for no time at all: it does not know the first round trip, by which repetitions and late segments are told apart' },
  { field: /^tcp\.(stream|time_relative|time_delta|completeness|window_size|window_size_scalefactor|seq|ack|nxtseq|analysis(\..*)?)$/, where: /\/vnc\.pcap#/, reason: 'tshark 4.0.17 begins another conversation where it guesses RFB, which tears the stream apart: numbers, windows and times begin anew' },
  { field: /^(frame\.protocols|(eth|data)(\..*)?)$/, having: { field: 'eth.type', value: /^0xaaaa$/ }, reason: 'tshark 4.0.17 shows nothing behind this type, which nobody owns, not even as data' },
  { field: /^(frame\.protocols|(eth|data)(\..*)?)$/, chain: /^eth:cfp:/, reason: 'Cisco FabricPath is still to come; its header stands where Ethernet has addresses' },
  { field: /^tcp\.(pdu|segment|reassembled)/, chain: /:http:http2\b/, reason: 'HTTP/2 is still to come: it says where its messages end' },
  { field: /^(frame\.protocols|tcp\.segment_data|data.*)$/, where: /^arkime\/stun\.pcap#5$/, reason: 'text on the port of STUN: tshark takes its first bytes for the header of 20 KB of channel data, of which nothing follows' },
  { field: /^(frame\.protocols|tcp\.(segment.*|reassembled.*)|data.*)$/, chain: /:tcp$/, where: /\/h223-over-tcp\.pcap/, reason: 'a bit stream without any framing: a guess of tshark takes a part of it for a message that never ends, and all that follows for its segments' },
  { field: /^(frame\.protocols|rtp\..*)$/, chain: /:udp:t38$/, where: /\/FAX-Call-t38-CA-TDM-SIP-FB-1\.pcap#/, having: { field: 'udp.payload', value: /^80:08:/ }, reason: 'T.38 was offered, but the call goes on in RTP (version 2, G.711 A-law); tshark reads its packets as T.38' },
  { field: /^tcp\.completeness$/, pair: (theirs, ours) => (Number(theirs) | 1) === Number(ours), reason: 'tshark does not count the SYN of a conversation that another packet announced (FTP data, iSCSI), and calls a whole connection incomplete' },
  { field: /^ipv6\.opt\.invalid_len$/, having: { field: 'ipv6.opt.ioam.rsv' }, reason: 'tshark 4.0.17 wants lengths divisible by 4 of an option that has 2 bytes before its data (RFC 9486 §3)' },
  { field: /^(frame\.protocols|(udp|data)\..*)$/, where: /^routing header 05#/, reason: 'tshark 4.0.17 gives up behind the segments of a Compact Routing Header (16), though they are whole, and does not come to the next header' },
  { field: /^icmpv6\.rpl\.opt\.routediscovery\./, where: /^RPL discovery reply#/, reason: 'tshark 4.0.17 reads the target address whole though its prefix is left out (RFC 6997 §7)' },
  { field: /^icmpv6\.rpl\.(unknown\.metric|opt\.metric\.lc\.object\.counter)$/, where: /^RPL metrics#/, reason: 'tshark 4.0.17 does not read the counter of a link color that is a metric (RFC 6551 §4.4)' },
  { field: /^udp\.(stream|time_relative|time_delta)$/, chain: /^fr:/, reason: 'tshark takes the number of the Frame Relay circuit for the conversation of all that goes over it' },
  { field: /^eth\.trailer$/, where: /^IPX, raw and of a wrong length#2$/, reason: 'behind a packet that is malformed nothing is called a trailer' },
  { field: /^(frame\.protocols|(eth|ip|udp|llc|data|pweth)(\..*)?)$/, where: /^pseudowire with(out)? control word#/, reason: 'whether a pseudowire has a control word cannot be known; tshark asks whether the addresses would be of known vendors, and these of documentation are not' },
  { field: /^(frame\.protocols|(tcp|snmp|ber)\..*)$/, where: /^SNMP over TCP#/, reason: 'tshark 4.0.17 makes a conversation with an open port here, too, which tears the stream apart' },
  { field: /^icmp\.int_info\.name$/, reason: 'tshark 4.0.17 shows the length of a name, but not the name (RFC 5837 §4.3)' },
  { field: /^icmp\.(ext\.(length|class|ctype)|int_info\.mtu|int_ident\.index)$/, where: /^ICMP (error with extensions|extended echo)#/, reason: 'the MTU and the object behind a name: tshark 4.0.17 reads on at the name, which it passes over' },
  { field: /./, where: /^PcapPlusPlus\/igmplayer#/, reason: 'tshark takes the file, of which one record is damaged, for a variant with longer record headers, and reads two packets in the wrong places; here they are six' },
  { field: /^tcp\.analysis\.initial_rtt$/, having: { field: 'tcp.analysis.initial_rtt', value: /^-/ }, reason: 'a negative time: in its second pass tshark measures from a SYN that comes later in the capture' },
  { field: /^eth\.(trailer|padding|padding_bad|fcs|fcs\.status)$/, chain: /:(f5ethtrailer|vssmonitoring)\b/, reason: 'trailers that load balancers and taps add, which are still to come' },
  { field: /^eth\.(trailer|padding|padding_bad|fcs|fcs\.status)$/, chain: /:lldp/, reason: 'tshark 4.0.17 counts three bytes too few and takes the end of the message for an Ethernet trailer' },
  { field: /^cdp\.ip_prefix$/, reason: 'tshark 4.0.17 reads the network with its bytes the wrong way round' },
  { field: /^mptcp\.(ack|dss\.dsn)$/, pair: (theirs, ours) => BigInt(theirs) >= 1n << 48n && BigInt(ours) < 1n << 48n, reason: 'on a path that joins, tshark 4.0.17 takes the end whose key came second for the owner of the token; in version 1 that is the client, as its SYN has no key, and it counts from the number of the wrong end' },
  { field: /^mptcp\.dss\.dsn$/, where: /^Multipath TCP without its beginning#6$/, reason: 'tshark 4.0.17 counts from 0 where it knows a token without its key' },
  { field: /^mptcp$/, reason: 'the option, which is a protocol to tshark: PDML writes those as no fields' },
  { field: /^(s?rtp|s?rtcp|data)\.|^frame\.protocols$/, having: { field: 'rtp.setup-method', value: /^(RANAP|H245|ZRTP)$/ }, reason: 'a call set up by a protocol that is still to come' },
  { field: /^(rtcp|srtcp)\./, having: { field: 'rtcp.setup-method', value: /^(RANAP|H245|ZRTP)$/ }, reason: 'a call set up by a protocol that is still to come' },
  { field: /^rtp\.(fragment|fragments|fragment\.count|reassembled\..*|reassembled_in|payload)$|^frame\.protocols$/, chain: /:rtp/, where: /\/h223-over-rtp\.pcap/, reason: 'the streams are H.223, which is still to come: tshark puts their packets together for it' },

  // ── later issues ───────────────────────────────────────────────────────────
  { field: /^frame\.protocols$/, chain: /:socks:/, reason: 'SOCKS is still to come; what is spoken through it is told by its first bytes here, too' },
  { field: /^frame\.protocols$|^rtp\.version$/, chain: /:rtp:zrtp$/, reason: 'ZRTP is still to come' },
  { field: /^frame\.protocols$/, chain: /:kerberos:.*:cms/, reason: 'signed messages (CMS) in Kerberos are still to come' },
  { field: /^frame\.protocols$/, chain: /:(http:http2|gtp:gtpv2)/, reason: 'HTTP/2 and GTPv2 are still to come' },
  { field: /^rtp\.setup-frame$|^rtpevent\.|^frame\.protocols$/, chain: /:rtp/, where: /\/FAX-Call-t38-CA-TDM-SIP-FB-1\.pcap#/, reason: 'MEGACO, which is still to come, names the same ends again' },
  { field: /^smb\.|^gss-api\./, where: /^smb: a login#/, reason: 'words and bytes of SMB 1 commands other than logins and mailslots are still to come' },
  { field: /^ppp\.|^frame\.protocols$/, where: /^L2TP, every attribute#/, reason: 'lists of LCP options in attributes, which tshark takes for frames of PPP: shown as bytes' },
  { field: /^smb2\.preauth_hash$/, reason: 'needed for decryption alone, which is still to come' },
  { field: /^wlan\.(fixed\.dialog_token|tag(\..*)?|tagged\.all)$/, where: /^802\.11 actions#5$/, reason: 'queries of generic advertisement (GAS) are still to come' },
  { field: /^ldap\.|^gss-api\.|^spnego\.|^frame\.protocols$/, where: /^LDAP in SASL#/, reason: 'a token that a security layer wraps without encrypting it is opened here' },

  // ── preferences ────────────────────────────────────────────────────────────
  { field: /^ipv6\.|^frame\.protocols$/, where: /\/ipv6_ext_headers\.pcap#1$/, reason: 'more than 64 headers: layers are bounded (depth 64)' },
  { field: /^(ipv6\.fraghdr|dhcp)\./, where: /\/(ip6_frag_asan|bootp_asan-2|test012)\.pcap(ng)?#/, reason: 'cut by the snapshot length: what is there is shown, where tshark reads ahead and shows nothing' },
  { field: /^icmp\.(ext|int_info)\./, where: /\/icmp_inft_name_length_zero\.pcap#1$/, reason: 'cut by the snapshot length: what is there is shown, where tshark ends before the checksum that it cannot verify' },
  { field: /^frame\.protocols$/, where: /\/ipv6-next-header-oobr-1\.pcap#1$/, reason: 'cut by the snapshot length: the next header is named, where tshark ends before it' },
  { field: /^frame\.packet_flags/, having: { field: 'frame.packet_flags', value: /^0x0+$/ }, reason: 'flags of a packet that are all 0 say nothing and are left out' },
  { field: /^frame\.time(_.*)?$/, having: { field: 'frame.time_invalid' }, reason: 'a second or more in the fraction of a time is carried over to the seconds; tshark writes "14.1000046000"' },
  { field: /^(frame|udp|tcp)\.(time_.*|analysis\.(initial|ack)_rtt)$/, where: /\/(bug8|timestamp_invalid_nano|rx_serviceid_oobr)\.pcap#/, reason: 'the same in times that are counted from such a packet' },
  { field: /^telnet\./, where: /^telnet: a login#/, reason: 'a doubled byte 255 in parameters is one (RFC 854); tshark 4.0.17 ends the parameters there' },
  { field: /^ftp(-data)?\.|^tcp\.segment_data$|^frame\.protocols$/, where: /^ftp: (PORT|EPRT) /, reason: 'the server may open data connections from any port; tshark 4.0.17 looks for port 20 alone' },
  { field: /^rtcp\.(padding\.(data|count)|length_check|profile-specific-extension.*)$/, having: { field: 'rtcp.padding', value: /^1$/ }, reason: 'padding is padding (RFC 3550 §6.4.1); tshark 4.0.17 reads that of reports as an extension of the profile, and that of others not at all' },
  { field: /^rtcp\./, where: /^rtcp: padding#/, reason: 'padding is padding (RFC 3550 §6.4.1); tshark 4.0.17 reads it as an extension of the profile' },
  { field: /^srtcp\.enc_payload$/, where: /^rtcp: in secret#/, reason: 'encrypted bytes have a field here, and only a remark in tshark' },
  { field: /^ssh\.(packet_length|encrypted_packet|mac)$/, where: /^ssh: lengths in the clear#/, reason: 'lengths that are in the clear (RFC 5647) are shown without keys, too' },
  { field: /^pgsql\.format$/, where: /^pgsql: a prepared statement/, reason: 'formats of single columns in a copy, which tshark 4.0.17 passes over' },
  { field: /^proxy\./, where: /^proxy: version 2 with properties#/, reason: 'tshark 4.0.17 stops before the last property of TLS, and so misses what follows it' },
  { field: /^wlan_radio\.|^ppi\.80211n-mac\.ampdu/, where: /^PPI, 802\.11n, MAC only#/, reason: 'the rate follows from flags of the MAC alone; an aggregate of one frame is not put together' },
  { field: /^wlan\.ext_tag\.he_mcs_map\./, where: /^802\.11 beacon#/, reason: 'of two maps that end with the first, the first is shown' },
  { field: /^wlan\.vht\.action\.undecoded$/, reason: 'a remark of tshark about itself' },
  { field: /^browser\.windows_version$/, reason: 'names are joined by a slash, not by "or"' },
  { field: /^mka\./, where: /^MKA#/, reason: 'cipher suites are written as the standard does (hexadecimal); the end of the message is told by its length, where tshark reads one set more' },

  // ── faults of tshark 4.0.17 ────────────────────────────────────────────────
  { field: /^(smtp|imf|mime_multipart|data-text-lines)|^frame\.protocols$/, chain: /:(smtp|icmp:.*)/, where: /\/smtp\.pcap#(26|28|29|30|45)$/, reason: 'segments that ICMP errors quote are put into the mail once more' },
  { field: /^mime_multipart\.type$/, where: /\/imap\.pcap#/, reason: 'a multipart body that is not there has a line, though frame.protocols does not name it' },
  { field: /^(websocket\.(decompression|payload)\..*|data.*|frame\.protocols)$/, having: { field: 'websocket.decompression.failed.expert' }, reason: 'tshark 4.0.17 loses what compressed messages may refer to (RFC 7692 §7.1.1) between its passes' },
  { field: /^(websocket\.(decompression|payload)\..*|frame\.protocols)$/, where: /(^WebSocket, compressed|\/websocket-compressed-fragmented\.pcapng\.gz)#/, having: { field: 'websocket.fragments' }, reason: 'whether a message is compressed stands in its first frame (RFC 7692 §6.1); tshark 4.0.17 looks at the last' },
  { field: /^websocket\.payload\.continue$/, where: /^(HTTP handed over to WebSocket#7|arkime\/arkime_synthetic\.pcap#829)$/, reason: 'where all frames of a message come in one packet, tshark shows the message with the first, and the last as a part of it' },
  { field: /^classicstun\.(time|response_in)$/, where: /^classicstun: other attributes#/, reason: 'an answer before its request is paired with it' },
  { field: /^dns\.(qry\.name\.len|count\.labels)$/, having: { field: 'dns.qry.name', value: /^.$/ }, pair: (theirs, ours) => theirs === '0' && ours === '1', reason: 'tshark 4.0.17 takes a name of one character for none' },
  { field: /^smb2\.(response_to|response_in|time)$/, where: /^smb2: chains, errors/, reason: 'a Cancel is no request to be answered (MS-SMB2 §3.3.5.16); answers belong to what was cancelled' },
  { field: /^smb2\.header\.comp_transform\.data$/, where: /^smb2: in secret and compressed#/, reason: 'an empty field after the payloads' },
  { field: /^(mysql|mariadb)\./, where: /^mysql: session tracking/, reason: 'tshark does not read the length of a state change, and so loses its place' },
  { field: /^dhcp\.option\.(vendor\.avaya\.l2qvlan\.invalid|pcp\.server)$/, where: /^dhcp: options of vendors/, reason: 'valid VLANs are called invalid, and addresses of PCP servers passed over' },
  { field: /^wlan\.anqp_icon_request\.icon_binary_data_len$/, reason: 'tshark 4.0.17 shows this length with its bytes the wrong way round, though it goes by the right one' },
  { field: /^smb\.(path|fid\.mapped_in)$/, having: { field: 'smb.tid', value: /^65535$/ }, reason: 'tshark takes the number that a request has before it is given one for the number of the share, too, and shows it in earlier packets' },
  { field: /^smb\.(path|fid\.mapped_in)$/, where: /^smb: commands in a row#5$/, reason: 'tshark does not keep the path of a share that is connected behind a login in one message' },
  { field: /^smb\.(fid|file|file_attribute|create_flags|create_options|create|nt|access_mask|access|share_access|share)(\..*)?$/, having: { field: 'smb.fid', value: /^0x0000$/ }, reason: 'tshark shows a file that a server refused to open as one with the number 0, opened and closed at once' },
  { field: /^e212\.(mcc|mnc)$/, chain: /^(?!.*wlan$)/, reason: 'country and network of an IMSI or an area are read in ANQP of 802.11 only; elsewhere still to come' },
  { field: /^eap\.leap\./, where: /^EAP, methods with challenges#/, reason: 'tshark counts messages since the identity, which is not there; a request of eight bytes is the challenge' },
  { field: /^sdp\.(crypto\.mki_length|invalid_crypto_mki_length)$/, where: /^sdp: all lines#/, reason: 'tshark takes parameters of the session for the length before them (RFC 4568 §9.2)' },
  { field: /^sip\.contact\.parameter$/, pair: (theirs, ours) => theirs === `${ours}\\r\\n`, reason: 'the end of the line is taken for part of the last parameter' },
  { field: /^sip\.msg_hdr$/, where: /^sip: over TCP#5$/, reason: 'the headers of the first message are said to reach over the messages behind it' },
  { field: /^rtp\.(p_type|payload|follow)$/, where: /^rtp: redundant data#/, reason: 'tshark takes a block of an unknown type for one more list of blocks' },
  { field: /^rlogin\.user_info$/, where: /^rlogin: a login#/, reason: 'tshark tells the value as "[ Null ]", though its line shows it' },
  { field: /^ntp\.priv\.mode7\.(address|bcast)$/, where: /^ntp: private request 44#/, reason: 'addresses of the one empty item in a request are left out' },
  { field: /^ssh\.(auth_|channel_|connection_|direction|disconnect_|encrypted_packet|global_|ignore_|mac|message_code|packet_(decode|length)|padding_|payload|seq_num|service_|userauth_)/, where: /\/ssh_(curve25519-aes128|dhg\d+-sha\d+_aes256)-gcm_opensshS\.pcapng#/, reason: 'without keys, tshark 4.0.17 decrypts AES-GCM with none, and reads what comes out' },
  { field: /^ssh\.packet_decode\.error$/, where: /^ssh: a group of their own#/, reason: 'a signature is measured without the lengths in it' },
  { field: /^sctp\.chunk_padding$/, where: /^SCTP, the other chunks#/, reason: 'padding of a cause is taken for padding of the chunk that it quotes, too' },
  { field: /^ossp\.esmc\.ql/, where: /^clock quality#/, reason: 'more bits are shown than the level has' },
  { field: /^cdp\.(nrgyz|invalid_data)/, where: /^CDP, everything#/, reason: 'tshark 4.0.17 does not read a Reply To that is the last of an EnergyWise table' },
  { field: /^dccp\./, where: /^DCCP, a header that is too short#/, reason: 'tshark shows an acknowledgement that the header, by its length, does not have' },
  { field: /^lcp\./, where: /^LCP options#1$/, reason: 'tshark calls the message malformed at the period of a quality protocol, and shows no more of it' },
  { field: /^lldp\./, where: /^LLDP of (data centers|Cisco)#/, reason: 'tshark calls the message malformed at a subtype that it knows, and shows no more of it' },
  { field: /^l2tp\./, where: /^L2TP, (odd attributes|data)#/, reason: 'attributes that are longer or shorter than they can be: tshark calls the message malformed, and shows other parts of them' },
  { field: /^pppoed\./, where: /^PPPoE discovery#/, reason: 'the value of an unknown tag is read from the wrong place, and a tag that ends a list of a vendor is not shown' },
  { field: /^(stp|mstp)\./, where: /^MSTP as it was before the standard#/, reason: 'tshark 4.0.17 ends one byte before the hops of the last instance' },
  { field: /^oampdu\./, where: /^OAM#/, reason: 'a width of 0 is shown as it is, though it stands for 128; records shorter than their heads are remarked on' },
  { field: /^vtp\./, where: /^VTP(, wrong)?#/, reason: 'a list of two bridged VLANs is two words long, as its length says; tshark 4.0.17 wants four, and reads on behind elements that are too long' },
  { field: /^wlan\.ba\.bm\.missing_frame$/, pair: (theirs, ours) => Number(theirs) - 4096 === Number(ours), reason: 'sequence numbers have 12 bits; tshark counts on behind 4095, though its line shows them from 0 again' },
  { field: /^radiotap\.vht\.known$/, reason: 'sixteen bits in a field of eight, the wrong way round' },
  { field: /^wlan\.fc(\.|$)|^wlan\.flags$/, where: /^802\.11 control#8$/, reason: 'a control wrapper that ends early: the frame control in it is not shown' },
  { field: /^data\.|^frame\.protocols$/, where: /^logged, of no known family#/, reason: 'what a log holds of a family that nobody knows is shown as bytes' },
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

function holds({ chain: chains, where: places, having }: KnownDifference, { chain, where, values }: ReferencePacket): boolean {
  return (chains?.test(chain) ?? true) && (places?.test(where) ?? true) && (having === undefined || has(values, having));
}

/** Whether a field of the packet is not compared at all. */
export function isKnown(field: string, packet: ReferencePacket): boolean {
  return knownOf(field).some((known) => known.pair === undefined && holds(known, packet));
}

/** Whether two values of a field may differ as they do. */
export function isKnownPair(field: string, packet: ReferencePacket, theirs: string, ours: string): boolean {
  return knownOf(field).some((known) => known.pair?.(theirs, ours) === true && holds(known, packet));
}
