/** A host in a process of its own, to be killed: starts a capture on an interface, follows it, and says its id. */
import { LiveFeed, applyChange } from '../../engine/live-feed.ts';
import { CaptureSession } from '../../engine/session.ts';
import { LiveCaptures } from './live-captures.ts';

const [, , configFolder = '', captureFolder = '', name = '', filter = ''] = process.argv;
const live = new LiveCaptures({ configFolder, captureFolder });
const capture = await live.start({
  interfaces: [{ name, promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter }],
  file: null,
  autostop: { packets: null, bytes: null, seconds: null, files: null },
  rotate: { bytes: null, seconds: null, packets: null, ring: null },
  excludeOwnSsh: false,
});
live.show(capture);
const feed = new LiveFeed(capture.firstFile);
const session = await CaptureSession.open(capture.firstFile, { verifyChecksums: false, live: feed });
capture.follow((change) => applyChange(feed, change));
process.stdout.write(`${capture.id} ${capture.status.state}\n`);
session.onProgress(({ packets }) => void process.stdout.write(`packets ${packets}\n`));
