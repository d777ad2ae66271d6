/** The sample captures, in the order in which the welcome page shows them. */
import { ipv6Neighbours } from './lessons/ipv6-neighbours.ts';
import { largeDownloadsHang } from './lessons/large-downloads-hang.ts';
import { nameFails } from './lessons/name-fails.ts';
import { neverClosed } from './lessons/never-closed.ts';
import { pingTraceroute } from './lessons/ping-traceroute.ts';
import { receiverSaysStop } from './lessons/receiver-says-stop.ts';
import { refusedFilteredReset } from './lessons/refused-filtered-reset.ts';
import { retransmission } from './lessons/retransmission.ts';
import { slowNotBroken } from './lessons/slow-not-broken.ts';
import { vlanQinq } from './lessons/vlan-qinq.ts';
import { webPage } from './lessons/web-page.ts';
import { whoHas } from './lessons/who-has.ts';
import { pcapngFile } from '../craft/capture-file.ts';
import type { Sample } from './sample.ts';

export const samples: readonly Sample[] = [
  webPage,
  refusedFilteredReset,
  retransmission,
  largeDownloadsHang,
  nameFails,
  whoHas,
  slowNotBroken,
  receiverSaysStop,
  neverClosed,
  pingTraceroute,
  ipv6Neighbours,
  vlanQinq,
];

/** File names and contents of assets/samples. */
export function sampleFiles(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const list = samples.map(({ id, title, description, layers, interfaceName, frames }) => {
    const captured = frames();
    const file = `${id}.pcapng`;
    files.set(file, pcapngFile(captured, { interfaceName, application: 'Layerscope samples', comment: `${title}. ${description}` }));
    return { id, title, description, layers, packets: captured.length, file };
  });
  files.set('samples.json', new TextEncoder().encode(`${JSON.stringify(list, null, 2)}\n`));
  return files;
}
