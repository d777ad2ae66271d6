/** The signature of a message, or of the list of mechanisms (MS-NLMP §2.2.2.9): 16 bytes that show nothing without the key. */
import type { BerLayer } from '../../ber/notation.ts';
import type { ntlmsspFields } from './fields.ts';

/** Shows the verifier from `start` to `end` among the carrier's own fields; frame.protocols names NTLMSSP once more. */
export function putNtlmsspVerifier(carrier: BerLayer, start: number, end: number): void {
  const { run } = carrier;
  const ntlmssp = run.registry.protocol('ntlmssp');
  if (ntlmssp === undefined) return;
  run.protocolNames.push('ntlmssp');
  carrier.within(end, () => {
    carrier.cursor = start;
    carrier.as<ReturnType<typeof ntlmsspFields>>(ntlmssp, (layer) =>
      layer.group('verf', () => {
        layer.take('verf.vers');
        layer.take('verf.body', layer.left);
      }),
    );
  });
}
