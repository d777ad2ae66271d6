import { describe, expect, test } from 'vitest';
import { concat, counted, latin1, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { bytesOf, datagram, TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';

function name(text: string): Bytes {
  return concat(...text.split('.').filter(Boolean).map((label) => counted(8, latin1(label))), u8(0));
}

interface Message {
  readonly id?: number;
  readonly flags?: number;
  readonly questions?: readonly Bytes[];
  readonly answers?: readonly Bytes[];
  readonly authorities?: readonly Bytes[];
  readonly additional?: readonly Bytes[];
}

function message({ id = 0x1234, flags = 0x0100, questions = [], answers = [], authorities = [], additional = [] }: Message): Bytes {
  const sections = [questions, answers, authorities, additional];
  return concat(u16(id), u16(flags), ...sections.map((section) => u16(section.length)), ...sections.flat());
}

function question(owner: string, type = 1, dnsClass = 1): Bytes {
  return concat(name(owner), u16(type), u16(dnsClass));
}

function record(owner: string, type: number, data: string | Bytes, { dnsClass = 1, ttl = 300 } = {}): Bytes {
  return concat(name(owner), u16(type), u16(dnsClass), u32(ttl), counted(16, bytesOf(data)));
}

function only(frames: readonly DissectedFrame[]): DissectedFrame {
  const [first] = frames;
  if (!first || frames.length !== 1) throw new Error('one frame expected');
  return first;
}

/** A response that answers "q.x" with one record of the type. */
function answered(type: number, data: string | Bytes, port = 53): DissectedFrame {
  return only(dissectFrames([datagram('down', port, message({ flags: 0x8180, questions: [question('q.x', type)], answers: [record('q.x', type, data)] }))]));
}

function treeOf(frame: DissectedFrame): string {
  return frame.tree.slice(frame.tree.search(/^(Domain Name|Multicast|Link-local)/m));
}

describe('a query and its response', () => {
  const frames = dissectFrames([
    datagram('up', 53, message({ questions: [question('www.example.org')] })),
    datagram('down', 53, message({ flags: 0x8180, questions: [question('www.example.org')], answers: [bytesOf('c00c 0005 0001 00000e10 0006 03637332 c010'), record('cs2.example.org', 1, 'c6336407')] })),
  ]);

  test('are drawn as a tree', () => {
    expect(treeOf(frames[1] as DissectedFrame)).toMatchInlineSnapshot(`
      "Domain Name System (response)
          Transaction ID: 0x1234
          Flags: 0x8180 Standard query response, No error
              1... .... .... .... = Response: Message is a response
              .000 0... .... .... = Opcode: Standard query (0)
              .... .0.. .... .... = Authoritative: Server is not an authority for domain
              .... ..0. .... .... = Truncated: Message is not truncated
              .... ...1 .... .... = Recursion desired: Do query recursively
              .... .... 1... .... = Recursion available: Server can do recursive queries
              .... .... .0.. .... = Z: reserved (0)
              .... .... ..0. .... = Answer authenticated: Answer/authority portion was not authenticated by the server
              .... .... ...0 .... = Non-authenticated data: Unacceptable
              .... .... .... 0000 = Reply code: No error (0)
          Questions: 1
          Answer RRs: 2
          Authority RRs: 0
          Additional RRs: 0
          Queries
              www.example.org: type A, class IN
                  Name: www.example.org
                  [Name Length: 15]
                  [Label Count: 3]
                  Type: A (Host Address) (1)
                  Class: IN (0x0001)
          Answers
              www.example.org: type CNAME, class IN, cname cs2.example.org
                  Name: www.example.org
                  Type: CNAME (Canonical NAME for an alias) (5)
                  Class: IN (0x0001)
                  Time to live: 3600 (1 hour)
                  Data length: 6
                  CNAME: cs2.example.org
              cs2.example.org: type A, class IN, addr 198.51.100.7
                  Name: cs2.example.org
                  Type: A (Host Address) (1)
                  Class: IN (0x0001)
                  Time to live: 300 (5 minutes)
                  Data length: 4
                  Address: 198.51.100.7
          [Request In: 1]
          [Time: 0.001000000 seconds]"
    `);
  });

  test('know each other', () => {
    expect(frames[0]).toMatchObject({ protocols: 'eth:ethertype:ip:udp:dns', protocol: 'DNS', info: 'Standard query 0x1234 A www.example.org' });
    expect(frames[0]?.values['dns.response_in']).toEqual(['2']);
    expect(frames[1]?.values['dns.response_to']).toEqual(['1']);
    expect(frames[1]?.values['dns.time']).toEqual(['0.001000000']);
    expect(frames[1]?.info).toBe('Standard query response 0x1234 A www.example.org CNAME cs2.example.org A 198.51.100.7');
  });
});

describe('transactions', () => {
  const query = datagram('up', 53, message({ id: 7, questions: [question('a.b')] }));
  const response = datagram('down', 53, message({ id: 7, flags: 0x8180, questions: [question('a.b')] }));

  test('a query asked again is a retransmission, and so is its second response', () => {
    const [, second, third, fourth] = dissectFrames([query, query, response, response]);
    expect(second?.values['dns.retransmit_request_in']).toEqual(['1']);
    expect(second?.values['dns.retransmission']).toEqual(['1']);
    expect(second?.tree).toContain('DNS query retransmission. Original request in frame 1');
    expect(third?.values['dns.response_to']).toEqual(['1']);
    expect(fourth?.values['dns.retransmit_response_in']).toEqual(['3']);
    expect(fourth?.values['dns.response_to']).toBeUndefined();
  });

  test('a query after the response is a new question', () => {
    const frames = dissectFrames([query, response, query]);
    expect(frames[2]?.values['dns.retransmission']).toBeUndefined();
  });

  test('a response that nobody asked for is unsolicited', () => {
    expect(only(dissectFrames([response])).values['dns.unsolicited']).toEqual(['1']);
  });

  test('other ids and other conversations do not answer', () => {
    const otherId = datagram('down', 53, message({ id: 8, flags: 0x8180 }));
    const otherPort = datagram('down', 53, message({ id: 7, flags: 0x8180 }), 40001);
    const frames = dissectFrames([query, otherId, otherPort]);
    expect(frames[0]?.values['dns.response_in']).toBeUndefined();
    expect(frames[1]?.values['dns.unsolicited']).toEqual(['1']);
    expect(frames[2]?.values['dns.unsolicited']).toEqual(['1']);
  });

  test('what a packet shows does not depend on what was shown before', () => {
    const frames = [query, query, response, response];
    expect(treesShownInOrder(frames, [3, 1, 2, 0, 3])).toEqual(treesShownInOrder(frames, [0, 1, 2, 3]));
  });
});

describe('flags', () => {
  test.each([
    [53, 0x0770, { 'truncated': '1', 'recdesired': '1', 'z': '1', 'authenticated': '1', 'checkdisable': '1' }, ['authoritative', 'recavail', 'rcode']],
    [53, 0x0100, { recdesired: '1', z: '0' }, ['authenticated']],
    [53, 0x87f3, { authoritative: '1', recavail: '1', authenticated: '1', rcode: '3' }, ['conflict']],
    [5355, 0x0500, { conflict: '1', tentative: '1', truncated: '0' }, ['authoritative', 'recdesired', 'z']],
  ] as const)('on port %i, 0x%s', (port, flags, present, absent) => {
    const { values } = only(dissectFrames([datagram('up', port, message({ flags }))]));
    for (const [key, value] of Object.entries(present)) expect(values[`dns.flags.${key}`], key).toEqual([value]);
    for (const key of absent) expect(values[`dns.flags.${key}`], key).toBeUndefined();
  });

  test.each([
    [0x8183, 'Standard query response 0x1234 No such name'],
    [0x818c, 'Standard query response 0x1234 Unknown error (12)'],
    [0x1000, 'Server status request 0x1234'],
    [0x7800, 'Unknown operation (15) 0x1234'],
    [0x2000, 'Zone change notification 0x1234'],
  ])('0x%s in the Info column', (flags, info) => {
    expect(only(dissectFrames([datagram('up', 53, message({ flags }))])).info).toBe(info);
  });

  test('the sections of an update have names of their own', () => {
    const { values, tree, info } = only(dissectFrames([datagram('up', 53, message({ flags: 0x2800, questions: [question('x.y', 6)], answers: [record('x.y', 1, '')], authorities: [record('x.y', 1, '01020304')] }))]));
    expect(values).toMatchObject({ 'dns.count.zones': ['1'], 'dns.count.prerequisites': ['1'], 'dns.count.updates': ['1'], 'dns.count.add_rr': ['0'] });
    expect(tree).toMatch(/^ {4}Zone$/m);
    expect(tree).toMatch(/^ {4}Prerequisites$/m);
    expect(info).toBe('Dynamic update 0x1234 SOA x.y A A 1.2.3.4');
  });

  test('stateful operations hold elements instead of records', () => {
    const payload = concat(message({ flags: 0x3000 }), bytesOf('0001 0008 00000bb8 00003a98 0002 0004 00000005 0003 0002 0000 0041 0002 abcd'));
    const { values } = only(dissectFrames([datagram('up', 53, payload)]));
    expect(values).toMatchObject({
      'dns.dso.tlv.type': ['1', '2', '3', '65'],
      'dns.dso.tlv.keepalive.inactivity': ['3000'],
      'dns.dso.tlv.keepalive.interval': ['15000'],
      'dns.dso.tlv.retrydelay.retrydelay': ['5'],
      'dns.dso.tlv.encpad.padding': ['0000'],
      'dns.dso.tlv.data': ['abcd'],
    });
  });
});

describe('names', () => {
  function asked(wire: string | Bytes): DissectedFrame {
    return only(dissectFrames([datagram('up', 53, concat(message({ flags: 0 }).subarray(0, 4), bytesOf('0001000000000000', wire, '00010001')))]));
  }

  /** Each points to the next, from offset 0x12 of the message on. */
  function pointers(count: number): string {
    return Array.from({ length: count }, (_, index) => `c${(0x14 + 2 * index).toString(16).padStart(3, '0')}`).join('');
  }

  test.each([
    ['00', '<Root>', '6', '1'],
    ['03 61 62 63 00', 'abc', '3', '1'],
    ['01 61 01 62 01 63 00', 'a.b.c', '5', '3'],
    ['03 61 00 62 00', 'a\\000b', '3', '1'],
    ['02 c3 a4 00', 'ä', '2', '1'],
    ['01 ff 00', '\ufffd', '1', '1'],
    ['02 0a 7f 00', '\\n\\177', '2', '1'],
    ['c0 0c', '<Name contains a pointer that loops>', '36', '1'],
    ['01 61 c0 0c', '<Name contains a pointer that loops>', '36', '1'],
    [`0a ${'61'.repeat(10)} c0 0c`, '<Name contains a pointer that loops>', '36', '1'],
    [`c0 12 0001 0001 ${'0161'.repeat(400)} 00`, '<Name too long>', '15', '1'],
    [`c0 12 0001 0001 ${pointers(50)} 0161 00`, 'a', '1', '1'],
    [`c0 12 0001 0001 ${pointers(130)} 0161 00`, '<Name contains a pointer that loops>', '36', '1'],
    ['01 61 42', '<Unknown extended label>', '24', '1'],
    ['41 08 ab 00', '\\[xab/8]', '8', '1'],
  ])('%s reads as %s', (wire, text, length, labels) => {
    const { values } = asked(wire);
    expect(values['dns.qry.name']).toEqual([text]);
    expect(values['dns.qry.name.len']).toEqual([length]);
    expect(values['dns.count.labels']).toEqual([labels]);
  });

  test('253 bytes are the longest name that is shown', () => {
    const label = (length: number): Bytes => counted(8, new Uint8Array(length).fill(0x78));
    const long = (last: number): Bytes => concat(label(63), label(63), label(63), label(last), u8(0));
    expect(asked(long(61)).values['dns.qry.name.len']).toEqual(['253']);
    expect(asked(long(62)).values['dns.qry.name']).toEqual(['<Name too long>']);
  });

  test.each([['3f 61 62'], ['c1 00'], ['80 00'], ['42'], ['c0'], [`c0 12 0001 0001 ${'0161'.repeat(400)} 80`]])('%s is malformed', (wire) => {
    const { info, values } = only(dissectFrames([datagram('up', 53, bytesOf('1234 0000 0001 0000 0000 0000', wire))]));
    expect(info).toBe('Standard query 0x1234[Malformed Packet]');
    expect(values['dns.qry.name']).toBeUndefined();
  });
});

describe('record data', () => {
  test.each<[number, string | Bytes, string, Record<string, string[]>]>([
    [1, '0a000001', 'A q.x A 10.0.0.1', { 'dns.a': ['10.0.0.1'], 'dns.resp.ttl': ['300'], 'dns.resp.len': ['4'], 'dns.resp.class': ['0x0001'] }],
    [2, name('ns.x'), 'NS q.x NS ns.x', { 'dns.ns': ['ns.x'] }],
    [3, name('md.x'), 'MD q.x MD q.x', { 'dns.md': ['md.x'] }],
    [6, bytesOf(name('m.x'), name('r.x'), '00000001 00001c20 00000e10 00127500 00015180'), 'SOA q.x SOA m.x', { 'dns.soa.mname': ['m.x'], 'dns.soa.rname': ['r.x'], 'dns.soa.serial_number': ['1'], 'dns.soa.minimum_ttl': ['86400'] }],
    [10, 'abcd', 'NULL q.x NULL q.x', { 'dns.null': ['abcd'] }],
    [11, '0a000001 06 40000003 00 80', 'WKS q.x WKS 10.0.0.1', { 'dns.wks.address': ['10.0.0.1'], 'dns.wks.protocol': ['6'], 'dns.wks.bits': ['0x40', '0x03', '0x80'] }],
    [12, name('p.x'), 'PTR q.x PTR p.x', { 'dns.ptr.domain_name': ['p.x'] }],
    [13, bytesOf(counted(8, latin1('CPU')), counted(8, latin1('OS'))), 'HINFO q.x HINFO CPU OS', { 'dns.hinfo.cpu_length': ['3'], 'dns.hinfo.cpu': ['CPU'], 'dns.hinfo.os': ['OS'] }],
    [15, bytesOf('000a', name('mx.x')), 'MX q.x MX 10 mx.x', { 'dns.mx.preference': ['10'], 'dns.mx.mail_exchange': ['mx.x'] }],
    [16, bytesOf(counted(8, latin1('a\nb')), counted(8, latin1('ä')), '00'), 'TXT q.x TXT', { 'dns.txt.length': ['3', '1', '0'], 'dns.txt': ['a\\nb', '\ufffd', ''] }],
    [17, bytesOf(name('m.x'), name('t.x')), 'RP q.x RP q.x', { 'dns.rp.mailbox': ['m.x'], 'dns.rp.txt_rr': ['t.x'] }],
    [20, bytesOf(counted(8, latin1('isdn')), counted(8, latin1('sa'))), 'ISDN q.x ISDN q.x', { 'dns.idsn.address': ['isdn'], 'dns.idsn.sa.address': ['sa'] }],
    [25, '0100 03 01 01036b65796b65796b6579', 'KEY q.x KEY', { 'dns.key.flags': ['0x0100'], 'dns.key.flags.signatory': ['0'], 'dns.key.key_id': ['27493'], 'dns.key.public_key': ['01036b65796b65796b6579'] }],
    [25, 'c000 03 05 01', 'KEY q.x KEY', { 'dns.key.flags.authentication': ['1'], 'dns.key.flags.confidentiality': ['1'] }],
    [28, '20010db8000000000000000000000001', 'AAAA q.x AAAA 2001:db8::1', { 'dns.aaaa': ['2001:db8::1'] }],
    [29, '00121613 8b2927f0 7f2c9a70 00989680', 'LOC q.x LOC', { 'dns.loc.version': ['0'], 'dns.loc.size': ['18'], 'dns.loc.altitude': ['10000000'] }],
    [30, bytesOf(name('next.x'), '60000002'), 'NXT q.x NXT next.x', { 'dns.nxt.next_domain_name': ['next.x'], 'dns.resp.type': ['30', '1', '2', '30'] }],
    [33, bytesOf('0001 0002 01bb', name('t.x')), 'SRV q.x SRV 1 2 443 t.x', { 'dns.srv.service': ['q'], 'dns.srv.proto': ['x'], 'dns.srv.priority': ['1'], 'dns.srv.weight': ['2'], 'dns.srv.port': ['443'], 'dns.srv.target': ['t.x'] }],
    [35, bytesOf('000a 0014', counted(8, latin1('S')), counted(8, latin1('SIP+D2U')), '00', name('r.x')), 'NAPTR q.x NAPTR 10 20 S', { 'dns.naptr.service': ['SIP+D2U'], 'dns.naptr.replacement_length': ['3'], 'dns.naptr.replacement': ['r.x'] }],
    [37, '0001 abcd 05 6365', 'CERT q.x CERT', { 'dns.cert.type': ['1'], 'dns.cert.key_tag': ['0xabcd'], 'dns.cert.certificate': ['6365'] }],
    [38, bytesOf('40 0000000000000001', name('a6.x')), 'A6 q.x A6 64 ::1 a6.x', { 'dns.a6.prefix_len': ['64'], 'dns.a6.address_suffix': ['::1'], 'dns.a6.prefix_name': ['a6.x'] }],
    [42, '0001 18 03 0a0b0c 0002 40 83 200101 0003 10 02 0102', 'APL q.x APL q.x', { 'dns.apl.address_family': ['1', '2', '3'], 'dns.apl.negation': ['0', '1', '0'], 'dns.apl.afdlength': ['3', '3', '2'], 'dns.apl.afdpart.ipv4': ['10.11.12.0'], 'dns.apl.afdpart.ipv6': ['2001:100::'], 'dns.apl.afdpart.data': ['0102'] }],
    [43, '1234 08 02 aabb', 'DS q.x DS', { 'dns.ds.key_id': ['0x1234'], 'dns.ds.algorithm': ['8'], 'dns.ds.digest_type': ['2'], 'dns.ds.digest': ['aabb'] }],
    [45, bytesOf('0a 03 02', name('gw.x'), '6b6579'), 'IPSECKEY q.x IPSECKEY', { 'dns.ipseckey.gateway_type': ['3'], 'dns.ipseckey.gateway_dns': ['gw.x'], 'dns.ipseckey.public_key': ['6b6579'] }],
    [46, bytesOf('001c 0d 02 0000012c 6553f728 6553f100 04d2', name('s.x'), 'abcd'), 'RRSIG q.x RRSIG', { 'dns.rrsig.type_covered': ['28'], 'dns.rrsig.signature_inception': ['Nov 14, 2023 22:13:20.000000000 UTC'], 'dns.rrsig.signers_name': ['s.x'], 'dns.rrsig.signature': ['abcd'] }],
    [47, bytesOf(name('nx.x'), '0006 400000000003 0101 40'), 'NSEC q.x NSEC nx.x', { 'dns.nsec.next_domain_name': ['nx.x'], 'dns.resp.type': ['47', '1', '46', '47', '257'] }],
    [48, bytesOf('0101 03 08 03010001', new Uint8Array(64).fill(0xcc)), 'DNSKEY q.x DNSKEY', { 'dns.dnskey.flags.zone_key': ['1'], 'dns.dnskey.flags.secure_entry_point': ['1'], 'dns.dnskey.key_id': ['41124'] }],
    [50, bytesOf('01 01 0005 02abcd 14 000102030405060708090a0b0c0d0e0f10111213 0006 400000000003'), 'NSEC3 q.x NSEC3', { 'dns.nsec3.flags.opt_out': ['1'], 'dns.nsec3.salt_value': ['abcd'], 'dns.nsec3.hash_value': ['000g40o40k30e209185go38e1s8124gj'], 'dns.resp.type': ['50', '1', '46', '47'] }],
    [51, '01 00 0005 00', 'NSEC3PARAM q.x NSEC3PARAM q.x', { 'dns.nsec3.iterations': ['5'], 'dns.nsec3.salt_value': [''] }],
    [52, '03 01 01 dddd', 'TLSA q.x TLSA q.x', { 'dns.tlsa.certificate_usage': ['3'], 'dns.tlsa.certificate_association_data': ['dddd'] }],
    [53, '0301', 'Unknown (53) q.x Unknown (53)', { 'dns.data': ['0301'] }],
    [55, bytesOf('04 02 0002 68697421 abcd', name('rv.x'), name('rw.x')), 'HIP q.x HIP q.x', { 'dns.hip.hit': ['68697421'], 'dns.hip.pk': ['abcd'], 'dns.hip.rendezvous_server': ['rv.x', 'rw.x'] }],
    [62, '00000042 0003 0001 60', 'CSYNC q.x CSYNC', { 'dns.csync.flags.immediate': ['1'], 'dns.csync.type_bitmap': ['000160'], 'dns.resp.type': ['62', '1', '2'] }],
    [63, '000007e4 01 02 eeee', 'ZONEMD q.x ZONEMD', { 'dns.zonemd.scheme': ['1'], 'dns.zonemd.digest': ['eeee'] }],
    [65, bytesOf('0001 00 0001 0006 026832026833 0003 0002 01bb 0004 0004 01020304 0005 0002 beef 0000 0002 0001 1234 0001 78'), 'HTTPS q.x HTTPS', { 'dns.svcb.targetname': ['<Root>'], 'dns.svcb.svcparam.alpn': ['h2', 'h3'], 'dns.svcb.svcparam.port': ['443'], 'dns.svcb.svcparam.ipv4hint.ip': ['1.2.3.4'], 'dns.svcb.svcparam.echconfig': ['beef'], 'dns.svcb.svcparam.mandatory.key': ['1'], 'dns.svcb.svcparam.value': ['78'] }],
    [106, '0001 0102030405060708', 'L64 q.x L64', { 'dns.ilnp.l64': ['0102030405060708'] }],
    [108, '010203040506', 'EUI48 q.x EUI48', { 'dns.eui48': ['01:02:03:04:05:06'] }],
    [109, '0102030405060708', 'EUI64 q.x EUI64', { 'dns.eui64': ['01:02:03:04:05:06:07:08'] }],
    [249, bytesOf(name('alg'), '6553f100 6553f728 0003 0000 0000 0001 ab'), 'TKEY q.x TKEY', { 'dns.tkey.algo_name': ['alg'], 'dns.tkey.mode': ['3'], 'dns.tkey.other_data': ['ab'] }],
    [250, bytesOf(name('hmac-sha256'), '0001 6553f100 012c 0002 aabb 1234 0011 0000'), 'TSIG q.x TSIG', { 'dns.tsig.time_signed': ['Dec 22, 2159 04:41:36.000000000 UTC'], 'dns.tsig.error': ['17'], 'dns.tsig.original_id': ['4660'] }],
    [257, bytesOf('80', counted(8, latin1('issue')), latin1('ca.example')), 'CAA q.x CAA', { 'dns.caa.flags.issuer_critical': ['1'], 'dns.caa.issue': ['ca.example'], 'dns.caa.tag': ['issue'], 'dns.caa.value': ['ca.example'] }],
    [257, bytesOf('00', counted(8, latin1('foo')), latin1('bar')), 'CAA q.x CAA', { 'dns.caa.unknown': ['bar'] }],
    [65281, '00010001 00000002 00000384 00000002 01020304 05060708', 'WINS q.x WINS', { 'dns.wins.local_flag': ['1'], 'dns.wins.wins_server': ['1.2.3.4', '5.6.7.8'] }],
    [65422, '04 11 01020304 05060708 0035 0036', 'XPF q.x XPF', { 'dns.xpf.source_ipv4': ['1.2.3.4'], 'dns.xpf.dport': ['54'] }],
  ])('of type %i', (type, data, info, expected) => {
    const frame = answered(type, data);
    expect(frame.info).toBe(`Standard query response 0x1234 ${info}`);
    expect(frame.values).toMatchObject(expected);
    expect(frame.tree).not.toContain('Malformed');
  });

  test('a record that reaches past the message is not shown, only named', () => {
    const cut = message({ flags: 0x8180, answers: [record('q.x', 10, '0102030405')] }).subarray(0, -2);
    const { info, values } = only(dissectFrames([datagram('down', 53, cut)]));
    expect(info).toBe('Standard query response 0x1234 NULL[Malformed Packet]');
    expect(values['dns.resp.name']).toBeUndefined();
  });

  test.each([
    [16, '0561'],
    [42, '0001 18 05 0a0b0c0d0e'],
    [46, '001c'],
    [257, '00 ff 61'],
  ])('of type %i that contradicts itself is malformed', (type, data) => {
    expect(answered(type, data).tree).toContain('Malformed Packet: DNS');
  });

  test('a key too short for a key tag has none', () => {
    const { values, tree } = answered(48, '0100 03');
    expect(values['dns.dnskey.key_id']).toBeUndefined();
    expect(tree).toContain('Malformed');
  });

  test('a lifetime beyond 2^31 is remarked upon', () => {
    const { tree } = only(dissectFrames([datagram('down', 53, message({ flags: 0x8180, answers: [record('a', 1, '01020304', { ttl: 0xffff_ffff })] }))]));
    expect(tree).toContain('Expert Info (Warning/Protocol): The uppermost bit of the TTL is set');
  });
});

describe('EDNS', () => {
  function withOption(option: string | Bytes): DissectedFrame {
    return only(dissectFrames([datagram('up', 53, message({ questions: [question('q.x')], additional: [record('', 41, option, { dnsClass: 1232, ttl: 0x8000 })] }))]));
  }

  test('class and lifetime of the OPT record mean something else', () => {
    const { values, info } = withOption('');
    expect(values).toMatchObject({ 'dns.rr.udp_payload_size': ['1232'], 'dns.resp.ext_rcode': ['0x00'], 'dns.resp.edns0_version': ['0'], 'dns.resp.z.do': ['1'], 'dns.resp.z': ['0x8000'] });
    expect(values['dns.resp.ttl']).toBeUndefined();
    expect(info).toBe('Standard query 0x1234 A q.x OPT');
  });

  test.each<[string, string, Record<string, string[]>]>([
    ['NSID', '0003 0004 6e736964', { 'dns.opt.code': ['3'], 'dns.opt.len': ['4'], 'dns.opt.data': ['6e736964'] }],
    ['DAU', '0005 0003 050708', { 'dns.opt.dau': ['5', '7', '8'] }],
    ['client subnet, IPv4', '0008 0007 0001 18 00 0a0b0c', { 'dns.opt.client.family': ['1'], 'dns.opt.client.netmask': ['24'], 'dns.opt.client.addr4': ['10.11.12.0'] }],
    ['client subnet, IPv6', '0008 000b 0002 38 00 20010db8000001', { 'dns.opt.client.addr6': ['2001:db8:0:100::'] }],
    ['client subnet, other', '0008 0005 0003 08 00 ff', { 'dns.opt.client.addr': ['ff'] }],
    ['cookie', '000a 0010 0102030405060708 1112131415161718', { 'dns.opt.cookie.client': ['0102030405060708'], 'dns.opt.cookie.server': ['1112131415161718'] }],
    ['keepalive', '000b 0002 0064', { 'dns.opt.edns_tcp_keepalive.timeout': ['100'] }],
    ['padding', '000c 0002 0000', { 'dns.opt.padding': ['0000'] }],
    ['extended error', '000f 0005 0012 6e6f21', { 'dns.opt.ext_error.info_code': ['18'], 'dns.opt.ext_error.extra_text': ['no!'] }],
    ['unknown', 'fde9 0002 7878', { 'dns.opt.code': ['65001'], 'dns.opt.data': ['7878'] }],
  ])('%s', (_title, option, expected) => {
    expect(withOption(option).values).toMatchObject(expected);
  });

  test('a cookie shorter than the client\'s part is malformed', () => {
    expect(withOption('000a 0005 0102030405').info).toBe('Standard query 0x1234 A q.x OPT[Malformed Packet]');
  });
});

describe('relatives', () => {
  test('mDNS uses the top bit of the class', () => {
    const [query, answer] = dissectFrames([
      datagram('up', 5353, message({ id: 0, flags: 0, questions: [question('_ipp._tcp.local', 12, 0x8001), question('a.local', 1)] })),
      datagram('down', 5353, message({ id: 0, flags: 0x8400, answers: [record('a.local', 1, '0a000001', { dnsClass: 0x8001 })], additional: [record('', 41, '', { dnsClass: 0x85a0 })] })),
    ]);
    expect(query).toMatchObject({ protocols: 'eth:ethertype:ip:udp:mdns', protocol: 'MDNS', info: 'Standard query 0x0000 PTR _ipp._tcp.local, "QU" question A a.local, "QM" question' });
    expect(query?.values['dns.qry.class']).toEqual(['0x0001', '0x0001']);
    expect(query?.values['dns.qry.qu']).toEqual(['1', '0']);
    expect(answer?.info).toBe('Standard query response 0x0000 A, cache flush 10.0.0.1 OPT');
    expect(answer?.values['dns.resp.cache_flush']).toEqual(['1', '1']);
    expect(answer?.values['dns.rr.udp_payload_size']).toEqual(['0x05a0']);
  });

  test('LLMNR is told by its port', () => {
    expect(only(dissectFrames([datagram('up', 5355, message({ questions: [question('pc')] }))]))).toMatchObject({ protocols: 'eth:ethertype:ip:udp:llmnr', protocol: 'LLMNR', info: 'Standard query 0x1234 A pc' });
  });

  test('a message on another port is recognised', () => {
    expect(only(dissectFrames([datagram('up', 8053, message({ questions: [question('a.b')] }))])).protocols).toBe('eth:ethertype:ip:udp:dns');
    expect(only(dissectFrames([datagram('up', 8053, message({ questions: [question('a.b'), question('a.b')] }))])).protocols).toBe('eth:ethertype:ip:udp:data');
  });
});

describe('over TCP', () => {
  const query = counted(16, message({ id: 1, questions: [question('a.b')] }));
  const response = counted(16, message({ id: 1, flags: 0x8180, questions: [question('a.b')], answers: [record('a.b', 1, '01020304')] }));

  test('a message follows its length', () => {
    const frames = dissectFrames(new TcpFrames(53).send('up', query).send('down', response).frames);
    expect(frames[3]).toMatchObject({ protocols: 'eth:ethertype:ip:tcp:dns', info: 'Standard query 0x0001 A a.b' });
    expect(frames[3]?.values['dns.length']).toEqual([String(query.length - 2)]);
    expect(frames[3]?.values['dns.response_in']).toEqual(['5']);
    expect(frames[4]?.values['dns.response_to']).toEqual(['4']);
  });

  test('a message over several segments is read where it ends', () => {
    const frames = dissectFrames(new TcpFrames(53).send('up', query.subarray(0, 1)).send('up', query.subarray(1, 9)).send('up', query.subarray(9)).frames);
    expect(frames[3]?.protocols).toBe('eth:ethertype:ip:tcp');
    expect(frames[4]?.protocols).toBe('eth:ethertype:ip:tcp');
    expect(frames[5]).toMatchObject({ protocols: 'eth:ethertype:ip:tcp:dns', info: 'Standard query 0x0001 A a.b' });
  });

  test('several messages in a segment have a line each, and one that is broken hides no other', () => {
    const broken = counted(16, bytesOf('0002 0000 0001 0000 0000 0000 3f61'));
    const [, , , frame] = dissectFrames(new TcpFrames(53).send('up', concat(query, broken, query)).frames);
    expect(frame?.protocols).toBe('eth:ethertype:ip:tcp:dns');
    expect(frame?.values['dns.id']).toEqual(['0x0001', '0x0002', '0x0001']);
    expect(frame?.tree.match(/^Domain Name System/gm)).toHaveLength(3);
    expect(frame?.tree).toContain('Malformed Packet: DNS');
  });
});

describe('hostile and cut-off bytes', () => {
  const whole = datagram('down', 53, message({ flags: 0x8180, questions: [question('q.x')], answers: [record('q.x', 1, '01020304'), record('q.x', 16, '0161')], additional: [record('', 41, '000a0008 0102030405060708', { dnsClass: 1232 })] }));

  test('every shorter capture of a packet says that it is cut, and shows what it has', () => {
    for (let length = 43; length < whole.length; length += 1) {
      const frame = only(dissectFrames([whole.slice(0, length)], { wireLength: whole.length }));
      expect(frame.protocol, String(length)).toBe('DNS');
      expect(frame.info, String(length)).toContain('[Packet size limited during capture]');
      expect(frame.info).not.toContain('Malformed');
    }
  });

  test('counts beyond the bytes end with the bytes', () => {
    const lying = concat(bytesOf('1234 8180 ffff ffff ffff ffff'), question('q.x'));
    expect(only(dissectFrames([datagram('down', 53, lying)])).info).toBe('Standard query response 0x1234 A q.x[Malformed Packet]');
  });

  test('bytes behind the last record are extraneous', () => {
    const { values, tree } = only(dissectFrames([datagram('up', 53, concat(message({ questions: [question('a')] }), latin1('extra')))]));
    expect(values['dns.extraneous.data']).toEqual(['6578747261']);
    expect(values['dns.extraneous.length']).toEqual(['5']);
    expect(tree).toContain('Extraneous Data (5 bytes)');
  });
});
