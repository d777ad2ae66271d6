/** Attributes of entries and their values; what some values are, their attribute's name tells. */
import { readU32le, readU8, utf8 } from '../../../bytes/reader.ts';
import { guidText } from '../../address-text.ts';
import { octets, sequence, setOf, slot } from '../../ber/notation.ts';
import type { Found, Reading } from '../../ber/notation.ts';
import { LDAP } from './module.ts';
import { STRING, tellOperation, textOf } from './telling.ts';

const { part } = LDAP;

const attribute = slot(() => '');

const VALUE = part('AttributeValue', octets());
const OID = part('OID', octets(), { field: 'oid', type: 'string' });
const GUID = part('GUID', octets(), { field: 'guid', type: 'string' });
const SID = part('Sid', octets(), { field: 'sid', type: 'string' });

/** MS-DTYP §2.4.2: "S-1-5-21-…"; undefined for other bytes. */
function sidText(bytes: Uint8Array, start: number, end: number): string | undefined {
  const count = readU8(bytes, start + 1);
  if (end - start < 8 || end - start < 8 + count * 4) return undefined;
  let authority = 0;
  for (let at = start + 2; at < start + 8; at += 1) authority = authority * 256 + readU8(bytes, at);
  const parts = Array.from({ length: count }, (_, index) => readU32le(bytes, start + 8 + index * 4));
  return ['S', readU8(bytes, start), authority, ...parts].join('-');
}

type ValueReader = (reader: Reading, found: Found) => boolean;

const putOid: ValueReader = ({ layer }, { start, end }) => {
  const name = utf8(layer.bytes, start, end);
  layer.labelOf(layer.putField(OID.field, name, start, end - start), () => {
    const known = layer.run.registry.objectIdentifier(name)?.name;
    return `OID: ${known === undefined ? name : `${name} (${known})`}`;
  });
  return true;
};

const putGuid: ValueReader = ({ layer }, { start, end }) => {
  if (end - start !== 16) return false;
  layer.putField(GUID.field, guidText(layer.bytes, start), start, 16);
  return true;
};

const putSid: ValueReader = ({ layer }, { start, end }) => {
  const text = sidText(layer.bytes, start, end);
  if (text === undefined) return false;
  layer.putField(SID.field, text, start, end - start);
  return true;
};

/** Attributes of root entries and of Active Directory whose values are no text. */
const READERS: Readonly<Record<string, ValueReader>> = {
  supportedControl: putOid, supportedCapabilities: putOid, supportedExtension: putOid, supportedFeatures: putOid,
  objectGUID: putGuid, objectSid: putSid,
};

const LONGEST_TEXT = 200;

function putValue(reader: Reading, found: Found): void {
  const { layer } = reader;
  const read = READERS[reader.get(attribute)];
  if (found.end > found.start && read?.(reader, found)) return;
  const entry = layer.putField(VALUE.field, layer.bytes.subarray(found.start, found.end), found.start, found.end - found.start);
  layer.labelOf(entry, () => {
    const text = textOf(reader, found);
    return `AttributeValue: ${text.length <= LONGEST_TEXT && /^[^\u0000-\u001f\ufffd]*$/.test(text) ? text : `${found.end - found.start} bytes`}`;
  });
}

const type = part('type', octets(), {
  type: 'string',
  then: (reader, found) => {
    tellOperation(reader);
    const name = textOf(reader, found);
    reader.set(attribute, name);
    reader.tellOwner(() => name);
  },
});

/** RFC 4511 §4.1.7. */
export const Attribute = sequence(type, part('vals', setOf(part('AttributeValue', octets(), { field: null, then: putValue }))));

export const AttributeDescription = part('AttributeDescription', octets(), STRING);
