/**
 * The built-in colouring rules, first match wins. They are the everyday part of
 * Wireshark's defaults; the user's own rules come with the filter language.
 */
import type { Dissection } from '../dissect/dissection.ts';
import { ANALYSIS } from '../streams/tcp-segment.ts';

export const RULES = ['bad', 'rst', 'icmp-error', 'arp', 'icmp', 'http', 'syn', 'tcp', 'udp'] as const;
export type Rule = (typeof RULES)[number];

/** tcp.analysis.flags && !window_update && !keep_alive && !keep_alive_ack */
const BAD_TCP = ~(ANALYSIS.window_update | ANALYSIS.keep_alive | ANALYSIS.keep_alive_ack);
const SYN_OR_FIN = 0x03;
const RST = 0x04;

/** Index + 1 into RULES of the first rule that matches the dissected packet; 0 where none does. */
export function ruleOf(run: Dissection): number {
  let has = 0;
  for (const layer of run.layers) has |= BITS[layer.protocol.id] ?? 0;
  if (has & TCP && run.tcpAnalysisFlags & BAD_TCP) return number('bad');
  if (has & ICMP && run.icmpError) return number('icmp-error');
  if (has & ARP) return number('arp');
  if (has & ICMP) return number('icmp');
  if (has & TCP && run.tcpFlags & RST) return number('rst');
  if (has & HTTP || (has & TCP && (run.sourcePort === 80 || run.destinationPort === 80))) return number('http');
  if (has & TCP) return run.tcpFlags & SYN_OR_FIN ? number('syn') : number('tcp');
  return has & UDP ? number('udp') : 0;
}

const TCP = 1;
const UDP = 2;
const ARP = 4;
const ICMP = 8;
const HTTP = 16;
const BITS: Readonly<Record<string, number>> = { tcp: TCP, udp: UDP, arp: ARP, icmp: ICMP, icmpv6: ICMP, http: HTTP };

function number(rule: Rule): number {
  return RULES.indexOf(rule) + 1;
}
