import { expect, test } from 'vitest';
import { packetInput } from '../../shared/dissect/dissect-frames.ts';
import { Dissection } from '../../shared/dissect/dissection.ts';
import { PROTOCOLS } from '../../shared/dissect/protocols/index.ts';
import { Registry } from '../../shared/dissect/registry.ts';
import { WANT_FIELDS } from '../../shared/dissect/run.ts';
import { CaptureState } from '../../shared/dissect/state.ts';
import { Streams } from '../../shared/streams/streams.ts';
import { ip, latin1, mac, u16, concat } from '../../tools/craft/bytes.ts';
import { ipPacket, ipProtocol } from '../../tools/craft/internet.ts';
import { etherType, ethernet } from '../../tools/craft/link.ts';
import { udp } from '../../tools/craft/transport.ts';
import { decodeChoices, type DecodeChoices } from './decode-choices.ts';

const registry = new Registry(PROTOCOLS);
const link = { source: mac('02:00:00:00:00:01'), destination: mac('02:00:00:00:00:02') };
const path = { source: ip('10.0.0.1'), destination: ip('10.0.0.2') };

function choicesFor(frame: Uint8Array): DecodeChoices {
  const run = new Dissection(registry, new CaptureState(new Streams(), { verifyChecksums: false }));
  run.run(packetInput(frame, 1, {}), 'show', WANT_FIELDS);
  return decodeChoices(run);
}

test('ports come first, the lower one before the other, then what carries them', () => {
  const payload = udp(path, { sourcePort: 50_000, destinationPort: 9999 }, latin1('hello'));
  const { keys } = choicesFor(ethernet({ ...link, type: etherType.ipv4, payload: ipPacket({ ...path, protocol: ipProtocol.udp, payload }) }));
  expect(keys).toEqual([
    { table: 'udp.port', key: 9999, protocol: null },
    { table: 'udp.port', key: 50_000, protocol: null },
    { table: 'ip.proto', key: 17, protocol: 'udp' },
    { table: 'ethertype', key: 0x0800, protocol: 'ip' },
  ]);
});

test('a number that two layers share stands once', () => {
  const inner = ipPacket({ ...path, protocol: 4, payload: ipPacket({ ...path, protocol: 4, payload: u16(0) }) });
  const { keys } = choicesFor(concat(link.destination, link.source, u16(etherType.ipv4), inner));
  expect(keys.filter(({ table }) => table === 'ip.proto')).toEqual([{ table: 'ip.proto', key: 4, protocol: 'ip' }]);
});

test('a table offers what claims its numbers, what recognises its payloads, and plain data, by name', () => {
  const { protocols } = choicesFor(ethernet({ ...link, type: 0x88b5, payload: latin1('x') }));
  const ids = (table: string): readonly string[] => protocols.find((one) => one.table === table)?.choices.map(({ id }) => id) ?? [];
  expect(ids('tcp.port')).toEqual(expect.arrayContaining(['http', 'tls', 'ssh', 'data']));
  expect(ids('udp.port')).toEqual(expect.arrayContaining(['dns', 'rtp', 'data']));
  expect(ids('udp.port')).not.toContain('ip');
  expect(ids('ethertype')).toEqual(expect.arrayContaining(['ip', 'arp', 'data']));
  const titles = protocols[0]?.choices.map(({ title }) => title.toLowerCase()) ?? [];
  expect(titles).toEqual([...titles].sort());
});
