/** Asks the host, while a live capture is on show, which process of this machine the selected packet's flow belongs to. */
import type { PacketDetail } from '../../shared/ipc/contract.ts';
import type { Request } from '../../shared/ipc/define.ts';
import type { liveContract } from '../../shared/ipc/capture-contract.ts';
import type { ShellClient } from '../ipc/host.ts';
import { processTold } from '../stores/live.ts';
import type { Stores } from './stores.ts';

type Flow = Omit<Request<typeof liveContract, 'live.process'>, 'captureId'>;

/** The ends of the packet's outermost TCP or UDP flow, which is the one that sockets know; null where it has none. */
export function flowOf({ nodes, layers }: Pick<PacketDetail, 'nodes' | 'layers'>): Flow | null {
  const transport = layers.findIndex(({ protocol }) => protocol === 'tcp' || protocol === 'udp');
  const name = layers[transport]?.protocol;
  const network = layers[transport - 1]?.protocol;
  if ((name !== 'tcp' && name !== 'udp') || (network !== 'ip' && network !== 'ipv6')) return null;
  const value = (layer: number, field: string): string | undefined => nodes.find((node) => node.layer === layer && node.field === field)?.value;
  const end = (address: string, port: string) => ({ address: value(transport - 1, `${network}.${address}`) ?? '', port: Number(value(transport, `${name}.${port}`)) });
  return { transport: name, one: end('src', 'srcport'), other: end('dst', 'dstport') };
}

/** Follows the packet on show. */
export function followFlowProcess(shell: ShellClient, { packet, live, capture }: Stores): void {
  packet.subscribe(({ detail }, before) => {
    if (detail === before.detail) return;
    processTold(live, null);
    const { opened } = capture.getState();
    const flow = detail === null ? null : flowOf(detail);
    if (flow === null || opened === null || live.getState().status === null) return;
    shell.call('live.process', { captureId: opened.captureId, ...flow }).then(
      ({ process }) => {
        if (packet.getState().detail === detail) processTold(live, process);
      },
      // A capture that is not live any more: there is nothing to tell.
      () => undefined,
    );
  });
}
