import { describe, expect, test } from 'vitest';
import { protocol } from '../define.ts';
import type { Peek, ProtocolInfo } from '../field.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame, FrameOptions } from '../dissect-frames.ts';
import { PROTOCOLS } from './index.ts';
import { handshakeFrames, segmentFrame } from './tcp/frames.test-helper.ts';
import type { FrameParts } from './tcp/frames.test-helper.ts';

function one(parts: FrameParts, options?: FrameOptions): DissectedFrame {
  return dissectFrames([segmentFrame(parts)], options)[0] as DissectedFrame;
}

/** Lines of the tree below TCP. */
function tcpTree(frame: DissectedFrame): string {
  const lines = frame.tree.split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('Transmission Control'))).join('\n');
}

describe('a handshake', () => {
  const frames = dissectFrames(handshakeFrames());

  test('reads in Info as in tshark', () => {
    expect(frames.map(({ info }) => info)).toEqual([
      '40000 → 9999 [SYN] Seq=0 Win=1000 Len=0 MSS=1460 WS=4 SACK_PERM',
      '9999 → 40000 [SYN, ACK] Seq=0 Ack=1 Win=1000 Len=0 MSS=1460 WS=4 SACK_PERM',
      '40000 → 9999 [ACK] Seq=1 Ack=1 Win=4000 Len=0',
    ]);
    expect(frames.map(({ protocol: name }) => name)).toEqual(['TCP', 'TCP', 'TCP']);
  });

  test('has relative and raw numbers, scaled windows and times', () => {
    expect(frames[2]?.values).toMatchObject({
      'tcp.srcport': ['40000'], 'tcp.dstport': ['9999'], 'tcp.port': ['40000', '9999'], 'tcp.stream': ['0'], 'tcp.completeness': ['7'], 'tcp.len': ['0'],
      'tcp.seq': ['1'], 'tcp.seq_raw': ['1001'], 'tcp.nxtseq': ['1'], 'tcp.ack': ['1'], 'tcp.ack_raw': ['5001'], 'tcp.hdr_len': ['20'],
      'tcp.flags': ['0x0010'], 'tcp.flags.str': ['·······A····'], 'tcp.window_size_value': ['1000'], 'tcp.window_size': ['4000'], 'tcp.window_size_scalefactor': ['4'],
      'tcp.checksum.status': ['2'], 'tcp.urgent_pointer': ['0'], 'tcp.time_relative': ['0.002000000'], 'tcp.time_delta': ['0.001000000'],
      'tcp.analysis.acks_frame': ['2'], 'tcp.analysis.ack_rtt': ['0.001000000'], 'tcp.analysis.initial_rtt': ['0.002000000'],
    });
  });

  test('draws as a tree', () => {
    expect(tcpTree(frames[1] as DissectedFrame)).toBe(
      `Transmission Control Protocol, Src Port: 9999, Dst Port: 40000, Seq: 0, Ack: 1, Len: 0
    Source Port: 9999
    Destination Port: 40000
    [Stream index: 0]
    [Conversation completeness: Incomplete, ESTABLISHED (7)]
    [TCP Segment Len: 0]
    Sequence Number: 0    (relative sequence number)
    Sequence Number (raw): 5000
    [Next Sequence Number: 1    (relative sequence number)]
    Acknowledgment Number: 1    (relative ack number)
    Acknowledgment number (raw): 1001
    1000 .... = Header Length: 32 bytes (8)
    Flags: 0x012 (SYN, ACK)
        .... 000. .... .... = Reserved: Not set
        .... ...0 .... .... = Accurate ECN: Not set
        .... .... 0... .... = Congestion Window Reduced: Not set
        .... .... .0.. .... = ECN-Echo: Not set
        .... .... ..0. .... = Urgent: Not set
        .... .... ...1 .... = Acknowledgment: Set
        .... .... .... 0... = Push: Not set
        .... .... .... .0.. = Reset: Not set
        .... .... .... ..1. = Syn: Set
            [Expert Info (Chat/Sequence): Connection establish acknowledge (SYN+ACK): server port 9999]
        .... .... .... ...0 = Fin: Not set
        [TCP Flags: ·······A··S·]
    Window: 1000
    [Calculated window size: 1000 bytes]
    Checksum: 0x7d5c [unverified]
    [Checksum Status: Unverified (2)]
    Urgent Pointer: 0
    Options: (12 bytes), Maximum segment size, No-Operation (NOP), Window scale, SACK permitted, End of Option List (EOL), End of Option List (EOL)
        TCP Option - Maximum segment size: 1460 bytes
            Kind: Maximum Segment Size (2)
            Length: 4
            MSS Value: 1460
        TCP Option - No-Operation (NOP)
            Kind: No-Operation (1)
        TCP Option - Window scale: 2 (multiply by 4)
            Kind: Window Scale (3)
            Length: 3
            Shift count: 2
            [Multiplier: 4]
        TCP Option - SACK permitted
            Kind: SACK Permitted (4)
            Length: 2
        TCP Option - End of Option List (EOL)
            Kind: End of Option List (0)
        TCP Option - End of Option List (EOL)
            Kind: End of Option List (0)
    [Timestamps]
        [Time since first frame in this TCP stream: 0.001000000 seconds]
        [Time since previous frame in this TCP stream: 0.001000000 seconds]
    [SEQ/ACK analysis]
        [This is an ACK to the segment in frame: 1]
        [The RTT to ACK the segment was: 0.001000000 seconds]
        [iRTT: 0.002000000 seconds]`,
    );
  });
});

