/** Private messages (mode 7) of ntpd (ntp_request.h): a header, and items as the request asks for. */
import { readU16 } from '../../../bytes/reader.ts';
import { ipv4Text } from '../../address-text.ts';
import { nameOf } from '../../values.ts';
import { noteAnswer, noteQuestion } from './exchanges.ts';
import type { NtpLayer } from './fields.ts';
import { REQUESTS } from './names.ts';
import { layoutOf, MON_GETLIST, MON_GETLIST_1, takeParts } from './private-items.ts';

const XNTPD = 3;
/** Where a list's items have address and port of who asked. */
const ADDRESS_AT = 16;
const PORT_AT: Readonly<Record<number, number>> = { [MON_GETLIST]: 20, [MON_GETLIST_1]: 28 };

export function takePrivate(layer: NtpLayer): void {
  layer.take('flags');
  const isAnswer = layer.flag('priv.flags.r') === 1;
  for (const bit of ['priv.flags.more', 'flags.vn', 'flags.mode'] as const) layer.flag(bit);
  layer.take('priv.auth_seq');
  for (const bit of ['priv.auth', 'priv.seq'] as const) layer.flag(bit);
  const implementation = layer.take('priv.impl');
  const request = layer.take('priv.reqcode');
  if (layer.broken) return;
  const name = nameOf(REQUESTS, request) ?? 'Unknown';
  layer.infoAppend(() => `, ${isAnswer ? 'Response' : 'Request'}, ${name}`);
  // Numbers of control messages have 16 bits; these do not meet them.
  if (isAnswer) noteAnswer(layer, 0xff00_0000 + implementation, false);
  else noteQuestion(layer, 0xff00_0000 + implementation);
  if (implementation === XNTPD) takeItems(layer, request, isAnswer, name);
}

function takeItems(layer: NtpLayer, request: number, isAnswer: boolean, name: string): void {
  const at = layer.cursor;
  layer.at('priv.err', at, 1);
  const count = layer.at('priv.numitems', at, 2);
  layer.at('priv.reserved', at + 2, 1);
  const size = layer.at('priv.itemsize', at + 2, 2);
  layer.skip(4);
  const first = layer.cursor;
  for (let item = 0; item < count && !layer.broken && !layer.run.full; item += 1) takeItem(layer, request, isAnswer, name, first + size * item, size);
}

function takeItem(layer: NtpLayer, request: number, isAnswer: boolean, name: string, start: number, size: number): void {
  if (!layer.reaches(start + size)) return;
  const { bytes } = layer;
  const portAt = PORT_AT[request];
  layer.cursor = start;
  layer.put('priv.mode7.item', portAt === undefined ? '' : 'Monlist Item', start, size);
  layer.label(() => (portAt === undefined ? `${name} Item` : `Monlist item: address: ${ipv4Text(bytes, start + ADDRESS_AT)}:${readU16(bytes, start + portAt)}`));
  layer.inside(() => takeParts(layer, layoutOf(layer, request, isAnswer, start, size)));
}
