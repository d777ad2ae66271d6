import { describe, expect, test } from 'vitest';
import { CommandError } from './command-error.ts';
import { readOptions } from './read-options.ts';

describe('options of read', () => {
  test('one line a packet, the whole file, is the default', () => {
    expect(readOptions(['a.pcap'])).toEqual({
      file: 'a.pcap', output: 'text', fields: [], filter: null, macros: null, maxPackets: null, settings: { verifyChecksums: false, reassembleOutOfOrder: false }, decodeAs: [], columnBudgetBytes: undefined, follow: false,
      format: { header: false, separator: '\t', aggregator: ',', occurrence: 'a', quote: '' },
    });
  });

  test("tshark's letters, together and apart", () => {
    const options = readOptions(['-2', '-n', '-r', 'a.pcap', '-c5', '-T', 'fields', '-e', 'ip.src', '-e', 'tcp.len', '-E', 'header=y', '-E', 'separator=/s', '-E', 'aggregator=;', '-E', 'occurrence=l', '-E', 'quote=d']);
    expect(options).toMatchObject({ file: 'a.pcap', output: 'fields', fields: ['ip.src', 'tcp.len'], maxPackets: 5 });
    expect(options.format).toEqual({ header: true, separator: ' ', aggregator: ';', occurrence: 'l', quote: '"' });
  });

  test.each([
    [['-V', 'a'], 'verbose'],
    [['-T', 'json', 'a'], 'json'],
    [['-T', 'json', '-e', 'ip.src', 'a'], 'json'],
  ] as const)('%j prints %s', (words, output) => {
    expect(readOptions([...words]).output).toBe(output);
  });

  test.each([['-f'], ['--follow']])('%s follows the file; - is standard input', (word) => {
    expect(readOptions([word, '-'])).toMatchObject({ file: '-', follow: true });
  });

  test.each([['checksums:true'], ['tcp.check_checksum:TRUE'], ['ip.check_checksum:true']])('-o %s verifies checksums', (setting) => {
    expect(readOptions(['a', '-o', setting]).settings.verifyChecksums).toBe(true);
  });

  test('-o tcp.reassemble_out_of_order, and -d for Decode As', () => {
    expect(readOptions(['a', '-o', 'tcp.reassemble_out_of_order:TRUE']).settings.reassembleOutOfOrder).toBe(true);
    expect(readOptions(['a', '-d', 'tcp.port==8888,http', '-d', 'udp.port==0x35,data']).decodeAs).toEqual([{ table: 'tcp.port', key: 8888, protocol: 'http' }, { table: 'udp.port', key: 53, protocol: 'data' }]);
  });

  test('--memory-budget counts megabytes', () => {
    expect(readOptions(['a', '--memory-budget', '64']).columnBudgetBytes).toBe(64_000_000);
  });

  test.each([
    [[], 'needs a capture file'],
    [['a', 'b'], '"b" is one too many'],
    [['a', '-T', 'pdml'], '-T takes text, fields or json, not "pdml"'],
    [['a', '-T', 'fields'], 'needs at least one field'],
    [['a', '-e', 'ip.src'], 'so it needs -T fields or -T json'],
    [['a', '--macros', 'dmacros'], '--macros says what the macros of a filter stand for, so it needs -Y'],
    [['a', '-c', '0'], '-c takes a number of packets from 1 up, not "0"'],
    [['a', '-c', '1e3'], 'not "1e3"'],
    [['a', '-E', 'header=maybe'], '-E does not know "header=maybe"'],
    [['a', '-d', 'tcp.port=1'], '-d takes TABLE==KEY,PROTOCOL'],
    [['a', '-d', 'tcp.port==1,nosuch'], '-d: there is no protocol "nosuch"'],
    [['a', '-o', 'gui.font:x'], '-o does not know "gui.font:x"'],
    [['a', '--memory-budget', '0'], '--memory-budget takes a number of megabytes from 1 up, not "0"'],
    [['a', '--memory-budget', '1.5'], 'not "1.5"'],
    [['a', '-Z', 'tcp'], 'layerscope --help lists the options'],
  ])('%j is refused in one line', (words, message) => {
    expect(() => readOptions(words)).toThrow(CommandError);
    expect(() => readOptions(words)).toThrow(message);
  });
});
