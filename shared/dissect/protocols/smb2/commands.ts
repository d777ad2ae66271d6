/** What reads the bodies, by command (MS-SMB2 §2.2.1.2). */
import { notifyRequest, notifyResponse, findPreface, findRequest, findResponse } from './directory-commands.ts';
import type { Message, Smb2Layer } from './fields.ts';
import { breakMessage, closeRequest, closeResponse, createRequest, createResponse, flushRequest, lockRequest, readRequest, readResponse, writeRequest, writeResponse } from './file-commands.ts';
import { getInfoRequest, getInfoResponse, infoPreface, setInfoRequest } from './info-commands.ts';
import { ioctlRequest, ioctlResponse } from './ioctl-commands.ts';
import { takeStructureSize } from './header.ts';
import { emptyBody, logoffRequest, negotiateRequest, negotiateResponse, sessionSetupRequest, sessionSetupResponse, treeConnectRequest, treeConnectResponse } from './session-commands.ts';

type BodyReader = (layer: Smb2Layer, message: Message) => void;

const BUFFER_OVERFLOW = 0x8000_0005;
const NOTIFY_ENUM_DIR = 0x0000_010c;

interface Command {
  readonly request: BodyReader;
  readonly response: BodyReader;
  /** Statuses other than 0 whose answers have the body of a success. */
  readonly alsoGood?: readonly number[] | 'all';
  /** Said of every answer, whatever its status. */
  readonly preface?: BodyReader;
}

function cancelRequest(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('unknown', 2);
}

function keepAlive(layer: Smb2Layer): void {
  takeStructureSize(layer);
  layer.take('unknown', 2);
}

export const COMMAND_READERS: readonly Command[] = [
  { request: negotiateRequest, response: negotiateResponse },
  { request: sessionSetupRequest, response: sessionSetupResponse, alsoGood: 'all' },
  { request: logoffRequest, response: emptyBody },
  { request: treeConnectRequest, response: treeConnectResponse },
  { request: emptyBody, response: emptyBody },
  { request: createRequest, response: createResponse },
  { request: closeRequest, response: closeResponse },
  { request: flushRequest, response: keepAlive },
  { request: readRequest, response: readResponse, alsoGood: [BUFFER_OVERFLOW] },
  { request: writeRequest, response: writeResponse },
  { request: lockRequest, response: keepAlive },
  { request: ioctlRequest, response: ioctlResponse, alsoGood: [BUFFER_OVERFLOW] },
  { request: cancelRequest, response: emptyBody },
  { request: keepAlive, response: keepAlive },
  { request: findRequest, response: findResponse, alsoGood: [BUFFER_OVERFLOW], preface: findPreface },
  { request: notifyRequest, response: notifyResponse, alsoGood: [NOTIFY_ENUM_DIR] },
  { request: getInfoRequest, response: getInfoResponse, alsoGood: [BUFFER_OVERFLOW], preface: infoPreface },
  { request: setInfoRequest, response: takeStructureSize, preface: infoPreface },
  { request: breakMessage, response: breakMessage },
];

export function isGood({ alsoGood }: Command, status: number): boolean {
  return status === 0 || alsoGood === 'all' || alsoGood?.includes(status) === true;
}
