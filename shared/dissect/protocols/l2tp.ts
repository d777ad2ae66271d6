/** The Layer 2 Tunneling Protocol: carries PPP sessions over IP, and sets them up. */
import { protocol } from '../define.ts';
import { takeAttribute, type L2tpLayer } from './l2tp/attributes.ts';
import { l2tpFields } from './l2tp/fields.ts';

const CONTROL = 0x8000;
const HAS_LENGTH = 0x4000;
const HAS_SEQUENCE = 0x0800;
const HAS_OFFSET = 0x0200;
const VERSION = 0x000f;
const VERSION_3 = 3;
const FLAGS_2 = ['type', 'length_bit', 'seq_bit', 'offset_bit', 'priority', 'version'] as const;
const FLAGS_3 = ['type', 'length_bit', 'seq_bit', 'version'] as const;

/** Messages by their number, as they stand in the list (RFC 2661 §3.2). */
const MESSAGES: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'SCCRQ', 2: 'SCCRP', 3: 'SCCCN', 4: 'StopCCN', 5: 'Reserved', 6: 'Hello', 7: 'OCRQ', 8: 'OCRP', 9: 'OCCN', 10: 'ICRQ', 11: 'ICRP', 12: 'ICCN', 13: 'Reserved', 14: 'CDN', 15: 'WEN', 16: 'SLI',
};
const NO_BODY = 'ZLB     ';

export const l2tp = protocol({
  id: 'l2tp',
  title: 'Layer 2 Tunneling Protocol',
  short: 'L2TP',
  spec: 'RFC 2661 §3, §4; RFC 3931',
  osi: 4,
  claims: [{ table: 'udp.port', keys: [1701] }],
  accepts: (peek) => peek.length >= 2 && [2, VERSION_3].includes(peek.u16(0) & VERSION),
  fields: l2tpFields,
  parse(layer) {
    layer.protocolName('L2TP');
    layer.info(() => '');
    const flags = layer.take('flags');
    const isThree = (flags & VERSION) === VERSION_3;
    for (const key of isThree ? FLAGS_3 : FLAGS_2) layer.flag(key);
    if (isThree) versionThree(layer, flags);
    else versionTwo(layer, flags);
  },
});

function versionTwo(layer: L2tpLayer, flags: number): void {
  if ((flags & HAS_LENGTH) !== 0) {
    const length = layer.take('length');
    if (!layer.broken) layer.shrink(length);
  }
  const tunnel = layer.take('tunnel');
  const session = layer.take('session');
  if (layer.broken) return;
  if ((flags & HAS_SEQUENCE) !== 0) for (const key of ['Ns', 'Nr'] as const) layer.take(key);
  if ((flags & HAS_OFFSET) !== 0) takeOffset(layer);
  const isControl = (flags & CONTROL) !== 0;
  const message = isControl ? `Control Message - ${controlMessage(layer)}` : 'Data    Message           ';
  layer.info(() => `${message} (tunnel id=${tunnel}, session id=${session})`);
  if (isControl) control(layer);
  else if (layer.left > 0) layer.call('ppp');
}

function takeOffset(layer: L2tpLayer): void {
  const length = layer.take('offset');
  if (length > 0 && layer.has(length)) layer.put('offset_padding', 0, layer.cursor, length);
  layer.skip(length);
}

/** What the first attribute says that the message is. */
function controlMessage(layer: L2tpLayer): string {
  if (layer.reportedLeft <= 0) return NO_BODY;
  const type = layer.peekU16(6);
  return MESSAGES[type] ?? `Unknown (${type})`;
}

function control(layer: L2tpLayer): void {
  if (layer.reportedLeft <= 0) {
    layer.put('zero_length_body_message', 0);
    return;
  }
  let isSound = true;
  layer.each(() => {
    if (isSound) isSound = takeAttribute(layer);
  });
}

/** Version 3 knows sessions by numbers of 32 bits; what is behind depends on how they were set up. */
function versionThree(layer: L2tpLayer, flags: number): void {
  layer.protocolName('L2TPv3');
  if ((flags & CONTROL) === 0) {
    layer.take('res');
    const session = layer.take('sid');
    if (!layer.broken) layer.info(() => `D[S:${hex(session)}]`);
    if (layer.left > 0) layer.data();
    return;
  }
  const length = layer.take('length');
  if (!layer.broken) layer.shrink(length);
  const connection = layer.take('ccid');
  for (const key of ['Ns', 'Nr'] as const) layer.take(key);
  if (layer.broken) return;
  const message = controlMessage(layer);
  layer.info(() => `Control Message - ${message} (ccid=${hex(connection)})`);
  control(layer);
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