describe('flags', () => {
  test.each([
    ['', '<None>', '············'],
    ['SECN', 'SYN, ECE, CWR, AE', '···ACE····S·'],
    ['FSRPAU', 'FIN, SYN, RST, PSH, ACK, URG', '······UAPRSF'],
  ])('%s', (flags, words, letters) => {
    const frame = one({ flags });
    expect(frame.info).toContain(`[${words}]`);
    expect(frame.values['tcp.flags.str']).toEqual([letters]);
  });

  test('the ECN bits are a counter where both ends agreed on Accurate ECN', () => {
    const frames = dissectFrames([
      segmentFrame({ flags: 'SECN', sequence: 1000 }),
      segmentFrame({ from: 1, flags: 'SAN', sequence: 5000, acknowledgment: 1001 }),
      segmentFrame({ flags: 'ACN', sequence: 1001, acknowledgment: 5001 }),
    ]);
    expect(frames[2]?.info).toContain('[ACK, ACE=6]');
    expect(frames[2]?.values).toMatchObject({ 'tcp.flags.ace': ['6'], 'tcp.flags.str': ['···-6-·A····'] });
    expect(frames[2]?.values['tcp.flags.ae']).toBeUndefined();
  });

  test('FIN says who closes', () => {
    const frames = dissectFrames([...handshakeFrames(), segmentFrame({ flags: 'FA', sequence: 1001, acknowledgment: 5001 }), segmentFrame({ from: 1, flags: 'FA', sequence: 5001, acknowledgment: 1002 })]);
    expect(frames[3]?.values).toMatchObject({ 'tcp.connection.fin': ['1'], 'tcp.connection.fin_active': ['1'] });
    expect(frames[4]?.values).toMatchObject({ 'tcp.connection.fin': ['1'], 'tcp.connection.fin_passive': ['1'] });
  });
});

describe('what contradicts itself is remarked', () => {
  test.each<[string, FrameParts, string]>([
    ['acknowledgment number without ACK', { flags: 'S', acknowledgment: 7 }, 'tcp.ack.nonzero'],
    ['urgent pointer without URG', { urgent: 3 }, 'tcp.urgent_pointer.non_zero'],
    ['SYN without MSS', { flags: 'S', options: '0402' }, 'tcp.options.mss.absent'],
    ['MSS without SYN', { options: '020405b4' }, 'tcp.options.mss.present'],
    ['shift count above 14', { flags: 'S', options: '03030f00' }, 'tcp.options.wscale.shift.invalid'],
    ['four NOPs', { options: '01010101' }, 'tcp.nop'],
    ['bytes after the end of options', { options: '00000102' }, 'tcp.non_zero_bytes_after_eol'],
    ['option of the wrong length', { options: '02050102 03000000' }, 'tcp.option.len.invalid'],
    ['option longer than the header', { options: '08ff0000' }, 'tcp.option.len.invalid'],
    ['option shorter than itself', { options: '08010000' }, 'tcp.option.len.invalid'],
    ['header shorter than 20 bytes', { headerWords: 4 }, 'tcp.bogus_header_length'],
    ['header longer than the packet', { headerWords: 15 }, 'tcp.short_segment'],
  ])('%s', (_, parts, remark) => {
    expect(one(parts).values[remark]).toEqual(['1']);
  });
});

