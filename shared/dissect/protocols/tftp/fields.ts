/** Fields of TFTP. */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const OPCODES: Readonly<Record<number, string>> = { 1: 'Read Request', 2: 'Write Request', 3: 'Data Packet', 4: 'Acknowledgement', 5: 'Error Code', 6: 'Option Acknowledgement', 255: 'Information (MSDP)' };

/** RFC 1350, appendix; RFC 2347. */
export const ERRORS: Readonly<Record<number, string>> = {
  0: 'Not defined', 1: 'File not found', 2: 'Access violation', 3: 'Disk full or allocation exceeded', 4: 'Illegal TFTP Operation', 5: 'Unknown transfer ID', 6: 'File already exists', 7: 'No such user', 8: 'Option negotiation failed',
};

export const tftpFields = () => ({
  'opcode': { type: 'u16', label: 'Opcode', names: OPCODES, help: 'What the packet is: a request, a piece of the file, or that a piece has come.' },
  'source_file': { type: 'string', encoding: 'ascii', label: 'Source File' },
  'destination_file': { type: 'string', encoding: 'ascii', label: 'Destination File' },
  'request_frame': { type: 'framenum', label: 'Request frame' },
  'type': { type: 'string', encoding: 'ascii', label: 'Type', help: 'octet: the file as it is. netascii: text, with line ends changed.' },
  'block': { type: 'u16', label: 'Block', help: 'Number of the piece, from 1.' },
  'block.full': { type: 'u32', label: 'Full Block Number', help: 'Number of the piece where more than 65,535 were sent.' },
  'block.wrap': { type: 'none', label: 'TFTP block number is about to wrap' },
  'nextwindowsize': { type: 'u16', label: 'Next Window Size' },
  'error.code': { type: 'u16', label: 'Error code', names: ERRORS },
  'error.message': { type: 'string', encoding: 'ascii', label: 'Error message' },
  'error': { type: 'none', label: 'TFTP ERROR packet' },
  'likely_tsize_probe': { type: 'none', label: 'Likely transfer size (tsize) probe' },
  'option.name': { type: 'string', encoding: 'ascii', label: 'Option name' },
  'option.value': { type: 'string', encoding: 'ascii', label: 'Option value' },
  'blocksize_range': { type: 'none', label: 'TFTP blocksize out of range' },
  'windowsize_range': { type: 'none', label: 'TFTP windowsize out of range' },
  'msftwindow.unrecognized': { type: 'none', label: 'Unrecognized msftwindow option' },
  'data': { type: 'bytes', label: 'Data' },
} as const satisfies Fields);

export type TftpLayer = Layer<ReturnType<typeof tftpFields>>;
