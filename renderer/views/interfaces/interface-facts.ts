/** How an interface is described in a line. */
import { Box, Cable, Network, RefreshCw, ShieldCheck, Wifi, type LucideIcon } from 'lucide-react';
import type { LiveInterface } from '../../../shared/ipc/capture-contract.ts';
import { formOf, type CaptureForm } from '../../stores/capture-form.ts';
import type { FilterTarget } from '../capture-filter/use-filter-check.ts';

export type InterfaceKind = 'loopback' | 'wireless' | 'virtual' | 'tunnel' | 'all' | 'wired';

export const interfaceIcons: Readonly<Record<InterfaceKind, LucideIcon>> = { loopback: RefreshCw, wireless: Wifi, virtual: Box, tunnel: ShieldCheck, all: Network, wired: Cable };

/** For its picture only: where the system does not tell, names as programs give them do. */
export function interfaceKind({ name, isLoopback, isWireless }: LiveInterface): InterfaceKind {
  if (isLoopback) return 'loopback';
  if (isWireless) return 'wireless';
  if (/^(docker|br-|virbr|veth|bridge|vmnet|cni|flannel)/i.test(name)) return 'virtual';
  if (/^(wg|tun|tap|utun|ppp|ipsec)/i.test(name)) return 'tunnel';
  return name === 'any' ? 'all' : 'wired';
}

/** What it is called besides its name; "" where it has no other. */
export function interfaceTitle({ name, friendlyName, description }: LiveInterface): string {
  const title = friendlyName ?? description ?? '';
  return title === name ? '' : title;
}

/** Internet addresses, or the hardware's where there are none. */
export function interfaceAddresses({ addresses }: LiveInterface): readonly string[] {
  const internet = addresses.filter(({ kind }) => kind !== 'mac');
  return (internet.length > 0 ? internet : addresses).map(({ address }) => address);
}

/** Why nothing is to be expected of it; null where something is. */
export function interfaceState({ isUp, isRunning, hasCarrier, isWireless }: LiveInterface): string | null {
  if (!isUp) return 'down';
  if (hasCarrier === false) return isWireless ? 'not connected' : 'no cable';
  return isRunning ? null : 'not running';
}

/** For what a filter of these interfaces has to compile, with the link types that are set up. */
export function filterTargets(interfaces: readonly LiveInterface[], form: CaptureForm): readonly FilterTarget[] {
  return interfaces.flatMap(({ name, linkTypes }) => {
    const own = formOf(form, name);
    const chosen = linkTypes.find((linkType) => linkType.name === own.linkType) ?? linkTypes[0];
    const snaplen = /^\d+$/.test(own.snaplen) ? Number(own.snaplen) : 0;
    return chosen === undefined || chosen.number < 0 ? [] : [{ name, linkType: chosen.number, linkTypeName: chosen.name, snaplen: Math.min(snaplen, 262_144) }];
  });
}
