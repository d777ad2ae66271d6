/** Options that tell who somebody is, and that encrypt (RFC 2941, RFC 2946). */
import type { TelnetLayer } from './fields.ts';

const IS = 0;
const SEND = 1;
const REPLY = 2;
const NAME = 3;
const SUPPORT = 1;
const START = 3;
const END = 4;
const REQUEST_START = 5;
const REQUEST_END = 6;
const ENC_KEYID = 7;
const DEC_KEYID = 8;
const DEFAULT_KEY = 0;

export function takeAuthentication(layer: TelnetLayer): void {
  const command = layer.take('auth.cmd');
  if (command === IS || command === REPLY) {
    takeTypePair(layer);
    if (layer.left > 0) layer.take('auth.krb5.cmd');
  } else if (command === SEND) layer.each(() => takeTypePair(layer));
  else if (command === NAME && layer.left > 0) layer.take('auth.name', layer.left);
}

/** How to tell who somebody is, and what goes with it. */
function takeTypePair(layer: TelnetLayer): void {
  if (layer.left > 0) layer.take('auth.type');
  if (layer.left === 0) return;
  const at = layer.cursor;
  layer.at('auth.mod.enc', at, 1);
  layer.at('auth.mod.cred_fwd', at, 1);
  layer.at('auth.mod.how', at, 1);
  layer.at('auth.mod.who', at, 1);
  layer.skip(1);
}

export function takeEncryption(layer: TelnetLayer): void {
  const command = layer.take('enc.cmd');
  switch (command) {
    case IS:
    case REPLY:
      if (layer.left > 0) layer.take('enc.type');
      if (layer.left > 0) layer.take('enc.type_data', layer.left);
      return;
    case SUPPORT:
      layer.each(() => layer.take('enc.type'));
      return;
    case START:
      takeKeyId(layer, (first) => (first === DEFAULT_KEY ? 'Default key' : 'Key ID'));
      return;
    case REQUEST_START:
      takeKeyId(layer, () => 'Key ID (advisory)');
      return;
    case ENC_KEYID:
    case DEC_KEYID:
      if (layer.left > 0) layer.take('enc.key_id', layer.left);
      return;
    case END:
    case REQUEST_END:
      return;
    default:
      layer.expert('enc.cmd.unknown', 'warn', 'Protocol', 'Unknown encryption command');
  }
}

function takeKeyId(layer: TelnetLayer, label: (first: number) => string): void {
  if (layer.left === 0) return;
  const first = layer.peekU8();
  layer.take('enc.key_id', layer.left);
  layer.label(() => label(first));
}
