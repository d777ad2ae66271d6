/** Requests of the client, by their command (MySQL Internals Manual §14.6, §14.7). */
import { readU16le, readU8 } from '../../../bytes/reader.ts';
import { takePayload, takeRest } from './fields.ts';
import type { MysqlLayer } from './fields.ts';
import { takeAttributes } from './handshake.ts';
import { COMMANDS } from './names.ts';
import { EXTENDED_ATTRIBUTES, EXTENDED_PLUGIN, EXTENDED_QUERY_ATTRIBUTES, parametersOf } from './session.ts';
import type { Session, State } from './session.ts';
import { takeBinary, takeLabelled, takeShort, takeZeroEnded } from './values.ts';

type Reader = (layer: MysqlLayer, session: Session) => void;

interface Command {
  readonly read: Reader;
  /** What the server is expected to answer. */
  readonly then: State;
}

const nothing: Reader = () => undefined;
const schema: Reader = (layer) => layer.take('schema', layer.reportedLeft);

const query: Reader = (layer, session) => {
  if ((session.extendedCaps & session.serverExtendedCaps & EXTENDED_QUERY_ATTRIBUTES) !== 0) takeQueryAttributes(layer);
  takeStatement(layer);
};

/** SQL ends at a zero; what stands behind it is shown as bytes. */
function takeStatement(layer: MysqlLayer): void {
  const nul = layer.bytes.subarray(layer.cursor, layer.end).indexOf(0);
  layer.take('query', nul < 0 ? layer.reportedLeft : nul);
}

/** Parameters of a query that is not prepared: NULL bits, types and names, then values (WL#12542). */
function takeQueryAttributes(layer: MysqlLayer): void {
  layer.group('query_attrs', () => {
    const count = layer.take('query_attrs_count');
    takeSetCount(layer);
    if (count === 0 || layer.broken) return;
    layer.take('unused', Math.floor((count + 7) / 8));
    layer.take('query_attrs_send_types_to_server');
    const types: number[] = [];
    for (let index = 0; index < count && !layer.broken; index += 1) types.push(takeAttributeHead(layer));
    for (const type of types) takeAttributeValue(layer, type);
  });
}

/** How many sets of parameters: always one. */
function takeSetCount(layer: MysqlLayer): void {
  layer.skip(1);
}

function takeAttributeHead(layer: MysqlLayer): number {
  if (!layer.has(2)) return 0;
  const type = readU8(layer.bytes, layer.cursor);
  layer.take('query_attr_name_type');
  takeLabelled(layer, 'query_attr_name', 'Attribute Name');
  return type;
}

const TEXT_TYPES: ReadonlySet<number> = new Set([15, 253, 254]);

function takeAttributeValue(layer: MysqlLayer, type: number): void {
  if (TEXT_TYPES.has(type)) takeLabelled(layer, 'query_attr_value', 'Attribute Value');
  else takeBinary(layer, type, false);
}

const changeUser: Reader = (layer, { extendedCaps }) => {
  takeZeroEnded(layer, 'user');
  takeShort(layer, 'passwd');
  takeZeroEnded(layer, 'schema');
  if (layer.reportedLeft > 0) {
    layer.take('charset');
    layer.skip(1);
  }
  if ((extendedCaps & EXTENDED_PLUGIN) !== 0) takeZeroEnded(layer, 'client_auth_plugin');
  if ((extendedCaps & EXTENDED_ATTRIBUTES) !== 0 && layer.reportedLeft > 0) takeAttributes(layer);
};

const refresh: Reader = (layer) => {
  layer.takeFlags('refresh');
};

const binlogDump: Reader = (layer) => {
  layer.take('binlog.position');
  layer.take('binlog.flags');
  layer.take('binlog.server_id');
  if (layer.reportedLeft > 0) layer.take('binlog.file_name', layer.reportedLeft);
};

const registerSlave: Reader = (layer) => {
  layer.take('binlog.server_id');
  for (const name of ['hostname', 'user', 'password'] as const) {
    const length = layer.take(`binlog.slave_${name}_length`);
    layer.take(`binlog.slave_${name}`, length);
  }
  layer.take('binlog.slave_mysql_port');
  layer.take('binlog.replication_rank');
  layer.take('binlog.master_id');
};

const sendLong: Reader = (layer) => {
  layer.take('stmt_id');
  layer.take('param');
  takePayload(layer);
};

