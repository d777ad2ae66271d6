/** Search filters (RFC 4511 §4.5.1.7). */
import { boolean, choice, explicit, implicit, lazy, octets, sequence, sequenceOf, setOf } from '../../ber/notation.ts';
import type { BerType } from '../../ber/notation.ts';
import { LDAP } from './module.ts';
import { OPTIONAL_STRING, STRING } from './telling.ts';

const { part } = LDAP;

const TEXT = { type: 'string' } as const;

export const AttributeValueAssertion = sequence(part('attributeDesc', octets(), STRING), part('assertionValue', octets(), TEXT));

const Substrings = sequence(
  part('type', octets(), STRING),
  part(
    'substrings',
    sequenceOf(part('substrings_item', choice(part('initial', implicit(0, octets()), STRING), part('any', implicit(1, octets()), STRING), part('final', implicit(2, octets()), STRING)), { label: 'substrings item' })),
  ),
);

const MatchingRuleAssertion = sequence(
  part('matchingRule', implicit(1, octets()), OPTIONAL_STRING),
  part('type', implicit(2, octets()), OPTIONAL_STRING),
  part('matchValue', implicit(3, octets()), TEXT),
  part('dnAttributes', implicit(4, boolean), { optional: true }),
);

const again = lazy('choice', () => Filter);

export const Filter: BerType = choice(
  part('and', implicit(0, setOf(part('and_item', again, { label: 'and item' })))),
  part('or', implicit(1, setOf(part('or_item', again, { label: 'or item' })))),
  part('not', explicit(2, again)),
  part('equalityMatch', implicit(3, AttributeValueAssertion)),
  part('substrings', implicit(4, Substrings)),
  part('greaterOrEqual', implicit(5, AttributeValueAssertion)),
  part('lessOrEqual', implicit(6, AttributeValueAssertion)),
  part('present', implicit(7, octets()), STRING),
  part('approxMatch', implicit(8, AttributeValueAssertion)),
  part('extensibleMatch', implicit(9, MatchingRuleAssertion)),
);
