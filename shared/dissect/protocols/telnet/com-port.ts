/** Serial ports at the other end of the connection (RFC 2217). */
import { latin1 } from '../../../bytes/reader.ts';
import type { TelnetKey, TelnetLayer } from './fields.ts';
import { takeUnknown } from './unknown.ts';

/** What the server says has its number raised by this. */
const SERVER = 100;
const NONE = '<invalid>';

const DATA_SIZES: Readonly<Record<number, string>> = { 0: 'Request', 5: '5', 6: '6', 7: '7', 8: '8' };
const PARITIES: readonly string[] = ['Request', 'None', 'Odd', 'Even', 'Mark', 'Space'];
const STOP_BITS: readonly string[] = ['Request', '1', '2', '1.5'];
const CONTROLS: readonly string[] = [
  'Output Flow Control Request', 'Output Flow: None', 'Output Flow: XON/XOFF', 'Output Flow: CTS/RTS', 'Break Request', 'Break: ON', 'Break: OFF', 'DTR Request', 'DTR: ON', 'DTR: OFF', 'RTS Request',
  'RTS: ON', 'RTS: OFF', 'Input Flow Control Request', 'Input Flow: None', 'Input Flow: XON/XOFF', 'Input Flow: CTS/RTS', 'Output Flow: DCD', 'Input Flow: DTR', 'Output Flow: DSR',
];
const PURGES: readonly string[] = ['Purge None', 'Purge RX', 'Purge TX', 'Purge RX/TX'];
const LINE_STATES: readonly string[] = [
  'Data Ready', 'Overrun Error', 'Parity Error', 'Framing Error', 'Break Detected', 'Transfer Holding Register Empty', 'Transfer Shift Register Empty', 'Timeout Error',
];
const MODEM_STATES: readonly string[] = ['DCTS', 'DDSR', 'TERI', 'DDCD', 'CTS', 'DSR', 'RI', 'DCD'];

type Take = (layer: TelnetLayer, side: string) => void;

const COMMANDS: readonly Take[] = [
  takeSignature,
  takeBaudRate,
  setting('comport_subopt.data_size', 'invalid_data_size', 'Data Size', 'Data Size', (value) => `Data Size: ${DATA_SIZES[value] ?? NONE}`),
  setting('comport_subopt.parity', 'invalid_parity', 'Parity', 'Parity', (value) => `Parity: ${PARITIES[value] ?? NONE}`),
  setting('comport_subopt.stop', 'invalid_stop', 'Stop', 'Stop Bits', (value) => `Stop: ${STOP_BITS[value] ?? NONE}`),
  setting('comport_subopt.control', 'invalid_control', 'Control', 'Control', (value) => CONTROLS[value] ?? NONE),
  states('comport_subopt.linestate', 'invalid_linestate', 'Linestate', 'Linestate Packet', LINE_STATES),
  states('comport_subopt.modemstate', 'invalid_modemstate', 'Modemstate', 'Modemstate Packet', MODEM_STATES),
  sign('comport_subopt.flow_control_suspend', 'Flow Control Suspend'),
  sign('comport_subopt.flow_control_resume', 'Flow Control Resume'),
  states('comport_subopt.set_linestate_mask', 'invalid_linestate', 'Set Linestate Mask', 'Linestate Mask', LINE_STATES),
  states('comport_subopt.set_modemstate_mask', 'invalid_modemstate', 'Set Modemstate Mask', 'Modemstate Mask', MODEM_STATES),
  setting('comport_subopt.purge', 'invalid_purge', 'Purge', 'Purge', (value) => PURGES[value] ?? '<Purge invalid>'),
];

export function takeComPort(layer: TelnetLayer, name: string): void {
  const byte = layer.peekU8();
  const isServer = byte >= SERVER;
  const command = isServer ? byte - SERVER : byte;
  const take = COMMANDS[command];
  if (take === undefined) takeUnknown(layer, name, command);
  else take(layer, isServer ? 'Server' : 'Client');
}

function takeSignature(layer: TelnetLayer, side: string): void {
  const { bytes, cursor, end } = layer;
  const words = latin1(bytes, cursor + 1, end);
  layer.put('comport_subopt.signature', words, cursor, end - cursor);
  layer.label(() => (words === '' ? `${side} Requests Signature` : `${side} Signature: ${words}`));
}

function takeBaudRate(layer: TelnetLayer, side: string): void {
  const at = layer.cursor;
  if (layer.left <= 4) {
    tellInvalid(layer, 'invalid_baud_rate', side, 'Baud Rate Packet');
    return;
  }
  layer.skip(1);
  const rate = layer.peekU32();
  layer.put('comport_subopt.baud_rate', rate, at, 5);
  layer.label(() => `Baud Rate: ${side} ${rate === 0 ? 'Requests Baud Rate' : `Baud Rate: ${rate}`}`);
}

/** A command with one number. */
function setting(key: TelnetKey, invalid: TelnetKey, name: string, label: string, words: (value: number) => string): Take {
  return (layer, side) => {
    const at = layer.cursor;
    if (layer.left < 2) {
      tellInvalid(layer, invalid, side, `${name} Packet`);
      return;
    }
    const value = layer.peekU8(1);
    layer.put(key, value, at, 2);
    layer.label(() => `${label}: ${side} ${words(value)}`);
  };
}

/** A command with a byte of bits. */
function states(key: TelnetKey, invalid: TelnetKey, name: string, wholeName: string, bits: readonly string[]): Take {
  return (layer, side) => {
    if (layer.left < 2) {
      tellInvalid(layer, invalid, side, wholeName);
      return;
    }
    const value = layer.peekU8(1);
    const words = bits.filter((_, bit) => ((value >> bit) & 1) === 1).join(', ');
    layer.put(key, words, layer.cursor, 2);
    layer.label(() => `${side} ${name}: ${words}`);
  };
}

function sign(key: TelnetKey, words: string): Take {
  return (layer, side) => {
    layer.put(key, 0, layer.cursor, 1);
    layer.label(() => `${side} ${words}`);
  };
}

function tellInvalid(layer: TelnetLayer, key: TelnetKey, side: string, words: string): void {
  layer.expert(key, 'warn', 'Protocol', `${side} <Invalid ${words}>`);
}