describe('options', () => {
  test.each<[string, string, Record<string, string[]>, string]>([
    ['timestamps', '0101080a 00000001 00000002', { 'tcp.options.timestamp.tsval': ['1'], 'tcp.options.timestamp.tsecr': ['2'] }, 'TSval=1 TSecr=2'],
    ['MD5 signature', '1312 00112233445566778899aabbccddeeff', { 'tcp.options.md5.digest': ['00112233445566778899aabbccddeeff'] }, 'MD5'],
    ['TCP-AO', '1d080102 aabbccdd', { 'tcp.options.ao.keyid': ['1'], 'tcp.options.ao.rnextkeyid': ['2'], 'tcp.options.ao.mac': ['aabbccdd'] }, 'TCP AO'],
    ['user timeout', '1c048005', { 'tcp.options.user_to_granularity': ['1'], 'tcp.options.user_to_val': ['5'] }, 'USER_TO=5'],
    ['Fast Open cookie', '2206aabbccdd', { 'tcp.options.tfo.cookie': ['aabbccdd'] }, 'TFO=C'],
    ['Fast Open request', '2202', { 'tcp.options.tfo.request': ['1'] }, 'TFO=R'],
    ['Fast Open as an experiment', 'fe06f989aabb', { 'tcp.options.experimental.exid': ['0xf989'], 'tcp.options.tfo.cookie': ['aabb'] }, 'TFO=C'],
    ['an experiment', 'fd06cafe0102', { 'tcp.options.experimental.exid': ['0xcafe'], 'tcp.options.experimental.data': ['0102'] }, 'ExID=CAFE'],
    ['Accurate ECN', 'ac05000007', { 'tcp.options.acc_ecn.ee0b': ['7'] }, 'EE0B=7'],
    ['Quick-Start', '1b08050a00000000', { 'tcp.options.qs.rate': ['5'], 'tcp.options.qs.ttl_diff': ['10'] }, 'QSresp=1.28 Mbit/s'],
    ['something unknown', '63040102', { 'tcp.options.unknown.payload': ['0102'], 'tcp.option_kind': ['99'] }, 'Len=0'],
    ['Multipath TCP', '1e0c0081 0102030405060708', { 'tcp.options.mptcp.subtype': ['0'], 'tcp.options.mptcp.sendkey': ['72623859790382856'], 'tcp.options.mptcp.checksumreq.flags': ['1'] }, 'Len=0'],
  ])('%s', (_, options, values, info) => {
    const frame = one({ options });
    expect(frame.values).toMatchObject(values);
    expect(frame.info).toContain(info);
  });

  test('SACK edges are relative, and a block below the ACK is a D-SACK', () => {
    const frames = dissectFrames([...handshakeFrames(), segmentFrame({ from: 1, flags: 'A', sequence: 5001, acknowledgment: 1201, options: '0101 0512 000003e9 0000044d 00000515 00000579' })]);
    expect(frames[3]?.info).toBe('[TCP ACKed unseen segment] 9999 → 40000 [ACK] Seq=1 Ack=201 Win=4000 Len=0 SLE=1 SRE=101 SLE=301 SRE=401');
    expect(frames[3]?.values).toMatchObject({
      'tcp.options.sack_le': ['1', '301'], 'tcp.options.sack_re': ['101', '401'], 'tcp.options.sack.count': ['2'], 'tcp.options.sack.dsack_le': ['1'], 'tcp.options.sack.dsack_re': ['101'], 'tcp.options.sack.dsack': ['1'],
    });
  });
});

