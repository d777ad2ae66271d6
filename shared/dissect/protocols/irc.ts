/** Internet Relay Chat: messages, a line each (RFC 1459). */
import { protocol } from '../define.ts';
import { goesToServer, linesOf } from '../text-lines.ts';
import { ircFields } from './irc/fields.ts';
import { takeMessage } from './irc/messages.ts';

const IRC_PORTS: readonly number[] = [6667, 57000];

export const irc = protocol({
  id: 'irc',
  title: 'Internet Relay Chat',
  short: 'IRC',
  spec: 'RFC 1459',
  osi: 7,
  claims: [{ table: 'tcp.port', keys: IRC_PORTS }],
  fields: ircFields,
  parse(layer) {
    const side = goesToServer(layer.run, IRC_PORTS) ? 'request' : 'response';
    const commands: string[] = [];
    layer.protocolName('IRC');
    for (const line of linesOf(layer.bytes, layer.start, layer.end)) {
      if (layer.run.full) break;
      const command = line.stop > line.start ? takeMessage(layer, side, line) : '';
      if (command !== '') commands.push(` (${command})`);
    }
    layer.info(() => `${side === 'request' ? 'Request' : 'Response'}${commands.join('')}`);
    layer.cursor = layer.end;
  },
});
