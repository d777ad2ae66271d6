/** What the functions of Modbus ask and answer (Modbus Application Protocol 1.1b3 §6). */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import { takeEncapsulated } from './device-identification.ts';
import { takeDiagnostics, takeEventLog } from './diagnostics.ts';
import type { ModbusLayer } from './fields.ts';

/** The first bit or register that an answer is about, and how many were asked for; 0 where that is not known. */
export interface Range {
  readonly base: number;
  readonly count: number;
}

interface ModbusFunction {
  readonly query?: (layer: ModbusLayer) => void;
  readonly answer?: (layer: ModbusLayer, range: Range) => void;
}

// ── values ───────────────────────────────────────────────────────────────────

function takeBits(layer: ModbusLayer, bytes: number, { base, count }: Range): void {
  const start = layer.cursor;
  if (layer.reportedLeft !== bytes) {
    takeData(layer);
    return;
  }
  const bits = count > 0 ? Math.min(count, bytes * 8) : bytes * 8;
  for (let index = 0; index < bits && !layer.run.full; index += 1) {
    const at = start + (index >> 3);
    const value = (readU8(layer.bytes, at) >> (index & 7)) & 1;
    const number = (base + index) & 0xffff;
    layer.text(() => `Bit ${number}: ${value}`, at, 1);
    layer.inside(() => {
      layer.put('bitnum', number, at, 1);
      layer.put('bitval', value, at, 1);
    });
  }
  layer.cursor = start + bytes;
}

function takeRegisters(layer: ModbusLayer, bytes: number, base: number): void {
  const end = layer.cursor + bytes;
  if (layer.reportedLeft !== bytes) {
    takeData(layer);
    return;
  }
  for (let index = 0; layer.cursor < end && !layer.broken && !layer.run.full; index += 1) {
    const at = layer.cursor;
    if (!layer.has(2)) return;
    const number = (base + index) & 0xffff;
    const value = readU16(layer.bytes, at);
    layer.text(() => `Register ${number} (UINT16): ${value}`, at, 2);
    layer.inside(() => {
      layer.put('regnum16', number, at, 2);
      layer.put('regval_uint16', value, at, 2);
    });
    layer.skip(2);
  }
}

/** What is left, whatever number of bytes was told. */
function takeData(layer: ModbusLayer): void {
  if (layer.reportedLeft > 0) layer.take('data', layer.reportedLeft);
}

/** A number of bytes, and the data behind it. */
function takeCounted(layer: ModbusLayer): void {
  layer.take('byte_cnt');
  takeData(layer);
}

// ── functions ────────────────────────────────────────────────────────────────

const bitQuery = (layer: ModbusLayer): void => {
  layer.take('reference_num');
  layer.take('bit_cnt');
};

const wordQuery = (layer: ModbusLayer): void => {
  layer.take('reference_num');
  layer.take('word_cnt');
};

const readBits: ModbusFunction = { query: bitQuery, answer: (layer, range) => takeBits(layer, layer.take('byte_cnt'), range) };
const readRegisters: ModbusFunction = { query: wordQuery, answer: (layer, { base }) => takeRegisters(layer, layer.take('byte_cnt'), base) };

const writeCoil = (layer: ModbusLayer): void => {
  layer.take('reference_num');
  layer.at('data', layer.cursor, 2);
  layer.skip(1);
  layer.take('padding');
};

const writeRegister = (layer: ModbusLayer): void => {
  layer.take('reference_num');
  takeData(layer);
};

const maskRegister = (layer: ModbusLayer): void => {
  layer.take('reference_num');
  layer.take('and_mask');
  layer.take('or_mask');
};

function writeCoils(layer: ModbusLayer): void {
  bitQuery(layer);
  layer.take('byte_cnt');
  layer.take('data', layer.reportedLeft);
}

function writeRegisters(layer: ModbusLayer): void {
  const base = layer.peekU16();
  wordQuery(layer);
  takeRegisters(layer, layer.take('byte_cnt'), base);
}

function readWriteQuery(layer: ModbusLayer): void {
  layer.take('read_reference_num');
  layer.take('read_word_cnt');
  layer.take('write_reference_num');
  layer.take('write_word_cnt');
  takeCounted(layer);
}

function takeGroups(layer: ModbusLayer, body: () => void): void {
  const end = layer.cursor + 1 + layer.peekU8();
  layer.take('byte_cnt');
  layer.each((index) => layer.group(null, body, () => `Group ${index}`), end);
}

/** The data of a group is shown to the end of the message, as in Wireshark; the next group begins where this one ends. */
function takeGroupData(layer: ModbusLayer, next: number): void {
  takeData(layer);
  if (layer.reaches(next)) layer.cursor = next;
}

function fileReference(layer: ModbusLayer): number {
  layer.take('reference_type');
  layer.take('reference_num_32');
  return layer.take('word_cnt');
}

/** Type, file and record, and length of one group of a query. */
const REFERENCE_BYTES = 7;

const readFile: ModbusFunction = {
  query: (layer) => {
    const count = Math.floor(layer.peekU8() / REFERENCE_BYTES);
    layer.take('byte_cnt');
    for (let index = 0; index < count && !layer.broken; index += 1) layer.group(null, () => void fileReference(layer), () => `Group ${index}`);
  },
  answer: (layer) =>
    takeGroups(layer, () => {
      const next = layer.cursor + 1 + layer.peekU8();
      layer.take('byte_cnt');
      layer.take('reference_type');
      takeGroupData(layer, next);
    }),
};

const writeFile = (layer: ModbusLayer): void =>
  takeGroups(layer, () => {
    const words = fileReference(layer);
    takeGroupData(layer, layer.cursor + 2 * words);
  });

function fifoAnswer(layer: ModbusLayer): void {
  layer.take('byte_cnt_16', 2);
  layer.take('word_cnt');
  takeData(layer);
}

const FUNCTIONS: Readonly<Record<number, ModbusFunction>> = {
  1: readBits,
  2: readBits,
  3: readRegisters,
  4: readRegisters,
  5: { query: writeCoil, answer: writeCoil },
  6: { query: writeRegister, answer: writeRegister },
  7: { query: takeData, answer: (layer) => layer.take('data', 1) },
  8: { query: (layer) => takeDiagnostics(layer, true), answer: (layer) => takeDiagnostics(layer, false) },
  11: {
    query: takeData,
    answer: (layer) => {
      layer.take('ev_status');
      layer.take('ev_count');
    },
  },
  12: { query: takeData, answer: takeEventLog },
  15: { query: writeCoils, answer: bitQuery },
  16: { query: writeRegisters, answer: wordQuery },
  17: { query: takeData, answer: takeData },
  20: readFile,
  21: { query: writeFile, answer: writeFile },
  22: { query: maskRegister, answer: maskRegister },
  23: { query: readWriteQuery, answer: takeCounted },
  24: { query: (layer) => layer.take('reference_num'), answer: fifoAnswer },
  43: { query: (layer) => takeEncapsulated(layer, true), answer: (layer) => takeEncapsulated(layer, false) },
};

export function takeFunction(layer: ModbusLayer, code: number, isQuery: boolean, range: Range): void {
  const known = FUNCTIONS[code];
  if (known === undefined) takeData(layer);
  else if (isQuery) known.query?.(layer);
  else known.answer?.(layer, range);
}
