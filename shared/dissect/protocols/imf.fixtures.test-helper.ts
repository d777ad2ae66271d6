/** A mail within a mail, with a security label. */
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

/** A mail as SMTP carries it, in one packet. */
export function carried(mail: string): TcpFrames {
  return new TcpFrames(25).send('up', lines('DATA\n')).send('up', lines(`${mail}.\n`));
}

const FORWARDED = 'Content-Type: message/rfc822; x=y\nSIO-Label: marking="SECRET"; fgcolor=red; label*1="AB"; odd=1\n\nFrom: a@b\nSubject: in\n\nwords\n';

export const IMF_FIXTURES: readonly Fixture[] = [fixture('imf: a mail within a mail', ...over(carried(FORWARDED), ['', '', '', ':smtp', ':smtp:imf:imf']))];