describe('the checksum', () => {
  const verify = { settings: { verifyChecksums: true } } as const;
  test.each<[string, number, string, boolean]>([
    ['right', 0, '1', false],
    ['wrong', 1, '0', true],
  ])('%s', (_, checksumError, status, remarked) => {
    const frame = one({ payload: 'hello', checksumError }, verify);
    expect(frame.values['tcp.checksum.status']).toEqual([status]);
    expect(frame.values['tcp.checksum_bad.expert'] !== undefined).toBe(remarked);
    expect(frame.info.includes('[TCP CHECKSUM INCORRECT]')).toBe(remarked);
  });

  test('is not judged unless asked for', () => expect(one({ checksumError: 1 }).values['tcp.checksum.status']).toEqual(['2']));
});

describe('cut off by the capture', () => {
  const whole = segmentFrame({ flags: 'PA', sequence: 1, acknowledgment: 2, options: '0101080a0000000100000002', payload: 'hello world' });
  test.each([
    [36, 'eth:ethertype:ip:tcp'],
    [38, 'eth:ethertype:ip:tcp'],
    [48, 'eth:ethertype:ip:tcp'],
    [52, 'eth:ethertype:ip:tcp'],
    [60, 'eth:ethertype:ip:tcp'],
    [66, 'eth:ethertype:ip:tcp'],
    [70, 'eth:ethertype:ip:tcp:data'],
  ])('after %i bytes', (length, chain) => {
    const frame = dissectFrames([whole.slice(0, length)], { wireLength: whole.length })[0] as DissectedFrame;
    expect(frame.protocols).toBe(chain);
    expect(frame.tree).not.toContain('Malformed');
    if (length >= 70) expect(frame.values['tcp.payload']).toEqual([[...new TextEncoder().encode('hello world')].slice(0, length - 66).map((byte) => byte.toString(16)).join('')]);
  });
});

/** Messages "<length digit><that many letters>"; 9 stands for 9 letters asked for one segment at a time. */
const letters = protocol({
  id: 'letters', title: 'Letters', short: 'Letters', spec: 'None', osi: 7,
  claims: [{ table: 'tcp.port', keys: [7777] }],
  fields: () => ({ message: { type: 'string', label: 'Message' } }),
  parse(layer) {
    layer.protocolName('Letters');
    layer.each(() => {
      const length = layer.peekU8() - 0x30;
      const missing = 1 + length - layer.left;
      if (missing > 0 && layer.canDesegment) {
        layer.needMore(layer.cursor, length === 9 ? 'segment' : missing);
        return;
      }
      const text = layer.peekText(0, 1 + length);
      layer.take('message', 1 + length);
      layer.info(() => text);
    });
  },
});

