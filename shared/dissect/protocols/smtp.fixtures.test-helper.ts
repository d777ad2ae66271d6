/** Conversations of SMTP: a mail in several packets, a login, and the change to TLS. */
import { hex } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';

export const MAIL = 'From: Ada <ada@example.com>\nTo: bob@example.com, Group: eve@example.com;\nSubject: Notes\nContent-Type: multipart/mixed; boundary=B\nX-Odd: y\n\n--B\nContent-Type: text/plain\n\nHello\n--B--\n';

export function mail(): TcpFrames {
  return new TcpFrames(25)
    .send('down', lines('220-mail.example.com\n220 ready\n'))
    .send('up', lines('EHLO a\nMAIL FROM:<ada@example.com>\nDATA\n'))
    .send('down', lines('354 go on\n'))
    .send('up', lines(MAIL.slice(0, 50)))
    .send('up', lines(`${MAIL.slice(50)}.\n`));
}

export function login(): TcpFrames {
  return new TcpFrames(587)
    .send('up', lines('AUTH LOGIN\n'))
    .send('down', lines('334 VXNlcm5hbWU6\n'))
    .send('up', lines('YWRhYWRh\n'))
    .send('down', lines('334 UGFzc3dvcmQ6\n'))
    .send('up', lines('c2VjcmV0\n'))
    .send('down', lines('235 ok\n'))
    .send('up', lines('AUTH PLAIN AGFkYQBzZWNyZXQ=\n'))
    .send('down', lines('535 no\n'));
}

export function secured(): TcpFrames {
  return new TcpFrames(25).send('up', lines('STARTTLS\n')).send('down', lines('220 go ahead\n')).send('up', hex('1503010002 0100'));
}

export const SMTP_FIXTURES: readonly Fixture[] = [
  fixture('smtp: a mail', ...over(mail(), ['', '', '', ':smtp', ':smtp', ':smtp', ':smtp:data-text-lines', ':smtp:imf:mime_multipart:data-text-lines'])),
  fixture('smtp: logins', ...over(login(), ['', '', '', ...Array.from({ length: 8 }, () => ':smtp')])),
  fixture('smtp: the change to TLS', ...over(secured(), ['', '', '', ':smtp', ':smtp', ':tls'])),
];
