import { describe, expect, test } from 'vitest';
import type { LiveStatus } from '../../shared/ipc/capture-contract.ts';
import { tellStatus } from './LiveBanners.tsx';
import { formatElapsed } from './LiveCounts.tsx';

const running: LiveStatus = {
  state: 'capturing', isShowing: true, backend: 'helper', seconds: 3, received: 1200, written: 1200, bytes: 90_000, droppedByKernel: 0, droppedByInterface: null,
  interfaces: [{ name: 'eth0', linkTypeName: 'Ethernet', snaplen: 0, precision: 'nano', received: 1200, droppedByKernel: 0, droppedByInterface: null }],
  file: 'a.pcapng', folder: '~/Captures', files: 1, deletedFiles: 0, stopReason: null, problems: [],
};
const unwritable = { code: 'disk-full', message: 'The disk is full', fatal: true };

describe('the banner on a live capture', () => {
  test('says nothing while all is as asked for', () => {
    expect(tellStatus(running)).toBeNull();
    expect(tellStatus({ ...running, state: 'stopping' })).toBeNull();
    expect(tellStatus({ ...running, state: 'stopped' })).toBeNull();
  });

  test('tells why a capture failed, and where that is which came before', () => {
    expect(tellStatus({ ...running, state: 'failed', problems: [unwritable] })).toEqual({
      severity: 'error', text: 'The capture ended: The disk is full. The 1,200 packets that came before are in a.pcapng, in ~/Captures.', offers: 'restart',
    });
    expect(tellStatus({ ...running, state: 'failed', written: null, stopReason: 'The helper was killed.' })?.text).toBe('The capture ended: The helper was killed. What came before is in a.pcapng, in ~/Captures.');
  });

  test('tells a problem that did not end it, a limit that did, and a capture that was found again', () => {
    expect(tellStatus({ ...running, problems: [{ ...unwritable, fatal: false }, { code: 'internal', message: 'Late', fatal: false }] })).toMatchObject({ severity: 'warn', text: 'Late. (1 more)' });
    expect(tellStatus({ ...running, state: 'stopped', stopReason: '1,000 packets were captured' })).toEqual({ severity: 'note', text: 'The capture ended: 1,000 packets were captured.', offers: 'nothing' });
    expect(tellStatus({ ...running, state: 'attached' })).toMatchObject({ severity: 'note', offers: 'stop' });
  });
});

test.each([
  [0, '0:00'],
  [7.9, '0:07'],
  [754, '12:34'],
  [3723, '1:02:03'],
])('%s seconds are written %s', (seconds, text) => {
  expect(formatElapsed(seconds)).toBe(text);
});
