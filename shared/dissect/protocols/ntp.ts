/** Network Time Protocol: messages that set clocks, and those that ask daemons what they know (RFC 5905, RFC 9327). */
import { protocol } from '../define.ts';
import { takeControl } from './ntp/control.ts';
import { NTP_FIELDS } from './ntp/fields.ts';
import { MODE_WORDS, VERSIONS } from './ntp/names.ts';
import { takePrivate } from './ntp/private.ts';
import { takeStandard } from './ntp/standard.ts';

const NTP_PORT = 123;
const CONTROL = 6;
const PRIVATE = 7;

export const ntp = protocol({
  id: 'ntp',
  title: 'Network Time Protocol',
  short: 'NTP',
  spec: 'RFC 5905',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [NTP_PORT] },
    { table: 'tcp.port', keys: [NTP_PORT] },
  ],
  fields: () => NTP_FIELDS,
  parse(layer) {
    const flags = layer.peekU8();
    const mode = flags & 7;
    const words = `${VERSIONS[(flags >> 3) & 7] ?? ''}, ${MODE_WORDS[mode] ?? ''}`;
    layer.protocolName('NTP');
    layer.info(() => words);
    layer.summary(() => ` (${words})`);
    if (mode === CONTROL) takeControl(layer);
    else if (mode === PRIVATE) takePrivate(layer);
    else takeStandard(layer);
  },
});
