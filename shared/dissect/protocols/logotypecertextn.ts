/** Logotypes in certificates: pictures and sounds of the issuer and the subject (RFC 3709 §4.1). */
import { BerModule } from '../ber/module.ts';
import { choice, explicit, implicit, integer, octets, oid, sequence, sequenceOf, text } from '../ber/notation.ts';
import { AlgorithmIdentifier } from './x509/algorithms.ts';

const asn1 = new BerModule('logotypecertextn');
const { part } = asn1;

const OPTIONAL = { optional: true } as const;

const Hashes = sequenceOf(part('HashAlgAndValue', sequence(part('hashAlg', AlgorithmIdentifier), part('hashValue', octets()))));

const LogotypeDetails = sequence(
  part('mediaType', text('ia5')),
  part('logotypeHash', Hashes),
  part('logotypeURI', sequenceOf(part('logotypeURI_item', text('ia5'), { label: 'logotypeURI item' }))),
);

const LogotypeImageInfo = sequence(
  part('type', implicit(0, integer({ 0: 'grayScale', 1: 'color' })), OPTIONAL),
  part('fileSize', integer()),
  part('xSize', integer()),
  part('ySize', integer()),
  part('resolution', choice(part('numBits', implicit(1, integer())), part('tableSize', implicit(2, integer()))), OPTIONAL),
  part('language', implicit(4, text('ia5')), OPTIONAL),
);

const LogotypeAudioInfo = sequence(
  part('fileSize', integer()),
  part('playTime', integer()),
  part('channels', integer()),
  part('sampleRate', implicit(3, integer()), OPTIONAL),
  part('language', implicit(4, text('ia5')), OPTIONAL),
);

const LogotypeData = sequence(
  part('image', sequenceOf(part('LogotypeImage', sequence(part('imageDetails', LogotypeDetails), part('imageInfo', LogotypeImageInfo, OPTIONAL)))), OPTIONAL),
  part('audio', implicit(1, sequenceOf(part('LogotypeAudio', sequence(part('audioDetails', LogotypeDetails), part('audioInfo', LogotypeAudioInfo, OPTIONAL))))), OPTIONAL),
);

const LogotypeReference = sequence(part('refStructHash', Hashes), part('refStructURI', sequenceOf(part('refStructURI_item', text('ia5'), { label: 'refStructURI item' }))));

const LogotypeInfo = choice(part('direct', implicit(0, LogotypeData)), part('indirect', implicit(1, LogotypeReference)));

const OtherLogotypeInfo = sequence(part('logotypeType', oid), part('info', LogotypeInfo));

const LogotypeExtn = sequence(
  part('communityLogos', explicit(0, sequenceOf(part('LogotypeInfo', LogotypeInfo))), OPTIONAL),
  part('issuerLogo', explicit(1, LogotypeInfo), OPTIONAL),
  part('subjectLogo', explicit(2, LogotypeInfo), OPTIONAL),
  part('otherLogos', explicit(3, sequenceOf(part('OtherLogotypeInfo', OtherLogotypeInfo))), OPTIONAL),
);

const EXTENSION = part('LogotypeExtn', LogotypeExtn);

export const logotypeExtension = asn1.protocol({
  title: 'Logotype Certificate Extensions',
  short: 'LogotypeCertExtn',
  spec: 'RFC 3709 §4.1',
  osi: 6,
  syntaxes: {
    '1.3.6.1.5.5.7.1.12': ['id-pe-logotype', EXTENSION],
    '1.3.6.1.5.5.7.20.1': ['id-pe-logo-loyalty', EXTENSION],
    '1.3.6.1.5.5.7.20.2': ['id-pe-logo-background', EXTENSION],
  },
});
