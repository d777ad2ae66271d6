/** A module with one of everything, for the tests of the reader. Frames are messages, whole. */
import { frame } from '../protocols/frame.ts';
import { data } from '../protocols/data.ts';
import { malformed, short } from '../protocols/ws.ts';
import { ber } from '../protocols/ber.ts';
import type { ProtocolInfo } from '../field.ts';
import { BerModule } from './module.ts';
import { any, bits, boolean, choice, enumerated, explicit, generalizedTime, implicit, integer, lazy, nothing, octets, oid, open, sequence, sequenceOf, set, setOf, slot, text, utcTime } from './notation.ts';
import type { BerType } from './notation.ts';
import { readBer } from './reader.ts';

export const LINK_TYPE = 147;

const asn1 = new BerModule('toy');
const { part, flags } = asn1;

/** What hooks saw, in order. */
const seen = slot<string[]>(() => []);

const Tree: BerType = choice(
  part('leaf', implicit(0, integer())),
  part('branch', implicit(1, setOf(part('Tree', lazy('choice', () => Tree))))),
);

const Toy = sequence(
  part('version', integer({ 0: 'v1', 1: 'v2' }), { then: (reader, { value }) => reader.get(seen).push(`version ${String(value)}`) }),
  part('flag', boolean, { optional: true }),
  part('rights', flags('Rights', 'read', 'write', 'run'), { optional: true }),
  part('kind', oid, { selects: true, optional: true }),
  part('value', explicit(0, open), { optional: true }),
  part('name', implicit(1, text('utf8')), { optional: true, then: (reader, { entry }) => reader.layer.labelOf(entry, () => `name after ${reader.get(seen).join()}`) }),
  part('level', implicit(2, enumerated({ 1: 'low' })), { optional: true }),
  part('tree', explicit(3, Tree), { optional: true }),
  part('born', implicit(4, utcTime), { optional: true }),
  part('died', implicit(5, generalizedTime), { optional: true }),
  part('hole', implicit(6, nothing), { optional: true }),
  part('big', implicit(7, integer()), { optional: true, type: 'u64' }),
  part('inner', implicit(8, octets(part('Inner', integer(), { field: 'inner.value' }))), { optional: true }),
  part('sealed', implicit(9, bits('open')), { optional: true, field: null }),
  part('rest', implicit(10, any), { optional: true }),
  part('pair', set(part('left', implicit(0, integer())), part('right', implicit(1, integer()), { optional: true })), { optional: true }),
  part('far', implicit(1000, integer()), { optional: true }),
  part('numbers', sequenceOf(part('number', integer())), { optional: true }),
);

const TOY = part('Toy', Toy);

const toy = asn1.protocol({
  title: 'Toy',
  short: 'TOY',
  spec: 'none',
  osi: 7,
  claims: [{ table: 'link', keys: [LINK_TYPE] }],
  oids: { '1.2.3': 'id-nothing' },
  syntaxes: { '1.2.4': ['id-number', part('Number', integer())] },
  parse: (layer) => void readBer(layer, TOY),
});

export const TOY_PROTOCOLS: readonly ProtocolInfo[] = [frame, malformed, short, data, ber, toy];
