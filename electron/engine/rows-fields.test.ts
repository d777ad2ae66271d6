/** Columns of fields: values of any field beside the row's own texts. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureSession } from './session.ts';

const SAMPLE = join(import.meta.dirname, '../../assets/samples/web-page.pcapng');

test('rows carry the fields that were asked for, in that order', async () => {
  const session = await CaptureSession.open(SAMPLE, { verifyChecksums: false });
  await session.finished;
  const { rows } = session.readRows(0, 0, 512, ['http.request.method', 'ip.addr', 'no.such.field', 'tcp.analysis.initial_rtt']);
  const plain = session.readRows(0, 0, 512).rows;
  session.close();
  const get = rows.find(({ info }) => info.startsWith('GET'));
  expect(get?.fields).toEqual(['GET', '192.168.1.24,192.0.2.80', '', '0.018440000']);
  expect(rows[0]?.fields).toEqual(['', '', '', '']);
  expect(rows.map((row) => ({ ...row, fields: [] }))).toEqual(plain);
});
