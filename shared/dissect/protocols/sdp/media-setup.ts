/** The conversations that a description sets up: RTP to every port it names, RTCP beside it. */
import { parseAddress } from '../../../bytes/address-parser.ts';
import { endOf } from '../../announced.ts';
import { CAPTURE_KEY } from '../../state.ts';
import type { MediaSetup } from '../rtp/media-setup.ts';
import type { Description, Media, SdpLayer } from './fields.ts';

/** Tag of SRTP whose keys come by another way (RFC 3711 §5.2). */
const DEFAULT_TAG_BYTES = 10;

/** By end: the calls that named it; by conversation: the end that its newest description named. */
interface Calls {
  readonly idsByEnd: Map<number, string[]>;
  readonly lastEnd: Map<number, number>;
}

/** Calls that one end is kept with. */
const MOST_CALLS = 256;

export function announceMedia(layer: SdpLayer, description: Description): void {
  const { run } = layer;
  if (run.pass !== 'deep' || run.quoted || run.agreement?.isEffective === false) return;
  for (const media of description.media) {
    const isSecure = /^RTP\/SAVPF?$|^UDP\/TLS\/RTP\/SAVPF?$/.test(media.protocol);
    if (media.port === 0 || !(isSecure || /^RTP\/AVPF?$/.test(media.protocol))) continue;
    const tagBytes = isSecure ? description.tagBytes || DEFAULT_TAG_BYTES : -1;
    announceStream(layer, media, media.address ?? description.address, tagBytes);
  }
}

function announceStream(layer: SdpLayer, media: Media, address: string | null, tagBytes: number): void {
  const end = endAt(layer, address, media.port);
  if (end === null) return;
  const { run } = layer;
  const packet = run.agreement?.packet ?? run.packet.number;
  const callIds = run.agreement === null ? [] : noteCall(layer, end, run.agreement.callId);
  const setup: MediaSetup = { codecs: media.codecs, tagBytes, callIds };
  run.state.announced.announce(end, { protocol: 'rtp', packet, method: 'SDP', details: setup });
  const control = endAt(layer, media.control?.address ?? address, media.control?.port ?? media.port + 1);
  if (control !== null) run.state.announced.announce(control, { protocol: 'rtcp', packet, method: 'SDP', details: setup });
}

function endAt(layer: SdpLayer, text: string | null, port: number): number | null {
  const address = text === null || port > 0xffff ? null : parseAddress(text);
  if (address === null) return null;
  return endOf('udp', layer.run.state.streams.addresses.intern(address.length === 4 ? 4 : 6, address, 0), port);
}

function noteCall(layer: SdpLayer, end: number, callId: string): readonly string[] {
  const calls = layer.learnGlobally((): Calls => ({ idsByEnd: new Map(), lastEnd: new Map() }));
  if (calls === null) return [];
  const ids = calls.idsByEnd.get(end) ?? [];
  if (!ids.includes(callId) && ids.length < MOST_CALLS) ids.push(callId);
  calls.idsByEnd.set(end, ids);
  calls.lastEnd.set(layer.run.flowKey(), end);
  return ids;
}

/** The calls that the end was named by which the conversation named last, as Wireshark shows them with every description. */
export function putCallIds(layer: SdpLayer): void {
  if (!layer.run.items) return;
  const calls = layer.run.state.knownFlowState<Calls>('sdp', CAPTURE_KEY);
  const end = calls?.lastEnd.get(layer.run.flowKey());
  for (const id of end === undefined ? [] : (calls?.idsByEnd.get(end) ?? [])) layer.putGenerated('call_id', id);
}
