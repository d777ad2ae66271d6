/** Commands of Redis and answers of every type. */
import { latin1 } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

const TALK = new TcpFrames(6379)
  .send('up', lines('*3\n$3\nSET\n$1\nk\n$5\nhello\n'))
  .send('down', lines('+OK\n'))
  .send('up', lines('*1\n$4\nPING\n*2\n$3\nGET\n$1\nk\n'))
  .send('down', lines('-ERR no\n:42\n$-1\n*-1\n*0\n'))
  .send('down', lines('*2\n*2\n:1\n$1\na\n+x\n$3\n').subarray(0, 24))
  .send('down', lines('+x\n_\n'));

export const RESP_FIXTURES: readonly Fixture[] = [
  fixture('resp: commands and answers', ...over(TALK, ['', '', '', ':resp', ':resp', ':resp', ':resp', ':resp', ':resp'])),
  fixture('resp: arrays without end', ...over(new TcpFrames(6379).send('down', lines(`${'*1\n'.repeat(80)}:1\n`)).send('up', latin1('no line')), ['', '', '', ':resp', ''])),
];
