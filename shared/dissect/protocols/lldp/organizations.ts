/** Who defines TLVs of type 127, by the number of the organization. */
import { dataCenterBridging } from './data-center.ts';
import { BRIDGE_SUBTYPES, ETHERNET_SUBTYPES, VIRTUAL_SUBTYPES } from './ieee-fields.ts';
import { BRIDGE_CONTENTS, ETHERNET_CONTENTS, VIRTUAL_CONTENTS } from './ieee.ts';
import type { Contents, LldpLayer } from './layer.ts';
import { MEDIA_CONTENTS } from './media.ts';
import { CISCO_SUBTYPES, EXTREME_SUBTYPES, MEDIA_SUBTYPES, ONOS_SUBTYPES, PROFINET_SUBTYPES } from './vendor-fields.ts';
import { CISCO_CONTENTS, EXTREME_CONTENTS, IANA_CONTENTS, ONOS_CONTENTS, PROFINET_CONTENTS } from './vendors.ts';

interface Organization {
  readonly name: string;
  readonly subtype: '802_1.subtype' | '802_3.subtype' | '802_1qbg.subtype' | 'proto' | 'media.subtype' | 'cisco.subtype' | 'profinet.subtype' | 'extreme_avaya_ap.subtype' | 'iana.subtype' | 'onos.subtype' | 'unknown_subtype';
  readonly subtypes: Readonly<Record<number, string>>;
  readonly contents: Contents;
  /** Contents of subtypes that nobody knows are shown as bytes. */
  readonly showsUnknown?: true;
}

const ORGANIZATIONS: Readonly<Record<number, Organization>> = {
  0x0080c2: { name: 'IEEE', subtype: '802_1.subtype', subtypes: BRIDGE_SUBTYPES, contents: BRIDGE_CONTENTS },
  0x00120f: { name: 'IEEE 802.3', subtype: '802_3.subtype', subtypes: ETHERNET_SUBTYPES, contents: ETHERNET_CONTENTS },
  0x0012bb: { name: 'TIA TR-41 Committee', subtype: 'media.subtype', subtypes: MEDIA_SUBTYPES, contents: MEDIA_CONTENTS },
  0x001b21: { name: 'Intel Corporate', subtype: 'proto', subtypes: { 1: '1.0 CIN', 2: '1.01 CEE' }, contents: { 1: dataCenterBridging, 2: dataCenterBridging } },
  0x001b3f: { name: 'IEEE 802.1Qbg', subtype: '802_1qbg.subtype', subtypes: VIRTUAL_SUBTYPES, contents: VIRTUAL_CONTENTS },
  0x000142: { name: 'Cisco Systems, Inc', subtype: 'cisco.subtype', subtypes: CISCO_SUBTYPES, contents: CISCO_CONTENTS, showsUnknown: true },
  0x000ecf: { name: 'PROFIBUS Nutzerorganisation e.V.', subtype: 'profinet.subtype', subtypes: PROFINET_SUBTYPES, contents: PROFINET_CONTENTS, showsUnknown: true },
  0x00040d: { name: 'Extreme Networks', subtype: 'extreme_avaya_ap.subtype', subtypes: EXTREME_SUBTYPES, contents: EXTREME_CONTENTS },
  0x00005e: { name: 'IANA', subtype: 'iana.subtype', subtypes: { 1: 'Manufacturer Usage Description URL' }, contents: IANA_CONTENTS, showsUnknown: true },
  0xa42305: { name: 'Open Networking Laboratory', subtype: 'onos.subtype', subtypes: ONOS_SUBTYPES, contents: ONOS_CONTENTS, showsUnknown: true },
};
const UNKNOWN: Organization = { name: 'Unknown', subtype: 'unknown_subtype', subtypes: {}, contents: {}, showsUnknown: true };

/** Reads a TLV of an organization, up to `end`; gives its title. */
export function takeOrganization(layer: LldpLayer, end: number): () => string {
  const number = layer.take('orgtlv.oui');
  const organization = ORGANIZATIONS[number] ?? UNKNOWN;
  const subtype = layer.take(organization.subtype);
  const content = organization.contents[subtype];
  if (!layer.broken) {
    if (content !== undefined) content(layer, end);
    else if (organization.showsUnknown && layer.cursor < end) layer.take('unknown_subtype.content', end - layer.cursor);
  }
  return () => `${organization.name} - ${organization.subtypes[subtype] ?? `Unknown subtype (0x${subtype.toString(16)})`}`;
}