describe('messages across segments', () => {
  const protocols = [...PROTOCOLS, letters];
  const stream = (...texts: string[]): DissectedFrame[] => {
    let sequence = 1001;
    const frames = texts.map((payload) => {
      const frame = segmentFrame({ flags: 'PA', sequence, acknowledgment: 5001, payload, serverPort: 7777 });
      sequence += payload.length;
      return frame;
    });
    return dissectFrames([...handshakeFrames(undefined, 7777), ...frames], { protocols }).slice(3);
  };
  const summary = ({ protocols: chain, protocol: name, info, values }: DissectedFrame): string =>
    `${chain.split(':').slice(3).join(':')} ${name} "${info.replace(/^.*Len=\d+ ?/, '')}" ${values['letters.message']?.join(',') ?? '-'} ${values['tcp.reassembled_in']?.join() ?? '-'} ${values['tcp.segment']?.join('+') ?? '-'}`;

  test('are shown where they end', () => {
    expect(stream('5ab', 'c', 'de').map(summary)).toEqual([
      'tcp TCP "[TCP segment of a reassembled PDU]" - 6 -',
      'tcp TCP "[TCP segment of a reassembled PDU]" - 6 -',
      'tcp:letters Letters "5abcde" 5abcde - 4+5+6',
    ]);
  });

  test('may begin and end within segments', () => {
    expect(stream('1a3bc', 'd2x', 'y').map(summary)).toEqual([
      'tcp:letters Letters "1a" 1a 5 -',
      'tcp:letters Letters "3bcd" 3bcd 6 4+5',
      'tcp:letters Letters "2xy" 2xy - 5+6',
    ]);
  });

  test('name their segments, their length and their bytes', () => {
    const [, last] = stream('5ab', 'cde') as [DissectedFrame, DissectedFrame];
    expect(last.values).toMatchObject({ 'tcp.segment.count': ['2'], 'tcp.reassembled.length': ['6'], 'tcp.reassembled.data': ['356162636465'], 'tcp.segment_data': ['636465'], 'tcp.payload': ['636465'] });
    expect(last.tree).toContain('    [2 Reassembled TCP Segments (6 bytes): #4(3), #5(3)]\n        [Frame: 4, payload: 0-2 (3 bytes)]\n        [Frame: 5, payload: 3-5 (3 bytes)]');
  });

  test('of unknown length are asked for segment by segment', () => {
    expect(stream('9abc', 'def', 'ghi').map(summary)).toEqual([
      'tcp TCP "[TCP segment of a reassembled PDU]" - 6 -',
      'tcp TCP "[TCP segment of a reassembled PDU]" - 6 -',
      'tcp:letters Letters "9abcdefghi" 9abcdefghi - 4+5+6',
    ]);
  });

  test('that never end are segments of something unknown', () => {
    expect(stream('5ab').map(summary)).toEqual(['tcp TCP "[TCP segment of a reassembled PDU]" - - -']);
  });

  test('are not put together from segments that the capture cut', () => {
    const frames = [segmentFrame({ flags: 'PA', sequence: 1, payload: '5abcde', serverPort: 7777 })].map((frame) => frame.slice(0, -2));
    const [frame] = dissectFrames(frames, { protocols, wireLength: 60 });
    expect(frame?.protocols).toBe('eth:ethertype:ip:tcp:letters');
    expect(frame?.values['tcp.segment_data']).toBeUndefined();
  });
});

describe('segments that come early', () => {
  const protocols = [...PROTOCOLS, letters];
  const at = (sequence: number, payload: string): Uint8Array => segmentFrame({ flags: 'PA', sequence, acknowledgment: 5001, payload, serverPort: 7777 });
  // "2xy" comes after the two messages that follow it.
  const frames = [...handshakeFrames(undefined, 7777), at(1001, '1a'), at(1006, '2cd'), at(1009, '3ef'), at(1003, '2xy'), at(1012, 'g')];
  const messages = (reassembleOutOfOrder: boolean): string[] =>
    dissectFrames(frames, { protocols, settings: { verifyChecksums: false, reassembleOutOfOrder } }).slice(3)
      .map(({ values }) => `${values['letters.message']?.join(',') ?? '-'} ${values['tcp.reassembled_in']?.join() ?? '-'} ${values['tcp.segment']?.join('+') ?? '-'}`);

  test('wait for those before them where that is wanted', () => {
    expect(messages(true)).toEqual(['1a - -', '- 7 -', '- 8 -', '2xy,2cd - 7+5', '3efg - 6+8']);
  });

  test('are seen as they come where it is not', () => {
    expect(messages(false)[1]).toMatch(/^2cd/);
  });
});

