/** IRC's fields: the same parts for what goes to the server and for what comes from it. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

const PREFIX_HELP = 'Who the message is from.';
const TRAILER_HELP = 'The last parameter, which may hold spaces; often what people say.';

export const ircFields = () => ({
  'response': { type: 'string', encoding: 'ascii', label: 'Response' },
  'request': { type: 'string', encoding: 'ascii', label: 'Request' },
  'request.prefix': { type: 'string', encoding: 'ascii', label: 'Prefix', help: PREFIX_HELP },
  'request.command': { type: 'string', encoding: 'ascii', label: 'Command' },
  'request.command_parameter': { type: 'string', encoding: 'ascii', label: 'Parameter' },
  'request.trailer': { type: 'string', encoding: 'ascii', label: 'Trailer', help: TRAILER_HELP },
  'response.prefix': { type: 'string', encoding: 'ascii', label: 'Prefix', help: PREFIX_HELP },
  'response.command': { type: 'string', encoding: 'ascii', label: 'Command' },
  'response.num_command': { type: 'u16', label: 'Command', hidden: true },
  'response.command_parameter': { type: 'string', encoding: 'ascii', label: 'Parameter' },
  'response.trailer': { type: 'string', encoding: 'ascii', label: 'Trailer', help: TRAILER_HELP },
  'ctcp': { type: 'string', encoding: 'ascii', label: 'CTCP Data', help: 'A message from program to program within what people say.' },
  'missing_end_delimiter': { type: 'none', label: 'Missing ending tag delimiter (0x01)' },
  'tag_data_invalid': { type: 'none', label: 'Tag data outside of NOTICE or PRIVMSG command' },
  'prefix_missing_ending_space': { type: 'none', label: 'Prefix missing ending <space>' },
  'request.command.missing': { type: 'none', label: 'Request has no command' },
  'request.command.numeric': { type: 'none', label: 'Numeric command not allowed in request' },
  'response.command.missing': { type: 'none', label: 'Response has no command' },
} as const satisfies Fields);

export type IrcLayer = Layer<ReturnType<typeof ircFields>>;
export type Side = 'request' | 'response';
