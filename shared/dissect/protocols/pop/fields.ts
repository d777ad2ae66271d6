/** Fields of POP. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const popFields = () => ({
  'response': { type: 'string', label: 'Response' },
  'response.indicator': { type: 'string', encoding: 'ascii', label: 'Response indicator', help: '+OK where the server did as it was told, -ERR where not.' },
  'response.description': { type: 'string', encoding: 'ascii', label: 'Response description' },
  'response.data': { type: 'string', label: 'Data' },
  'response.tot_len.invalid': { type: 'none', label: 'Length must be a string containing an integer' },
  'request': { type: 'string', label: 'Request' },
  'request.command': { type: 'string', encoding: 'ascii', label: 'Request command', help: 'What the client asks for: RETR fetches a mail, DELE deletes it.' },
  'request.parameter': { type: 'string', encoding: 'ascii', label: 'Request parameter', help: 'Behind PASS it is the password, for anybody on the way to read.' },
  'request.data': { type: 'string', label: 'Data' },
  'data.fragments': { type: 'none', label: 'DATA fragments' },
  'data.fragment': { type: 'framenum', label: 'DATA fragment' },
  'data.fragment.count': { type: 'u32', label: 'DATA fragment count' },
  'data.reassembled.in': { type: 'framenum', label: 'Reassembled DATA in frame' },
  'data.reassembled.length': { type: 'u32', label: 'Reassembled DATA length' },
} as const satisfies Fields);

export type PopLayer = Layer<ReturnType<typeof popFields>>;
