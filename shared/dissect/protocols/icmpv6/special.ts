/** Messages of rarer protocols above ICMPv6: one table of how each is read from behind the checksum on. */
import { hexText } from '../../address-text.ts';
import type { Icmpv6Layer } from './fields.ts';
import { putSeedInfos } from './mpl.ts';
import { putNodeInformation } from './node-information.ts';
import { putOptions } from './options.ts';
import { putRenumbering } from './renumbering.ts';
import { putRplControl } from './rpl.ts';
import { HANDOVER_MESSAGES } from './special-fields.ts';

type Body = (layer: Icmpv6Layer, type: number, code: number) => void;

export function isSpecial(type: number): boolean {
  return BODIES[type] !== undefined;
}

export function putSpecial(layer: Icmpv6Layer, type: number, code: number): void {
  BODIES[type]?.(layer, type, code);
}

const BODIES: Readonly<Record<number, Body>> = {
  138: (layer, _type, code) => putRenumbering(layer, code),
  139: putNodeInformation,
  140: putNodeInformation,
  144: takeHomeAgentHead,
  145: homeAgentReply,
  146: takeHomeAgentHead,
  147: prefixAdvertisement,
  148: certificationSolicitation,
  149: certificationAdvertisement,
  150: fastHandover,
  151: multicastRouter,
  152: () => undefined,
  153: () => undefined,
  154: fastHandover,
  155: putRplControl,
  156: locatorUpdate,
  157: duplicateAddress,
  158: duplicateAddress,
  159: putSeedInfos,
};

// ── mobile IPv6 (RFC 6275 §6.5 to §6.8) ──────────────────────────────────────

function takeHomeAgentHead(layer: Icmpv6Layer): void {
  layer.take('mip6.identifier');
  layer.take('reserved', 2);
}

function homeAgentReply(layer: Icmpv6Layer): void {
  takeHomeAgentHead(layer);
  layer.each(() => layer.take('mip6.home_agent_address'));
}

function prefixAdvertisement(layer: Icmpv6Layer, type: number): void {
  layer.take('mip6.identifier');
  layer.takeFlags('mip6.flag');
  putOptions(layer, type);
}

// ── Secure Neighbor Discovery (RFC 3971 §6.4) ────────────────────────────────

function certificationSolicitation(layer: Icmpv6Layer, type: number): void {
  layer.take('send.identifier');
  layer.take('send.component');
  putOptions(layer, type);
}

function certificationAdvertisement(layer: Icmpv6Layer, type: number): void {
  layer.take('send.identifier');
  layer.take('send.all_components');
  layer.take('send.component');
  layer.take('reserved', 2);
  putOptions(layer, type);
}

// ── fast handovers (RFC 5568 §6) ─────────────────────────────────────────────

const HANDOVER_INITIATE = 4;

function fastHandover(layer: Icmpv6Layer, type: number): void {
  const subtype = layer.take('fmip6.subtype');
  layer.infoAppend(() => ` (${HANDOVER_MESSAGES[subtype] ?? `Unknown (${subtype})`})`);
  if (subtype === HANDOVER_INITIATE) {
    layer.takeFlags('fmip6.hi.flag');
  } else if (HANDOVER_MESSAGES[subtype] !== undefined) {
    layer.take('reserved', 1);
  }
  layer.take('fmip6.identifier');
  putOptions(layer, type);
}

// ── others ───────────────────────────────────────────────────────────────────

/** RFC 4286 §3. */
function multicastRouter(layer: Icmpv6Layer): void {
  layer.take('mcast_ra.query_interval');
  layer.take('mcast_ra.robustness_variable');
}

/** RFC 6743 §3. */
function locatorUpdate(layer: Icmpv6Layer): void {
  const locators = layer.take('ilnp.nb_locs');
  layer.take('reserved', 1);
  layer.take('reserved', 2);
  for (let index = 0; index < locators && !layer.broken && !layer.run.full; index += 1) {
    layer.take('ilnp.nb_locator');
    layer.take('ilnp.nb_preference', 2);
    layer.take('ilnp.nb_lifetime', 2);
  }
}

/** RFC 6775 §4.4. */
function duplicateAddress(layer: Icmpv6Layer): void {
  layer.take('6lowpannd.da.status');
  layer.take('6lowpannd.da.rsv');
  layer.take('6lowpannd.da.lifetime');
  const at = layer.cursor;
  layer.skip(8);
  layer.put('6lowpannd.da.eui64', hexText(layer.bytes, at, at + 8, ':'), at, 8);
  layer.take('6lowpannd.da.reg_addr');
}
