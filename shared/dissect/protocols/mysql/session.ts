/** What a connection to MySQL is about to say: an answer is read by what was asked. */
import type { MysqlLayer } from './fields.ts';

/** What is expected next. */
export type State =
  | 'undefined' | 'login' | 'request' | 'ok' | 'message' | 'tabular' | 'showFields' | 'field' | 'row' | 'prepare' | 'preparedParameters' | 'preparedFields' | 'authSwitch' | 'authSwitchAnswer' | 'binlog';

/** Set by MySQL's own clients; where it is not, MariaDB's tell more. */
export const CLIENT_MYSQL = 0x0001;
export const CLIENT_41 = 0x0200;
export const CLIENT_WITH_DATABASE = 0x0008;
export const CLIENT_TLS = 0x0800;
export const EXTENDED_PLUGIN = 0x0008;
export const EXTENDED_ATTRIBUTES = 0x0010;
export const EXTENDED_SESSION_TRACK = 0x0080;
export const EXTENDED_NO_EOF = 0x0100;
export const EXTENDED_QUERY_ATTRIBUTES = 0x0800;

/** Columns whose types are kept for rows, and statements kept of one connection. */
const MAX_COLUMNS = 4096;
const MAX_STATEMENTS = 4096;

/** Mark of a column whose integers have no sign, beside its type. */
const UNSIGNED = 0x100;

export interface Column {
  readonly type: number;
  readonly isUnsigned: boolean;
}

export interface Session {
  state: State;
  /** The server calls itself MariaDB. */
  isMariaDb: boolean;
  caps: number;
  extendedCaps: number;
  serverExtendedCaps: number;
  /** Fields that the answer under way still has, where no EOF packet ends them. */
  fieldsLeft: number;
  /** Columns that a prepared statement's answer tells behind its parameters. */
  preparedFields: number;
  /** Rows come in binary: the request was to execute or fetch. */
  isBinary: boolean;
  /** Types of the columns of binary rows, a character for each: notes of packets stay small. */
  columns: string;
}

/** Number of parameters by statement. */
type Statements = Map<number, number>;

interface Connection {
  readonly session: Session;
  readonly statements: Statements;
}

function newConnection(): Connection {
  return {
    session: { state: 'undefined', isMariaDb: false, caps: 0, extendedCaps: 0, serverExtendedCaps: 0, fieldsLeft: 0, preparedFields: 0, isBinary: false, columns: '' },
    statements: new Map(),
  };
}

/**
 * The state in which the layer begins, to be changed while it is read. In the deep pass it is
 * the connection's own, and noted for the show pass, which gets a copy.
 */
export function beginSession(layer: MysqlLayer): Session {
  const connection = layer.learn(newConnection);
  if (connection) {
    layer.setFact({ ...connection.session });
    return connection.session;
  }
  return { ...(layer.fact<Session>() ?? newConnection().session) };
}

export function addColumn(session: Session, { type, isUnsigned }: Column): void {
  if (session.isBinary && session.columns.length < MAX_COLUMNS) session.columns += String.fromCharCode(type | (isUnsigned ? UNSIGNED : 0));
}

export function columnAt({ columns }: Session, index: number): Column {
  const code = columns.charCodeAt(index);
  return { type: code & 0xff, isUnsigned: (code & UNSIGNED) !== 0 };
}

export function learnStatement(layer: MysqlLayer, id: number, parameters: number): void {
  const statements = layer.learn(newConnection)?.statements;
  if (statements && (statements.has(id) || statements.size < MAX_STATEMENTS)) statements.set(id, parameters);
}

/** How many parameters a prepared statement takes; undefined where its preparation was not seen. */
export function parametersOf(layer: MysqlLayer, id: number): number | undefined {
  return layer.learned<Connection>()?.statements.get(id);
}
