/** Modbus: a function code, and what the function asks or answers. How it is carried is told by mbtcp or mbudp around it. */
import { readU16, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { modbusFields } from './modbus/fields.ts';
import { takeFunction } from './modbus/functions.ts';
import { learnAnswer, learnQuery } from './modbus/transactions.ts';
import type { ModbusFact } from './modbus/transactions.ts';
import { directionOf, isExceptional } from './modbus/header.ts';

/** Functions whose query names a first bit or register, and how many. */
const RANGES: ReadonlySet<number> = new Set([1, 2, 3, 4]);

export const modbus = protocol({
  id: 'modbus',
  title: 'Modbus',
  short: 'Modbus',
  spec: 'Modbus Application Protocol 1.1b3 §4',
  osi: 7,
  fields: modbusFields,
  parse(layer) {
    const direction = directionOf(layer.run);
    const isQuery = direction === 'query';
    const code = layer.peekU8() & 0x7f;
    // The header before us (Modbus Messaging on TCP/IP 1.0b §3.1.3): transaction, protocol, length, unit.
    const key = `${readU16(layer.bytes, layer.start - 7)}/${readU8(layer.bytes, layer.start - 1)}/${code}`;
    if (isQuery) learnQuery(layer, key, RANGES.has(code) ? layer.peekU16(1) : 0, RANGES.has(code) ? layer.peekU16(3) : 0);
    else if (direction === 'response') learnAnswer(layer, key);
    layer.take('func_code');
    const isException = isExceptional(layer.bytes, layer.start);
    const fact = isQuery || isException ? undefined : layer.fact<ModbusFact>();
    if (fact) {
      layer.putGenerated('request_frame', fact.requestFrame);
      layer.putGenerated('response_time', fact.responseTime);
    }
    if (isException) layer.take('exception_code');
    else if (direction !== 'unknown') takeFunction(layer, code, isQuery, fact ?? { base: 0, count: 0 });
  },
});
