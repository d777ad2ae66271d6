/** The TCP checksum (RFC 9293 §3.1): shown always, judged only where that is asked for. */
import { addWords, expectedChecksum, internetChecksum, pseudoHeaderSum } from '../../../bytes/checksum.ts';
import { hexText } from '../../address-text.ts';
import type { TcpLayer } from './tcp-layer.ts';

const TCP = 6;
/** Values of tcp.checksum.status. */
const BAD = 0;
const GOOD = 1;
const UNVERIFIED = 2;

/** Shows the checksum at the cursor. False where it was judged and is wrong: then the payload is not to be trusted. */
export function showChecksum(layer: TcpLayer, complete: boolean): boolean {
  const { run } = layer;
  const at = layer.cursor;
  const found = layer.take('checksum');
  if (layer.broken) return false;
  if (!complete || !run.state.settings.verifyChecksums || run.network === null) {
    layer.label(() => `Checksum: 0x${hexText(layer.bytes, at, at + 2)} [unverified]`);
    layer.putGenerated('checksum.status', UNVERIFIED, at, 0);
    return true;
  }
  const length = layer.reportedEnd - layer.start;
  const pseudo = pseudoHeaderSum(run.network, TCP, length);
  const computed = internetChecksum(addWords(pseudo, layer.bytes, layer.start, layer.start + length));
  const expected = expectedChecksum(found, computed);
  // 0xffff for 0 is what RFC 1624 calls a wrong incremental update; receivers take it.
  const wrongZero = computed === 0 && found === 0xffff;
  const good = computed === 0 && !wrongZero;
  layer.label(() => `Checksum: 0x${hexText(layer.bytes, at, at + 2)} ${good ? '[correct]' : wrongZero ? '[should be 0x0000 (see RFC 1624)]' : wrongWords(found, expected, pseudo)}`);
  layer.putGenerated('checksum_calculated', wrongZero ? 0 : expected, at, 2);
  layer.putGenerated('checksum.status', good ? GOOD : BAD, at, 0);
  if (wrongZero) {
    layer.expert('checksum.ffff', 'warn', 'Checksum', 'TCP Checksum 0xffff instead of 0x0000 (see RFC 1624)');
    layer.infoAppend(() => ' [TCP CHECKSUM 0xFFFF]');
  } else if (!good) {
    layer.expert('checksum_bad.expert', 'error', 'Checksum', `Bad checksum [should be 0x${expected.toString(16).padStart(4, '0')}]`);
    layer.infoAppend(() => ' [TCP CHECKSUM INCORRECT]');
  }
  return good || wrongZero;
}

/** A sending host that leaves the sum to its network card writes the pseudo header's part only. */
function wrongWords(found: number, expected: number, pseudo: number): string {
  const partial = (~internetChecksum(pseudo) & 0xffff) === found;
  return `incorrect, should be 0x${expected.toString(16).padStart(4, '0')} (${partial ? 'holds the pseudo header only: the network card fills in the rest after the capture' : 'maybe caused by "TCP checksum offload"?'})`;
}
