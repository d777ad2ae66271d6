/** All fields of MySQL. */
import type { Layer } from '../../layer.ts';
import { COMMAND_FIELDS } from './command-fields.ts';
import { SESSION_FIELDS } from './session-fields.ts';

export const MYSQL_FIELDS = { ...SESSION_FIELDS, ...COMMAND_FIELDS } as const;

export type MysqlLayer = Layer<typeof MYSQL_FIELDS>;
export type MysqlKey = keyof typeof MYSQL_FIELDS;

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
