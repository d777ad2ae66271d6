/** The engine process with a made-up session: for tests of hosts. */
import { serveHost } from './engine-service.ts';
import { FakeSession } from './fake-session.test-helper.ts';
import { linkToParent } from './parent-channel.ts';

const link = linkToParent(process, undefined);
if (link === null) throw new Error('not started as an engine');
serveHost(link, { openSession: (path, settings) => FakeSession.open(path, settings), exit: () => process.exit(0), onBug: () => undefined });
