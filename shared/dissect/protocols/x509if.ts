/** X.501 information framework: distinguished names. */
import { IF } from './x509/modules.ts';
import { DISTINGUISHED_NAME } from './x509/names.ts';

export const x509if = IF.protocol({
  title: 'X.509 Information Framework',
  short: 'X509IF',
  spec: 'X.501 §9',
  osi: 6,
  syntaxes: {
    '2.5.4.1': ['id-at-aliasedEntryName', DISTINGUISHED_NAME],
    '2.5.4.31': ['id-at-member', DISTINGUISHED_NAME],
    '2.5.4.32': ['id-at-owner', DISTINGUISHED_NAME],
    '2.5.4.33': ['id-at-roleOccupant', DISTINGUISHED_NAME],
    '2.5.4.34': ['id-at-seeAlso', DISTINGUISHED_NAME],
    '2.5.4.49': ['id-at-distinguishedName', DISTINGUISHED_NAME],
    '2.5.18.3': ['id-oa-creatorsName', DISTINGUISHED_NAME],
    '2.5.18.4': ['id-oa-modifiersName', DISTINGUISHED_NAME],
    '2.5.18.10': ['id-oa-subschemaSubentry', DISTINGUISHED_NAME],
    '2.5.18.11': ['id-oa-accessControlSubentry', DISTINGUISHED_NAME],
    '2.5.18.12': ['id-oa-collectiveAttributeSubentry', DISTINGUISHED_NAME],
    '2.5.18.13': ['id-oa-contextDefaultSubentry', DISTINGUISHED_NAME],
  },
});
