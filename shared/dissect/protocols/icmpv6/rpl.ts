/** RPL, the routing protocol of low-power networks, in ICMPv6 (RFC 6550 §6, RFC 6997). */
import type { Icmpv6Layer } from './fields.ts';
import { putRplOptions } from './rpl-options.ts';

const SECURE = 0x80;
const CONSISTENCY_CHECK = 0x8a;
/** How the key of a secured message is named (RFC 6550 §6.1). */
const KEY_INDEX = 0;
const KEY_IMPLIED = 1;

/** Reads a control message; `code` says which, and whether a security section comes first. */
export function putRplControl(layer: Icmpv6Layer, _type: number, code: number): void {
  if ((code & SECURE) !== 0) takeSecurity(layer);
  if (layer.broken) return;
  const body = code === CONSISTENCY_CHECK ? consistencyCheck : BODIES[code & ~SECURE];
  body?.(layer);
  if (!layer.broken) putRplOptions(layer, code & ~SECURE);
}

function takeSecurity(layer: Icmpv6Layer): void {
  layer.take('rpl.secure.flag');
  layer.flag('rpl.secure.flag.t');
  layer.flag('rpl.secure.flag.rsv');
  layer.take('rpl.secure.algorithm');
  const at = layer.cursor;
  const mode = layer.peekU8() >> 6;
  layer.take('rpl.secure.flag');
  layer.inside(() => {
    for (const key of ['rpl.secure.kim', 'rpl.secure.lvl', 'rpl.secure.rsv'] as const) layer.at(key, at);
  });
  layer.take('rpl.secure.flag');
  layer.take('rpl.secure.counter');
  if (mode === KEY_IMPLIED) return;
  if (mode !== KEY_INDEX) layer.take('rpl.secure.key.source', 8);
  layer.take('rpl.secure.key.index');
}

type Body = (layer: Icmpv6Layer) => void;

function solicitation(layer: Icmpv6Layer): void {
  layer.take('rpl.dis.flags');
  layer.take('reserved', 1);
}

function information(layer: Icmpv6Layer): void {
  layer.take('rpl.dio.instance');
  layer.take('rpl.dio.version');
  layer.take('rpl.dio.rank');
  layer.takeFlags('rpl.dio.flag');
  layer.take('rpl.dio.dtsn');
  layer.take('rpl.dio.flag');
  layer.take('reserved', 1);
  layer.take('rpl.dio.dagid');
}

function advertisement(layer: Icmpv6Layer): void {
  layer.take('rpl.dao.instance');
  const flags = layer.takeFlags('rpl.dao.flag');
  layer.take('reserved', 1);
  layer.take('rpl.dao.sequence');
  if ((flags & 0x40) !== 0) layer.take('rpl.dao.dodagid');
}

function acknowledgment(layer: Icmpv6Layer): void {
  layer.take('rpl.daoack.instance');
  const flags = layer.takeFlags('rpl.daoack.flag');
  layer.take('rpl.daoack.sequence');
  layer.take('rpl.daoack.status');
  if ((flags & 0x80) !== 0) layer.take('rpl.daoack.dodagid');
}

function takeDiscoveryHead(layer: Icmpv6Layer): void {
  layer.take('rpl.p2p.dro.instance');
  const version = layer.take('rpl.p2p.dro.version');
  if (version !== 0) layer.expert('rpl.p2p.dro.zero', 'warn', 'Protocol', 'This field MUST be set to zero');
}

function discoveryReply(layer: Icmpv6Layer): void {
  takeDiscoveryHead(layer);
  layer.takeFlags('rpl.p2p.dro.flag');
  layer.take('rpl.p2p.dro.dagid');
}

function discoveryAcknowledgment(layer: Icmpv6Layer): void {
  takeDiscoveryHead(layer);
  layer.takeFlags('rpl.p2p.droack.flag');
  layer.take('rpl.p2p.dro.dagid');
}

function consistencyCheck(layer: Icmpv6Layer): void {
  layer.take('rpl.cc.instance');
  layer.takeFlags('rpl.cc.flag');
  layer.take('rpl.cc.nonce');
  layer.take('rpl.cc.dodagid');
  layer.take('rpl.cc.destination_counter');
}

const BODIES: Readonly<Record<number, Body>> = { 0: solicitation, 1: information, 2: advertisement, 3: acknowledgment, 4: discoveryReply, 5: discoveryAcknowledgment };
