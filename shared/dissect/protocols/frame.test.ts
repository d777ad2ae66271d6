import { describe, expect, test } from 'vitest';
import { Streams } from '../../streams/streams.ts';
import { packetInput } from '../dissect-frames.ts';
import { Dissection } from '../dissection.ts';
import { etherFrame, one } from '../internet.test-helper.ts';
import { Registry } from '../registry.ts';
import { WANT_TREE } from '../run.ts';
import { CaptureState } from '../state.ts';
import type { PacketInput } from '../state.ts';
import { valueText } from '../values.ts';
import { difference } from './frame.ts';
import { PROTOCOLS } from './index.ts';

const FRAME = etherFrame(0x1234, '0102');

/** Values of a packet that is not as dissectFrames makes them. */
function valuesOf(given: Partial<PacketInput>): Readonly<Record<string, readonly string[]>> {
  const run = new Dissection(new Registry(PROTOCOLS), new CaptureState(new Streams(), { verifyChecksums: false }));
  run.run({ ...packetInput(FRAME, 1, {}), ...given }, 'show', WANT_TREE);
  const values: Record<string, string[]> = {};
  for (let entry = 0; entry < run.tape.count; entry += 1) {
    const name = run.tape.fields[entry]?.name;
    if (name !== undefined) (values[name] ??= []).push(valueText(run.tape, entry));
  }
  return values;
}

describe('the record', () => {
  test('of a pcap file', () => {
    const { values } = one(FRAME, { wireLength: 60 });
    expect(values).toMatchObject({
      'frame.encap_type': ['1'], 'frame.time': ['Nov 14, 2023 22:13:20.000000000 UTC'], 'frame.offset_shift': ['0.000000000'], 'frame.time_epoch': ['1700000000.000000000'],
      'frame.time_delta': ['0.000000000'], 'frame.time_delta_displayed': ['0.000000000'], 'frame.time_relative': ['0.000000000'], 'frame.number': ['1'], 'frame.len': ['60'],
      'frame.cap_len': ['16'], 'frame.marked': ['0'], 'frame.ignored': ['0'], 'frame.protocols': ['eth:ethertype:data'],
    });
    expect(values['frame.interface_id']).toBeUndefined();
  });

  test('of a pcapng file', () => {
    expect(valuesOf({ section: 1, interfaceId: 2, interfaceName: 'eth0', interfaceDescription: 'uplink', packetFlags: 0x0100_0029 })).toMatchObject({
      'frame.section_number': ['2'], 'frame.interface_id': ['2'], 'frame.interface_name': ['eth0'], 'frame.interface_description': ['uplink'], 'frame.packet_flags': ['0x01000029'],
      'frame.packet_flags_direction': ['0x00000001'], 'frame.packet_flags_reception_type': ['2'], 'frame.packet_flags_fcs_length': ['1'], 'frame.packet_flags_crc_error': ['1'], 'frame.p2p_dir': ['1'],
    });
    expect(valuesOf({ packetFlags: 2 })['frame.p2p_dir']).toEqual(['0']);
    expect(valuesOf({ packetFlags: 3 })['frame.p2p_dir']).toBeUndefined();
    expect(valuesOf({ section: 0, interfaceName: null })['frame.interface_name']).toEqual(['unknown']);
  });

  test('without a time', () => {
    expect(valuesOf({ hasTime: false })['frame.time']).toBeUndefined();
  });

  test('with comments', () => {
    expect(valuesOf({ comments: ['one', 'two'] })['frame.comment']).toEqual(['one', 'two']);
  });

  test('shorter on the wire than captured', () => {
    expect(valuesOf({ wireLength: 10 })['frame.len_lt_caplen']).toEqual(['1']);
  });
});

test('a link type that nobody knows is data', () => {
  expect(one(FRAME, { linkType: 9999 })).toMatchObject({ protocols: 'data' });
});

test.each([
  [{ seconds: 5, nanos: 1 }, { seconds: 3, nanos: 2 }, { seconds: 1, nanos: 999_999_999 }],
  [{ seconds: 5, nanos: 2 }, { seconds: 5, nanos: 1 }, { seconds: 0, nanos: 1 }],
  [{ seconds: 3, nanos: 0 }, { seconds: 5, nanos: 1 }, { seconds: -3, nanos: 999_999_999 }],
])('times are subtracted exactly', (later, earlier, expected) => {
  expect(difference(later, earlier)).toEqual(expected);
});
