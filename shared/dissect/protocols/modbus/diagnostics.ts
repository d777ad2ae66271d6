/** Functions 8, 11 and 12: what a device tells of itself (Modbus Application Protocol 1.1b3 §6.8 to §6.10). */
import type { ModbusLayer } from './fields.ts';

const COUNTERS = {
  10: 'diagnostic.clear_ctr_diag_reg', 11: 'diagnostic.bus_message_count', 12: 'diagnostic.bus_comm_error_count', 13: 'diagnostic.bus_exception_error_count', 14: 'diagnostic.slave_message_count',
  15: 'diagnostic.no_slave_response_count', 16: 'diagnostic.slave_nak_count', 17: 'diagnostic.slave_busy_count', 18: 'diagnostic.bus_char_overrun_count',
} as const;

const RETURN_QUERY = 0;
const RESTART = 1;
const RETURN_REGISTER = 2;
const DELIMITER = 3;

function counterOf(code: number): (typeof COUNTERS)[keyof typeof COUNTERS] | undefined {
  return Object.hasOwn(COUNTERS, code) ? COUNTERS[code as keyof typeof COUNTERS] : undefined;
}

export function takeDiagnostics(layer: ModbusLayer, isQuery: boolean): void {
  const code = layer.take('diagnostic_code');
  const counter = isQuery ? undefined : counterOf(code);
  if (code === RETURN_QUERY) {
    if (layer.reportedLeft > 0) layer.take(isQuery ? 'diagnostic.return_query_data.request' : 'diagnostic.return_query_data.echo', layer.reportedLeft);
  } else if (code === RESTART) layer.take('diagnostic.restart_communication_option');
  else if (code === RETURN_REGISTER && !isQuery) layer.take('diagnostic.return_diag_register');
  else if (code === DELIMITER) layer.take('diagnostic.ascii_input_delimiter');
  else if (counter !== undefined) layer.take(counter);
  else if (layer.reportedLeft > 0) layer.take('data', layer.reportedLeft);
}

const RECEIVED = 0x80;
const SENT = 0x40;
const RESTARTED = 0x00;
const LISTEN_ONLY = 0x04;

/** What an event says, by its two highest bits (§6.10). */
function eventWords(event: number): string {
  if ((event & RECEIVED) !== 0) return `Receive Event: 0x${event.toString(16).padStart(2, '0')}`;
  if ((event & SENT) !== 0) return `Send Event: 0x${event.toString(16).padStart(2, '0')}`;
  if (event === RESTARTED) return 'Initiated Communication Restart';
  if (event === LISTEN_ONLY) return 'Entered Listen Only Mode';
  return `Unknown Event: 0x${event.toString(16).padStart(2, '0')}`;
}

const RECEIVE_BITS = ['ev_recv_comm_err', 'ev_recv_char_over', 'ev_recv_lo_mode', 'ev_recv_broadcast'] as const;
const SEND_BITS = ['ev_send_read_ex', 'ev_send_slave_abort_ex', 'ev_send_slave_busy_ex', 'ev_send_slave_nak_ex', 'ev_send_write_timeout', 'ev_send_lo_mode'] as const;

export function takeEventLog(layer: ModbusLayer): void {
  const length = layer.take('byte_cnt');
  layer.take('ev_status');
  layer.take('ev_count');
  layer.take('ev_msg_count');
  const events = length - 6;
  if (events <= 0) return;
  layer.text(() => 'Events', layer.cursor, Math.min(events, layer.reportedLeft));
  layer.inside(() =>
    layer.each(() => {
      const event = layer.take('event');
      layer.label(() => eventWords(event));
      const bits = (event & RECEIVED) !== 0 ? RECEIVE_BITS : (event & SENT) !== 0 ? SEND_BITS : [];
      for (const bit of bits) layer.flag(bit);
    }, layer.cursor + events),
  );
}
