/** Fields of IMAP. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const imapFields = () => ({
  'isrequest': { type: 'bool', label: 'Request', hidden: true },
  'line': { type: 'string', encoding: 'ascii', label: 'Line' },
  'request': { type: 'string', encoding: 'ascii', label: 'Request' },
  'request_tag': { type: 'string', encoding: 'ascii', label: 'Request Tag', help: 'A name that the client gives its request; the answer repeats it.' },
  'response': { type: 'string', encoding: 'ascii', label: 'Response' },
  'response_tag': { type: 'string', encoding: 'ascii', label: 'Response Tag', help: 'The name of the request that is answered.' },
  'request.command': { type: 'string', encoding: 'ascii', label: 'Request Command', help: 'What the client asks for: SELECT opens a folder, FETCH reads mails.' },
  'response.command': { type: 'string', encoding: 'ascii', label: 'Response Command' },
  'response.status': { type: 'string', encoding: 'ascii', label: 'Response Status', help: 'OK: done. NO: not done. BAD: not understood.' },
  'tag': { type: 'string', encoding: 'ascii', label: 'Tag', hidden: true },
  'command': { type: 'string', encoding: 'ascii', label: 'Command', hidden: true },
  'request.folder': { type: 'string', encoding: 'ascii', label: 'Request Folder' },
  'request.command.uid': { type: 'bool', label: 'Request isUID', states: ['True', 'False'], help: 'Mails are named by numbers that stay, not by their place in the folder.' },
  'request.username': { type: 'string', encoding: 'ascii', label: 'Request Username' },
  'request.password': { type: 'string', encoding: 'ascii', label: 'Request Password', help: 'In the clear: without TLS anybody on the way can read it.' },
  'response_in': { type: 'framenum', label: 'Response In' },
  'response_to': { type: 'framenum', label: 'Request In' },
  'time': { type: 'reltime', label: 'Response Time' },
} as const satisfies Fields);

export type ImapLayer = Layer<ReturnType<typeof imapFields>>;
