/** Simple Mail Transfer Protocol: commands, replies, and the mails between them (RFC 5321). */
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { goesToServer, waitsForLine } from '../text-lines.ts';
import { smtpFields } from './smtp/fields.ts';
import { takeReplies } from './smtp/replies.ts';
import { takeRequest } from './smtp/requests.ts';

const SMTP_PORTS: readonly number[] = [25, 587];

export const smtp = protocol({
  id: 'smtp',
  title: 'Simple Mail Transfer Protocol',
  short: 'SMTP',
  spec: 'RFC 5321',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: SMTP_PORTS }],
  fields: smtpFields,
  parse(layer) {
    if (waitsForLine(layer as unknown as Layer)) return;
    layer.protocolName('SMTP');
    layer.info(() => '');
    if (goesToServer(layer.run, SMTP_PORTS)) takeRequest(layer);
    else takeReplies(layer);
  },
});