const statement: Reader = (layer) => layer.take('stmt_id');

const fetch: Reader = (layer, session) => {
  layer.take('stmt_id');
  layer.take('num_rows');
  session.isBinary = true;
};

/** The parameters can only be read by who saw how many there are. */
const execute: Reader = (layer, session) => {
  session.isBinary = true;
  const id = layer.take('stmt_id');
  layer.take('exec_flags');
  layer.take('exec_iter');
  const count = layer.broken ? 0 : parametersOf(layer, id);
  if (layer.reportedLeft <= 0) return;
  if (count === undefined) {
    takePayload(layer);
    layer.expert('prepare_response_needed', 'note', 'Undecoded', 'The answer to PREPARE is needed to read the parameters');
  } else if (count > 0) takeParameters(layer, count);
};

function takeParameters(layer: MysqlLayer, count: number): void {
  const nullsAt = layer.cursor;
  layer.skip(Math.floor((count + 7) / 8));
  if (layer.take('new_parameter_bound_flag') !== 1) return;
  const typesAt = layer.cursor;
  layer.skip(2 * count);
  for (let index = 0; index < count && !layer.broken; index += 1) {
    const isNull = (readU8(layer.bytes, nullsAt + (index >> 3)) & (1 << (index & 7))) !== 0;
    if (!takeParameter(layer, typesAt + 2 * index, isNull)) return;
  }
}

function takeParameter(layer: MysqlLayer, typeAt: number, isNull: boolean): boolean {
  const type = readU16le(layer.bytes, typeAt);
  return layer.group('exec_param', () => {
    layer.at('field.type', typeAt);
    layer.at('exec.unsigned', typeAt + 1);
    return isNull || takeBinary(layer, type & 0xff, (type & 0x8000) !== 0);
  });
}

const KNOWN: Readonly<Record<number, Command>> = {
  1: { read: nothing, then: 'request' },
  2: { read: schema, then: 'ok' },
  3: { read: query, then: 'tabular' },
  4: { read: (layer) => takeZeroEnded(layer, 'table_name'), then: 'showFields' },
  5: { read: schema, then: 'ok' },
  6: { read: schema, then: 'ok' },
  7: { read: refresh, then: 'ok' },
  8: { read: (layer) => layer.take('shutdown'), then: 'ok' },
  9: { read: nothing, then: 'message' },
  10: { read: nothing, then: 'tabular' },
  12: { read: (layer) => layer.take('thread_id'), then: 'ok' },
  13: { read: nothing, then: 'ok' },
  14: { read: nothing, then: 'ok' },
  17: { read: changeUser, then: 'ok' },
  18: { read: binlogDump, then: 'binlog' },
  21: { read: registerSlave, then: 'ok' },
  22: { read: takeStatement, then: 'prepare' },
  23: { read: execute, then: 'tabular' },
  24: { read: sendLong, then: 'request' },
  25: { read: statement, then: 'request' },
  26: { read: statement, then: 'ok' },
  27: { read: (layer) => layer.take('option'), then: 'ok' },
  28: { read: fetch, then: 'tabular' },
  30: { read: binlogDump, then: 'binlog' },
  250: { read: statement, then: 'ok' },
};

const TABLE_DUMP = 19;

export function takeRequest(layer: MysqlLayer, session: Session): void {
  layer.info(() => 'Request');
  const start = layer.cursor;
  if (!layer.has(1)) return;
  const code = layer.peekU8();
  const known = KNOWN[code];
  layer.group('request', () => {
    layer.take('command');
    layer.infoAppend(() => ` ${COMMANDS[code] ?? `Unknown (${code}) `}`);
    layer.summary(() => `request: ${COMMANDS[code] ?? `unknown (${code})`}`);
    session.isBinary = false;
    if (known) known.read(layer, session);
    else takeUnknown(layer, start);
  });
  session.state = known?.then ?? 'ok';
  takeRest(layer);
}

function takeUnknown(layer: MysqlLayer, start: number): void {
  if (layer.reportedLeft <= 0) {
    layer.reaches(layer.end + 1);
    return;
  }
  takePayload(layer);
  if (readU8(layer.bytes, start) === TABLE_DUMP) layer.expert('dissector_incomplete', 'warn', 'Undecoded', 'This command is not read any further');
  else layer.expert('command.invalid', 'warn', 'Protocol', 'Unknown/invalid command code');
}
