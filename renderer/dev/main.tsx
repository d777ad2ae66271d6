/** The window over made-up packets: `npx vite renderer`, then /dev/index.html?packets=42 or one of the states below. */
import '../styles/tokens.css';
import '../styles/reset.css';
import { startWindow } from '../app/start-window.tsx';
import { createFakeHost, type FakeCapture } from './fake-host.ts';

const query = new URLSearchParams(window.location.search);
const packets = Number(query.get('packets') ?? 42);
const tail = { kind: 'tail', code: 'torn', message: 'The file ends inside packet 1,044 at byte 918,273. The 1,043 packets before it are shown.', offset: 918_273, end: 918_300, packetsBefore: 1043 } as const;
const refusal = { kind: 'refused', code: 'no-magic', message: 'notes.pcap is not a capture: byte 0 is 0x50, not a pcap or pcapng mark.', offset: 0, end: 4, packetsBefore: 0 } as const;

const captures: Readonly<Record<string, FakeCapture | null>> = {
  start: null,
  capture: { name: 'shop-and-api.pcapng', packets },
  slow: { name: 'far-away.pcapng', packets, delayMs: 1500 },
  reading: { name: 'gateway-noon.pcapng', packets: 1_600_000, readingMs: 60_000 },
  damaged: { name: 'torn.pcap', packets: 1043, problems: [tail] },
  refused: { name: 'notes.pcap', packets: 0, refused: true, problems: [refusal] },
  empty: { name: 'nothing.pcapng', packets: 0 },
};

const host = createFakeHost();
const wanted = captures[query.get('state') ?? 'capture'];
if (wanted) host.show(wanted);
// Within reach of the console, to see the window live through a crash.
Object.assign(window, { fakeHost: host });
startWindow(() => Promise.resolve(host));
