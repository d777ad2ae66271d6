/** Rlogin's fields. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const CONTROLS: Readonly<Record<number, string>> = { 0x02: 'Clear buffer', 0x10: 'Raw mode', 0x20: 'Cooked mode', 0x80: 'Window size request' };
export const NO_SPEED = 'Terminal length must be a string containing an integer';

export const rloginFields = () => ({
  'user_info': { type: 'string', encoding: 'ascii', label: 'User Info' },
  'client_startup_flag': { type: 'u8', label: 'Client startup flag', base: 'hex' },
  'startup_info_received_flag': { type: 'u8', label: 'Startup info received flag', base: 'hex' },
  'client_user_name': { type: 'string', encoding: 'ascii', label: 'Client-user-name', help: 'Who somebody is where the connection comes from; the server may believe it.' },
  'server_user_name': { type: 'string', encoding: 'ascii', label: 'Server-user-name', help: 'Who somebody wants to be on the server.' },
  'terminal_type': { type: 'string', encoding: 'ascii', label: 'Terminal-type' },
  'terminal_speed': { type: 'u32', label: 'Terminal-speed' },
  'control_message': { type: 'u8', label: 'Control message', base: 'hex', names: CONTROLS },
  'magic_cookie': { type: 'u16', label: 'Magic Cookie', base: 'hex' },
  'window_size': { type: 'none', label: 'Window Info' },
  'window_size.ss': { type: 'string', size: 2, encoding: 'ascii', label: 'Window size marker' },
  'window_size.rows': { type: 'u16', label: 'Rows' },
  'window_size.cols': { type: 'u16', label: 'Columns' },
  'window_size.x_pixels': { type: 'u16', label: 'X Pixels' },
  'window_size.y_pixels': { type: 'u16', label: 'Y Pixels' },
  'data': { type: 'string', encoding: 'ascii', label: 'Data' },
  'terminal_speed.invalid': { type: 'none', label: NO_SPEED },
} as const satisfies Fields);

export type RloginLayer = Layer<ReturnType<typeof rloginFields>>;
