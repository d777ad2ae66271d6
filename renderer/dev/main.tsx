/** The window over made-up packets: `npx vite renderer`, then /dev/index.html?packets=42 or one of the states below. */
import '../styles/tokens.css';
import '../styles/reset.css';
import { startWindow } from '../app/start-window.tsx';
import { createFakeHost, type FakeCapture } from './fake-host.ts';
import type { FakeLive } from './fake-live.ts';

const query = new URLSearchParams(window.location.search);
const packets = Number(query.get('packets') ?? 42);
const tail = { kind: 'tail', code: 'torn', message: 'The file ends inside packet 1,044 at byte 918,273. The 1,043 packets before it are shown.', offset: 918_273, end: 918_300, packetsBefore: 1043 } as const;
const refusal = { kind: 'refused', code: 'no-magic', message: 'notes.pcap is not a capture: byte 0 is 0x50, not a pcap or pcapng mark.', offset: 0, end: 4, packetsBefore: 0 } as const;

const captures: Readonly<Record<string, FakeCapture | null>> = {
  start: null,
  orphans: null,
  permission: null,
  cap: null,
  capture: { name: 'shop-and-api.pcapng', packets },
  slow: { name: 'far-away.pcapng', packets, delayMs: 1500 },
  reading: { name: 'gateway-noon.pcapng', packets: 1_600_000, readingMs: 60_000 },
  damaged: { name: 'torn.pcap', packets: 1043, problems: [tail] },
  refused: { name: 'notes.pcap', packets: 0, refused: true, problems: [refusal] },
  empty: { name: 'nothing.pcapng', packets: 0 },
};

const state = query.get('state') ?? 'capture';
const orphans = {
  running: [{ id: 'run', name: 'layerscope_wlan0_20261121093000.pcapng', interfaces: ['wlan0'], startedAtMs: Date.now() - 3_600_000, sizeBytes: 48_000_000 }],
  files: [{ id: 'file', name: 'layerscope_eth0_20261120180000.pcapng', interfaces: ['eth0'], startedAtMs: Date.now() - 70_000_000, modifiedAtMs: Date.now() - 68_000_000, sizeBytes: 2_200_000, files: 1 }],
};

/** Live capture as it fares in some of the states. */
const lives: Readonly<Record<string, FakeLive>> = {
  orphans: { orphans },
  permission: {
    permission: () => ({
      message: 'Listening needs rights that this user lacks.',
      remedy: 'Give the capture helper, and nothing else, the right to listen:',
      command: "sudo setcap 'cap_net_raw,cap_net_admin=eip' /opt/layerscope/layerscope-capture",
    }),
  },
  cap: { backend: { kind: 'cap', version: 'libpcap 1.10.3', missing: null, limits: ['It cannot tell what the interface dropped.', 'The capture ends with Layerscope.'] } },
};

const host = createFakeHost('web', { packetsPerSecond: Number(query.get('rate') ?? 400), ...lives[state] });
const wanted = captures[state];
if (wanted) host.show(wanted);
// Within reach of the console, to see the window live through a crash.
Object.assign(window, { fakeHost: host });
startWindow(() => Promise.resolve(host));
