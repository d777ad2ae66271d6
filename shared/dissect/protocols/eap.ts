/** The Extensible Authentication Protocol: requests and responses of many methods to prove who somebody is. */
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { noteId } from './eap/exchange.ts';
import { EAP_CODES, eapFields } from './eap/fields.ts';
import { takeExpanded, takeIdentity, takeLeap, takeMd5, takeMsChap, takePsk, takeSim } from './eap/methods.ts';
import { takeTls, TLS_METHODS } from './eap/tls.ts';
import { EAP_TYPES } from './eap/types.ts';

type Own = Layer<ReturnType<typeof eapFields>>;

const CODE = { request: 1, response: 2, success: 3, failure: 4, finish: 6 } as const;
const HEADER = 4;

export const eap = protocol({
  id: 'eap',
  title: 'Extensible Authentication Protocol',
  short: 'EAP',
  spec: 'RFC 3748 §4',
  osi: 2,
  fields: eapFields,
  parse(layer) {
    const carrier = layer.run.layers[layer.index - 1];
    if (carrier?.protocol.id === 'eapol') layer.unnamed();
    layer.protocolName('EAP');
    layer.info(() => '');
    const code = layer.take('code');
    if (layer.broken) return;
    const name = EAP_CODES[code] ?? `Unknown code (0x${code.toString(16).padStart(2, '0')})`;
    layer.info(() => name);
    layer.summary(() => name);
    const id = layer.take('id');
    const length = takeLength(layer);
    if (length === null) return;
    if (code > CODE.finish || code === 0 || code === CODE.success || code === CODE.failure) return;
    const isAgain = noteId(layer as unknown as Layer, code, id, layer.peekU8());
    if (isAgain) layer.expert('retransmission', 'note', 'Sequence', 'This packet is a retransmission', layer.entry);
    if (code === CODE.request || code === CODE.response) takeMethod(layer, code);
    if (layer.left === 0) layer.reaches(layer.start + length);
  },
});

/** Null where the packet cannot be read any further. */
function takeLength(layer: Own): number | null {
  const length = layer.take('len');
  if (layer.broken) return null;
  if (length < HEADER || length > layer.reportedEnd - layer.start) layer.expert('bad_length', 'warn', 'Protocol', 'Bad length (too small or too large)');
  if (length < HEADER) layer.malformed();
  else layer.shrink(length);
  return layer.broken ? null : length;
}

function takeMethod(layer: Own, code: number): void {
  const method = layer.take('type');
  if (layer.broken) return;
  layer.infoAppend(() => EAP_TYPES[method] ?? `Unknown type (0x${method.toString(16).padStart(2, '0')})`, ', ');
  if (layer.left === 0 && layer.reportedLeft === 0) return;
  if (TLS_METHODS.includes(method)) takeTls(layer, method, code);
  else (METHODS[method] ?? takeOther)(layer, code);
}

const METHODS: Readonly<Record<number, (layer: Own, code: number) => void>> = {
  1: takeIdentity,
  2: (layer) => layer.take('notification', layer.left),
  3: (layer) => layer.take('desired_type'),
  4: takeMd5,
  17: (layer, code) => takeLeap(layer, code === CODE.request),
  18: (layer) => takeSim(layer, 'sim'),
  23: (layer) => takeSim(layer, 'aka'),
  26: (layer, code) => takeMsChap(layer, code === CODE.response),
  47: takePsk,
  50: (layer) => takeSim(layer, 'aka'),
  254: takeExpanded,
};

function takeOther(layer: Own): void {
  layer.take('data', layer.left);
}
