import { expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { branch, one } from '../internet.test-helper.ts';
import { segment } from './ftp.fixtures.test-helper.ts';

test('text is shown line by line, behind the packet that its connection began with', () => {
  const shown = one(segment('down', 20, 41000, 'one\ntwo\n'));
  expect([shown.info, branch(shown, 'FTP Data')]).toEqual(['FTP Data: 10 bytes', 'FTP Data (10 bytes data)\n    [Setup frame: 1]']);
  expect(branch(shown, 'Line-based')).toBe('Line-based text data:  (2 lines)\n    one\\r\\n\n    two\\r\\n');
});

test('other files are not', () => {
  expect(one(segment('up', 41000, 20, hex('6162 00'))).protocols).toBe('eth:ethertype:ip:tcp:ftp-data');
});
