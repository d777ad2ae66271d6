/** All fields of MySQL. */
import type { Layer } from '../../layer.ts';
import { commandFields } from './command-fields.ts';
import { sessionFields } from './session-fields.ts';

export const mysqlFields = () => ({ ...sessionFields(), ...commandFields() } as const);

export type MysqlLayer = Layer<ReturnType<typeof mysqlFields>>;
export type MysqlKey = keyof ReturnType<typeof mysqlFields>;

/** Bits of the server's status, in the order in which they are shown. */
const STATUS_BITS = [
  'stat.it', 'stat.ac', 'stat.mu', 'stat.mr', 'stat.bi', 'stat.ni', 'stat.cr', 'stat.lr', 'stat.dr', 'stat.bs', 'stat.mc', 'stat.query_was_slow', 'stat.ps_out_params', 'stat.trans_readonly',
  'stat.session_state_changed',
] as const;

export function takeStatus(layer: MysqlLayer): number {
  const status = layer.take('server_status');
  if (!layer.broken) for (const bit of STATUS_BITS) layer.flag(bit);
  return status;
}

/** Bytes that are not read, as many as the capture holds. */
export function takePayload(layer: MysqlLayer): void {
  if (layer.reportedLeft > 0) layer.take('payload', layer.left > 0 ? layer.left : layer.reportedLeft);
}

/** What is left of a packet that is not read any further. */
export function takeRest(layer: MysqlLayer): void {
  if (layer.reportedLeft <= 0) return;
  takePayload(layer);
  layer.expert('dissector_incomplete', 'warn', 'Undecoded', 'These bytes are not read any further');
}
