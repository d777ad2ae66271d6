/**
 * The layer models: seven layers (OSI, ISO/IEC 7498-1), four (TCP/IP, RFC 1122 §1.1.3), and what
 * a computer of today really runs. Texts for people who learn; the numbers are the shared marks.
 */

export type OsiNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** What a layer calls the thing that it sends. */
export type UnitName = 'bits' | 'frame' | 'packet' | 'segment' | 'datagram' | 'record' | 'message';

export interface OsiLayer {
  readonly number: OsiNumber;
  readonly name: string;
  /** What the layer decides, as the question that its header answers. */
  readonly question: string;
  readonly unit: UnitName;
  /** Who on the way looks at this header. Everybody below carries it unread. */
  readonly readBy: string;
}

/** Layer 1 first. */
export const osiLayers: readonly OsiLayer[] = [
  { number: 1, name: 'Physical', question: 'Which signal?', unit: 'bits', readBy: 'transceivers at both ends of one cable or radio link' },
  { number: 2, name: 'Data link', question: 'Which next hop?', unit: 'frame', readBy: 'switches, access points and the network cards on this link' },
  { number: 3, name: 'Network', question: 'Which host?', unit: 'packet', readBy: 'every router on the path, and both hosts' },
  { number: 4, name: 'Transport', question: 'Which program?', unit: 'segment', readBy: 'both hosts; NAT, firewalls and layer 4 load balancers look too' },
  { number: 5, name: 'Session', question: 'Which conversation?', unit: 'message', readBy: 'the two programs, or whoever ends TLS for them' },
  { number: 6, name: 'Presentation', question: 'Which format?', unit: 'record', readBy: 'the TLS library at each end, or a proxy that ends TLS' },
  { number: 7, name: 'Application', question: 'What is wanted?', unit: 'message', readBy: 'the two programs; layer 7 proxies where it is not encrypted' },
];

export function osiLayer(number: OsiNumber): OsiLayer {
  return osiLayers[number - 1] ?? osiLayers[6] as OsiLayer;
}

export type LayerModelId = 'osi' | 'tcp-ip' | 'real';

/** One step of a ladder: a layer in the words of a model. */
export interface ModelRung {
  readonly name: string;
  /** OSI numbers that it covers, highest first. */
  readonly osi: readonly OsiNumber[];
  /** What stands beside the facts, where the model adds something to them. */
  readonly remark: string;
}

export interface LayerModel {
  readonly id: LayerModelId;
  readonly title: string;
  /** Where the model is defined. */
  readonly source: string;
  /** Top first. */
  readonly rungs: readonly ModelRung[];
}

export const layerModels: readonly LayerModel[] = [
  {
    id: 'osi',
    title: 'OSI 7',
    source: 'ISO/IEC 7498-1',
    rungs: [...osiLayers].reverse().map(({ name, number }) => ({ name, osi: [number], remark: '' })),
  },
  {
    id: 'tcp-ip',
    title: 'TCP/IP 4',
    source: 'RFC 1122 §1.1.3',
    rungs: [
      { name: 'Application', osi: [7, 6, 5], remark: 'One layer in RFC 1122: sessions, formats and encryption belong to the program' },
      { name: 'Transport', osi: [4], remark: '' },
      { name: 'Internet', osi: [3], remark: '' },
      { name: 'Link', osi: [2, 1], remark: '' },
    ],
  },
  {
    id: 'real',
    title: 'Real stack',
    source: 'how a computer is built',
    rungs: [
      { name: 'Process', osi: [7], remark: 'a program, in user space' },
      { name: 'Library', osi: [6, 5], remark: 'linked into the process, not part of the kernel' },
      { name: 'Kernel: socket', osi: [4], remark: 'buffers, windows and timers live here' },
      { name: 'Kernel: IP, routing', osi: [3], remark: 'routes are looked up and a host firewall acts here' },
      { name: 'Driver, network card', osi: [2, 1], remark: 'captured here, before the wire' },
    ],
  },
];

export function layerModel(id: LayerModelId): LayerModel {
  return layerModels.find((model) => model.id === id) ?? layerModels[0] as LayerModel;
}
