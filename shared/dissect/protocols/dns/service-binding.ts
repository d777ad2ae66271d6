/** Record data of SVCB and HTTPS (RFC 9460 §2.2): a target and parameters. */
import { hexText, ipv4Text, ipv6Text } from '../../address-text.ts';
import { nameOf } from '../../values.ts';
import type { DnsField, DnsLayer } from './fields.ts';
import { textAt } from './name.ts';
import { SERVICE_PARAMETERS } from './names.ts';
import { takeName } from './rdata.ts';
import type { RecordData, RecordWords } from './rdata.ts';

type ValueReader = (layer: DnsLayer, end: number, words: string[]) => void;

function bytesValue(key: DnsField): ValueReader {
  return (layer, end, words) => {
    const at = layer.cursor;
    layer.take(key, end - at);
    if (layer.run.labels && end > at) words.push(hexText(layer.bytes, at, Math.min(end, at + 16)));
  };
}

function mandatoryKeys(layer: DnsLayer, end: number, words: string[]): void {
  layer.each(() => {
    const key = layer.take('svcb.svcparam.mandatory.key');
    words.push(parameterName(key));
  }, end);
}

function protocolNames(layer: DnsLayer, end: number, words: string[]): void {
  layer.each(() => {
    const length = layer.take('svcb.svcparam.alpn.length');
    const at = layer.cursor;
    layer.take('svcb.svcparam.alpn', length);
    if (layer.run.labels) words.push(textAt(layer, at, length));
  }, end);
}

function addressHints(key: 'svcb.svcparam.ipv4hint.ip' | 'svcb.svcparam.ipv6hint.ip'): ValueReader {
  return (layer, end, words) => {
    layer.each(() => {
      const address = layer.take(key);
      if (layer.run.labels) words.push(address.length === 4 ? ipv4Text(address, 0) : ipv6Text(address, 0));
    }, end);
  };
}

const VALUE_READERS: Readonly<Record<number, ValueReader>> = {
  0: mandatoryKeys,
  1: protocolNames,
  2: () => undefined,
  3: (layer, _end, words) => words.push(String(layer.take('svcb.svcparam.port'))),
  4: addressHints('svcb.svcparam.ipv4hint.ip'),
  5: bytesValue('svcb.svcparam.echconfig'),
  6: addressHints('svcb.svcparam.ipv6hint.ip'),
  32769: bytesValue('svcb.svcparam.odohconfig'),
};

function parameterName(key: number): string {
  return nameOf(SERVICE_PARAMETERS, key) ?? `key${key}`;
}

function parameter(layer: DnsLayer): void {
  const words: string[] = [];
  let key = 0;
  const read = (): void => {
    key = layer.take('svcb.svcparam.key');
    const length = layer.take('svcb.svcparam.value.length');
    const end = layer.cursor + length;
    const reader = VALUE_READERS[key] ?? bytesValue('svcb.svcparam.value');
    if (length > 0 && !layer.broken) reader(layer, end, words);
    if (!layer.broken) layer.cursor = end;
  };
  layer.group('svcb.svcparam', read, () => `SvcParam: ${parameterName(key)}${words.length > 0 ? `=${words.join(',')}` : ''}`);
}

export function serviceBinding(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('svcb.svcpriority');
  takeName(layer, 'svcb.targetname', data.message);
  layer.each(() => parameter(layer), data.end);
  return {};
}
