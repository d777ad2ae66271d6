/** Queries and answers of Modbus over TCP and UDP. */
import { concat, hex, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames, datagram } from '../frames.test-helper.ts';

/** A message with its header; the unit is 1. */
export function modbusMessage(transaction: number, content: string | Bytes): Bytes {
  const bytes = typeof content === 'string' ? hex(content) : content;
  return concat(u16(transaction), u16(0), u16(bytes.length + 1), u8(1), bytes);
}

/** Pairs of query and answer, by function. */
const PAIRS: readonly (readonly [query: string, answer: string])[] = [
  ['01 0013 000a', '01 02 cd01'], ['02 00c4 0016', '02 03 acdb35'], ['03 006b 0003', '03 06 022b 0000 0064'], ['04 0008 0001', '04 02 000a'], ['05 00ac ff00', '05 00ac ff00'], ['06 0001 0003', '06 0001 0003'],
  ['07', '07 6d'], ['08 0000 a537', '08 0000 a537'], ['08 0001 ff00', '08 0001 ff00'], ['08 0002 0000', '08 0002 0001'], ['08 0003 0d00', '08 0003 0d00'], ['08 000b 0000', '08 000b 0005'], ['0b', '0b ffff 0108'],
  ['0c', '0c 0b 0000 0108 0121 20 00 d0 5f 04'], ['0f 0013 000a 02 cd01', '0f 0013 000a'], ['10 0001 0002 04 000a 0102', '10 0001 0002'], ['11', '11 03 41 ff 42'],
  ['14 0e 06 0004 0001 0002 06 0003 0009 0002', '14 0c 05 06 0dfe 0020 05 06 33cd 0040'], ['15 0d 06 0004 0007 0003 06af 04be 100d', '15 0d 06 0004 0007 0003 06af 04be 100d'], ['16 0004 00f2 0025', '16 0004 00f2 0025'],
  ['17 0003 0006 000e 0003 06 00ff 00ff 00ff', '17 04 00fe 0acd'], ['18 04de', '18 0006 0002 01b8 1284'], ['2b 0e 01 00', '2b 0e 01 01 00 00 02 00 03 616263 80 01 7a'], ['2b 0d 0102', '2b 0d 0102'], ['5a 00 02', '5a fe'], ['03 0001 0001', '83 02'],
];

function talk(): TcpFrames {
  const frames = new TcpFrames(502);
  for (const [index, [query, answer]] of PAIRS.entries()) frames.send('up', modbusMessage(index, query)).send('down', modbusMessage(index, answer));
  return frames;
}

export const MODBUS_FIXTURES: readonly Fixture[] = [
  fixture('mbtcp, modbus: every function', ...over(talk(), ['', '', '', ...PAIRS.flatMap(() => [':mbtcp:modbus', ':mbtcp:modbus'])])),
  single('mbudp, modbus: a query', datagram('up', 502, modbusMessage(1, '03 0000 0001')), 'eth:ethertype:ip:udp:mbudp:modbus'),
];
