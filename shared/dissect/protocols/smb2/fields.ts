/** All fields of SMB2, the layer type that its parts share, and what they tell each other about one message. */
import { readU16le, readU32le } from '../../../bytes/reader.ts';
import { guidText } from '../../address-text.ts';
import type { Layer } from '../../layer.ts';
import { fileSystemFields } from '../smb/file-system-fields.ts';
import { sharedSmbFields } from '../smb/shared-fields.ts';
import { takeFileTime, takeGuidAs, utf16 } from '../smb/windows-values.ts';
import { fileFields } from './file-fields.ts';
import { headerFields } from './header-fields.ts';
import { infoFields } from './info-fields.ts';
import { ioctlFields } from './ioctl-fields.ts';
import { referralFields } from './referral-fields.ts';
import { sessionFields } from './session-fields.ts';

export const smb2Fields = () => ({ ...headerFields(), ...sessionFields(), ...fileFields(), ...infoFields(), ...ioctlFields(), ...referralFields(), ...sharedSmbFields(), ...fileSystemFields() } as const);

export type Smb2Layer = Layer<ReturnType<typeof smb2Fields>>;
export type Smb2Key = keyof ReturnType<typeof smb2Fields>;

/** What an answer needs to know of its request. */
export interface RequestDetail {
  /** Name of the share or file that is asked for. */
  readonly name: string;
  /** Class and level of information, or the function that is called. */
  readonly code: number;
  readonly level: number;
}

export const NO_DETAIL: RequestDetail = { name: '', code: 0, level: 0 };

/** One message while it is read. */
export interface Message {
  /** First byte of its header: offsets count from there. */
  readonly start: number;
  readonly end: number;
  readonly command: number;
  readonly isResponse: boolean;
  readonly status: number;
  readonly sessionId: string;
  readonly treeId: number;
  /** In responses: what the request was about. */
  readonly asked: RequestDetail;
  /** In requests: to be kept for the answer. */
  detail: RequestDetail;
}

export function takeGuid(layer: Smb2Layer, key: Smb2Key): string {
  return takeGuidAs(layer, key, guidText);
}

export function takeTime(layer: Smb2Layer, key: Smb2Key): void {
  takeFileTime(layer, key, (words) => `${layer.protocol.byKey[key]?.spec.label ?? ''}: ${words}`);
}

/** Text in UTF-16 at a position of the message. */
export function putText(layer: Smb2Layer, key: Smb2Key, start: number, length: number): string {
  if (!layer.reaches(start + length)) return '';
  const text = utf16(layer.bytes, start, start + length);
  layer.put(key, text, start, length);
  return text;
}

/** Where a message says that a part of it is: offset from its header, and length. */
export interface Part {
  readonly offset: number;
  readonly length: number;
  /** Of the two numbers themselves. */
  readonly at: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export function readPart(layer: Smb2Layer, offsetBytes: 1 | 2 | 4, lengthBytes: 2 | 4): Part {
  const at = layer.cursor;
  if (!layer.has(offsetBytes + lengthBytes)) return { offset: 0, length: 0, at, offsetBytes, lengthBytes };
  const read = (from: number, size: number): number => (size === 4 ? readU32le(layer.bytes, from) : size === 2 ? readU16le(layer.bytes, from) : layer.peekU8());
  const part = { offset: read(at, offsetBytes), length: read(at + offsetBytes, lengthBytes), at, offsetBytes, lengthBytes };
  layer.skip(offsetBytes + lengthBytes);
  return part;
}

export function showPart(layer: Smb2Layer, { offset, length, at, offsetBytes, lengthBytes }: Part): void {
  layer.put('olb.offset', offset, at, offsetBytes);
  layer.put('olb.length', length, at + offsetBytes, lengthBytes);
}

/** A name, and below it where the message says that it is. */
export function showName(layer: Smb2Layer, key: Smb2Key, part: Part, base: number): string {
  const text = part.length === 0 ? '' : putText(layer, key, base + part.offset, part.length);
  if (part.length === 0) layer.put(key, '', layer.cursor, 0);
  layer.inside(() => showPart(layer, part));
  return text;
}
