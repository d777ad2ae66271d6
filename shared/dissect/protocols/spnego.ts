/** SPNEGO: client and server agree on a mechanism of the GSS-API, and pass its tokens on (RFC 4178 §4, MS-SPNG §2.2). */
import { BerModule } from '../ber/module.ts';
import { choice, enumerated, explicit, octets, oid, sequence, sequenceOf, slot, text } from '../ber/notation.ts';
import type { Found, Reading } from '../ber/notation.ts';
import { readBer } from '../ber/reader.ts';
import { mechanismOf } from './gss-api/mechanisms.ts';
import { putNtlmsspVerifier } from './ntlmssp/verifier.ts';

const asn1 = new BerModule('spnego');
const { part, flags } = asn1;

const OPTIONAL = { optional: true } as const;

// ── the mechanism ────────────────────────────────────────────────────────────

/** What the conversation has agreed on, as an object identifier. */
interface Agreement {
  mechanism: string;
}

/** The mechanism by which tokens are read; empty for none. */
const mechanism = slot(() => '');
/** True once a list has named a mechanism that is known: the first one's token comes along. */
const hasMechanism = slot(() => false);

function noteMechanism(reader: Reading, { value }: Found): void {
  if (reader.get(hasMechanism)) return;
  reader.set(hasMechanism, true);
  if (mechanismOf(String(value)) !== undefined) reader.set(mechanism, String(value));
}

/** Later packets of the conversation go by this mechanism. */
function agree(reader: Reading): void {
  const agreement = reader.layer.learn((): Agreement => ({ mechanism: '' }));
  if (agreement && reader.get(hasMechanism)) agreement.mechanism = reader.get(mechanism);
}

function handOn(reader: Reading, { start, end }: Found): void {
  const protocol = mechanismOf(reader.get(mechanism))?.protocol;
  if (protocol !== undefined && end > start) reader.layer.call(protocol, { start, length: end - start });
}

/** The list of mechanisms, signed: nobody has changed it on the way. */
function handOnSignature(reader: Reading, { start, end }: Found): void {
  const known = mechanismOf(reader.get(mechanism));
  if (known === undefined || end <= start) return;
  if (known.protocol === 'ntlmssp') putNtlmsspVerifier(reader.layer, start, end);
  else reader.layer.call(known.protocol, { start, length: end - start });
}

// ── tokens ───────────────────────────────────────────────────────────────────

const restartList = { before: (reader: Reading) => reader.set(hasMechanism, false), then: agree } as const;

const mechTypes = part('mechTypes', explicit(0, sequenceOf(part('MechType', oid, { then: noteMechanism }))), { optional: true, ...restartList });
const reqFlags = part('reqFlags', explicit(1, flags('ContextFlags', 'delegFlag', 'mutualFlag', 'replayFlag', 'sequenceFlag', 'anonFlag', 'confFlag', 'integFlag')), OPTIONAL);
const mechToken = part('mechToken', explicit(2, octets()), { optional: true, then: handOn });

const NegTokenInit = sequence(mechTypes, reqFlags, mechToken, part('mechListMIC', explicit(3, octets()), { optional: true, then: handOnSignature }));

const NegHints = sequence(part('hintName', explicit(0, text('general')), OPTIONAL), part('hintAddress', explicit(1, octets()), OPTIONAL));

/** As servers send it (MS-SPNG §2.2.1). */
const NegTokenInit2 = sequence(mechTypes, reqFlags, mechToken, part('negHints', explicit(3, NegHints), OPTIONAL), part('mechListMIC', explicit(4, octets()), { optional: true, then: handOnSignature }));

const NegTokenTarg = sequence(
  part('negResult', explicit(0, enumerated({ 0: 'accept-completed', 1: 'accept-incomplete', 2: 'reject' })), OPTIONAL),
  part('supportedMech', explicit(1, oid), {
    optional: true,
    before: (reader) => reader.set(hasMechanism, false),
    then: (reader, found) => {
      noteMechanism(reader, found);
      agree(reader);
    },
  }),
  part('responseToken', explicit(2, octets()), { optional: true, then: handOn }),
  part('mechListMIC', explicit(3, octets()), { optional: true, then: handOnSignature }),
);

const negTokenTarg = part('negTokenTarg', explicit(1, NegTokenTarg));

const FROM_CLIENT = part('NegotiationToken', choice(part('negTokenInit', explicit(0, NegTokenInit)), negTokenTarg), { field: null });
const FROM_SERVER = part('NegotiationToken', choice(part('negTokenInit', explicit(0, NegTokenInit2)), negTokenTarg), { field: null });

/** Ports of servers lie below; only they send hints. */
const FIRST_CLIENT_PORT = 1024;

export const spnego = asn1.protocol({
  title: 'Simple Protected Negotiation',
  short: 'SPNEGO',
  spec: 'RFC 4178 §4',
  osi: 7,
  parse(layer) {
    const { run } = layer;
    if (run.pass === 'deep') layer.setFact(layer.learned<Agreement>()?.mechanism ?? '');
    const agreed = layer.fact<string>() ?? '';
    const isFromServer = run.flow?.protocol === 'tcp' && run.sourcePort < FIRST_CLIENT_PORT;
    readBer(layer, isFromServer ? FROM_SERVER : FROM_CLIENT, { prepare: (reader) => reader.set(mechanism, agreed) });
  },
});
