import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { named } from './nbdgm.fixtures.test-helper.ts';
import { mailslot, SMB_FIXTURES } from './smb.fixtures.test-helper.ts';
import { bytesOf } from '../frames.test-helper.ts';

const TITLE = 'SMB (Server';

test('what the list says', () => {
  expect(SMB_FIXTURES.flatMap(({ frames }) => dissectFrames(frames).map(({ info }) => info)).filter((info) => !info.includes('SYN') && !info.includes('[ACK]'))).toMatchInlineSnapshot();
});

test('a message to a mailslot', () => {
  expect(branch(one(named(0x11, mailslot(bytesOf('0102'), '\\MAILSLOT\\OTHER'))), TITLE)).toMatchInlineSnapshot();
});

test.each([
  ['within the words', 40],
  ['within the name', 75],
])('a message that is cut off %s is malformed', (_where, length) => {
  expect(one(named(0x11, mailslot(bytesOf('0102')).subarray(0, length))).tree).toContain('[Malformed Packet');
});
