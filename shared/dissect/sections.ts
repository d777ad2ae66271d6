/** Sections of a protocol's fields (see ProtocolDescription), named by the protocol's id and the key under which the fields stand: "tls.handshake". */
import type { FieldInfo, ProtocolInfo } from './field.ts';

export function sectionId(protocol: ProtocolInfo, key: string): string {
  return `${protocol.id}.${key}`;
}

/** The section that a field belongs to; null where it belongs to none. */
export function sectionOf({ protocol, key }: FieldInfo): string | null {
  const section = protocol.spec.sections?.find((one) => key === one || key.startsWith(`${one}.`));
  return section === undefined ? null : sectionId(protocol, section);
}
