/** DNS Stateful Operations (RFC 8490 §5.4): type, length and value instead of records. */
import type { DnsLayer } from './fields.ts';
import { statefulTypeName } from './names.ts';

const KEEP_ALIVE = 1;
const RETRY_DELAY = 2;
const ENCRYPTION_PADDING = 3;

function takeValue(layer: DnsLayer, type: number, length: number): void {
  if (type === KEEP_ALIVE) {
    layer.take('dso.tlv.keepalive.inactivity');
    layer.take('dso.tlv.keepalive.interval');
  } else if (type === RETRY_DELAY) layer.take('dso.tlv.retrydelay.retrydelay');
  else if (type === ENCRYPTION_PADDING) layer.take('dso.tlv.encpad.padding', length);
  else layer.take('dso.tlv.data', length);
}

function takeElement(layer: DnsLayer): void {
  const type = layer.take('dso.tlv.type');
  const length = layer.take('dso.tlv.length');
  const end = layer.cursor + length;
  takeValue(layer, type, length);
  if (!layer.broken) layer.cursor = end;
}

export function takeStatefulOperation(layer: DnsLayer): void {
  layer.group('dso', () =>
    layer.each(() => {
      const type = layer.peekU16();
      layer.group('dso.tlv', () => takeElement(layer), () => `DSO TLV: ${statefulTypeName(type)}`);
    }),
  );
}