describe('who sees the payload', () => {
  const named = (id: string, ports: readonly number[], magic?: string): ProtocolInfo =>
    protocol({
      id, title: id, short: id, spec: 'None', osi: 7, fields: () => ({}),
      ...(ports.length > 0 ? { claims: [{ table: 'tcp.port', keys: ports }] } : {}),
      ...(magic === undefined ? {} : { guesses: [{ table: 'tcp', rank: 0, accepts: (peek: Peek) => peek.text(0, magic.length) === magic }] }),
      parse: (layer) => layer.skip(layer.left),
    });
  const last = (frames: readonly Uint8Array[], ...extra: ProtocolInfo[]): string[] =>
    dissectFrames(frames, { protocols: [...PROTOCOLS, ...extra] }).map((frame) => frame.protocols.split(':').at(-1) ?? '');
  const data = (payload: string, sequence = 1001): Uint8Array => segmentFrame({ flags: 'PA', sequence, acknowledgment: 5001, payload, serverPort: 50_000 });

  test('the port that the SYN went to comes before the lower one', () => {
    const protocols = [named('low', [40_000]), named('server', [50_000])] as const;
    expect(last([data('x')], ...protocols)).toEqual(['low']);
    expect(last([...handshakeFrames(undefined, 50_000), data('x')], ...protocols).at(-1)).toBe('server');
  });

  test('who recognises the first bytes of a stream keeps it', () => {
    expect(last([data('plain'), data('MAGIC', 1006), data('more', 1011)], named('magic', [], 'MAGIC'))).toEqual(['data', 'magic', 'magic']);
  });

  test('what the user said comes before everything, whatever the bytes are', () => {
    const refusing = { ...named('refusing', []), spec: { ...named('refusing', []).spec, accepts: () => false } };
    const frames = dissectFrames([data('MAGIC')], { protocols: [...PROTOCOLS, named('magic', [40_000], 'MAGIC'), refusing], decodeAs: [{ table: 'tcp.port', key: 50_000, protocol: 'refusing' }] });
    expect(frames.map((frame) => frame.protocols.split(':').at(-1))).toEqual(['refusing']);
    expect(() => dissectFrames([], { decodeAs: [{ table: 'tcp.port', key: 1, protocol: 'nobody' }] })).toThrow(RangeError);
  });

  test('nobody sees a keep-alive', () => {
    const frames = [...handshakeFrames(undefined, 50_000), data('x'), data('0x00')];
    expect(last(frames, named('server', [50_000])).slice(3)).toEqual(['server', 'data']);
  });
});

test('a segment that an ICMP error quotes joins its stream and changes nothing in it', () => {
  const sent = segmentFrame({ flags: 'PA', sequence: 1001, acknowledgment: 5001, payload: 'hello' });
  const quoted = sent.slice(14, 14 + 40);
  const icmp = Uint8Array.from([3, 1, 0, 0, 0, 0, 0, 0, ...quoted]);
  const header = [0x45, 0, 0, 20 + icmp.length, 0, 1, 0, 0, 64, 1, 0, 0, 10, 0, 0, 9, 10, 0, 0, 1];
  const error = Uint8Array.from([...sent.slice(0, 14), ...header, ...icmp]);
  const frames = dissectFrames([...handshakeFrames(), sent, error, sent]);
  const inError = frames[4] as DissectedFrame;
  expect(inError.protocols).toBe('eth:ethertype:ip:icmp:ip:tcp');
  expect(inError.values).toMatchObject({ 'tcp.stream': ['0'], 'tcp.seq': ['1001'], 'tcp.srcport': ['40000'] });
  expect(inError.values['tcp.len']).toBeUndefined();
  expect(frames[5]?.values['tcp.analysis.rto_frame']).toEqual(['4']);
});

test('a retransmission is marked and not dissected twice', () => {
  const data = segmentFrame({ flags: 'PA', sequence: 1001, acknowledgment: 5001, payload: 'hello' });
  const frames = dissectFrames([...handshakeFrames(), data, data]);
  const last = frames.at(-1) as DissectedFrame;
  expect(frames[3]?.protocols).toBe('eth:ethertype:ip:tcp:data');
  expect(last.protocols).toBe('eth:ethertype:ip:tcp');
  expect(last.info).toBe('[TCP Retransmission] 40000 → 9999 [PSH, ACK] Seq=1 Ack=1 Win=4000 Len=5');
  expect(last.values).toMatchObject({ 'tcp.analysis.rto': ['0.001000000'], 'tcp.analysis.rto_frame': ['4'], 'tcp.segment_data': ['68656c6c6f'] });
});

test('the payload of an RST is a cause in words', () => {
  expect(one({ flags: 'R', payload: 'go away' }).values['tcp.reset_cause']).toEqual(['go away']);
});
