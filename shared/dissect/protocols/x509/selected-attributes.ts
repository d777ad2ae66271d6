/** Attribute types of X.520 beside plain strings, and the syntaxes that attributes have. */
import { bits, boolean, choice, explicit, generalizedTime, implicit, integer, lazy, octets, oid, sequence, sequenceOf, set, setOf, text, utcTime } from '../../ber/notation.ts';
import type { BerType } from '../../ber/notation.ts';
import { SAT } from './modules.ts';
import { AttributeValueAssertion, RDNSequence } from './names.ts';
import { DirectoryString, UniqueIdentifier } from './strings.ts';

const { part } = SAT;

// ── searches ─────────────────────────────────────────────────────────────────

const CriteriaItem = choice(
  part('equality', implicit(0, oid)),
  part('substrings', implicit(1, oid)),
  part('greaterOrEqual', implicit(2, oid)),
  part('lessOrEqual', implicit(3, oid)),
  part('approximateMatch', implicit(4, oid)),
);

const Criteria: BerType = choice(
  part('type', explicit(0, CriteriaItem)),
  part('and', implicit(1, setOf(part('Criteria', lazy('choice', () => Criteria))))),
  part('or', implicit(2, setOf(part('Criteria', lazy('choice', () => Criteria))))),
  part('not', explicit(3, lazy('choice', () => Criteria))),
);

const Guide = set(part('objectClass', implicit(0, oid), { optional: true }), part('criteria', explicit(1, Criteria)));

const EnhancedGuide = sequence(
  part('objectClass', implicit(0, oid)),
  part('criteria', explicit(1, Criteria)),
  part('subset', implicit(2, integer({ 0: 'baseObject', 1: 'oneLevel', 2: 'wholeSubtree' })), { optional: true }),
);

// ── addresses ────────────────────────────────────────────────────────────────

const PostalAddress = sequenceOf(part('DirectoryString', DirectoryString));

const TelexNumber = sequence(part('telexNumber', text('printable')), part('countryCode', text('printable')), part('answerback', text('printable')));

const FacsimileTelephoneNumber = sequence(part('telephoneNumber', text('printable')), part('parameters', bits(), { optional: true }));

const DELIVERY_METHODS = {
  0: 'any-delivery-method', 1: 'mhs-delivery', 2: 'physical-delivery', 3: 'telex-delivery', 4: 'teletex-delivery',
  5: 'g3-facsimile-delivery', 6: 'g4-facsimile-delivery', 7: 'ia5-terminal-delivery', 8: 'videotex-delivery', 9: 'telephone-delivery',
} as const;

const PresentationAddress = sequence(
  part('pSelector', explicit(0, octets()), { optional: true }),
  part('sSelector', explicit(1, octets()), { optional: true }),
  part('tSelector', explicit(2, octets()), { optional: true }),
  part('nAddresses', explicit(3, setOf(part('nAddresses_item', octets(), { label: 'nAddresses item' })))),
);

const ProtocolInformation = sequence(part('nAddress', octets()), part('profiles', setOf(part('profiles_item', oid, { label: 'profiles item' }))));

// ── parts by which attributes are shown ──────────────────────────────────────

export const DIRECTORY_STRING = part('DirectoryString', DirectoryString);
export const COUNTRY_NAME = part('CountryName', text('printable'));
export const PRINTABLE_STRING = part('PrintableString', text('printable'));
export const NUMERIC_STRING = part('NumericString', text('numeric'));
export const IA5_STRING = part('IA5String', text('ia5'));
export const BMP_STRING = part('BMPString', text('bmp'));
export const UTF8_STRING = part('UTF8String', text('utf8'));
export const GRAPHIC_STRING = part('GraphicString', text('graphic'));
export const OBJECT_IDENTIFIER = part('ObjectIdentifier', oid);
export const OCTET_STRING = part('OctetString', octets());
export const BIT_STRING = part('BitString', bits());
export const INTEGER = part('Integer', integer());
export const BOOLEAN = part('Boolean', boolean);
export const GENERALIZED_TIME = part('GeneralizedTime', generalizedTime);
export const UTC_TIME = part('UTCTime', utcTime);
export const UNIQUE_IDENTIFIER = part('UniqueIdentifier', UniqueIdentifier);
export const TELEPHONE_NUMBER = part('TelephoneNumber', text('printable'));
export const TELEX_NUMBER = part('TelexNumber', TelexNumber);
export const FACSIMILE_NUMBER = part('FacsimileTelephoneNumber', FacsimileTelephoneNumber);
export const X121_ADDRESS = part('X121Address', text('numeric'));
export const ISDN_NUMBER = part('InternationalISDNNumber', text('numeric'));
export const DESTINATION_INDICATOR = part('DestinationIndicator', text('printable'));
export const DELIVERY_METHOD = part('PreferredDeliveryMethod', sequenceOf(part('PreferredDeliveryMethod_item', integer(DELIVERY_METHODS), { label: 'PreferredDeliveryMethod item' })));
export const PRESENTATION_ADDRESS = part('PresentationAddress', PresentationAddress);
export const PROTOCOL_INFORMATION = part('ProtocolInformation', ProtocolInformation);
export const POSTAL_ADDRESS = part('PostalAddress', PostalAddress);
export const NAME_AND_UID = part('NameAndOptionalUID', sequence(part('dn', RDNSequence), part('uid', UniqueIdentifier, { optional: true })));
export const GUIDE = part('Guide', Guide);
export const ENHANCED_GUIDE = part('EnhancedGuide', EnhancedGuide);
export const CASE_IGNORE_LIST = part('CaseIgnoreListMatch', sequenceOf(part('DirectoryString', DirectoryString)));
export const ATTRIBUTE_VALUE_ASSERTION = part('AttributeValueAssertion', AttributeValueAssertion);
