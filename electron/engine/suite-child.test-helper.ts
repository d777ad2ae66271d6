/** Child process of parent-channel.test.ts: serves the transport suite to whoever started it. */
import { serveSuite } from '../../shared/ipc/peer-suite-server.test-helper.ts';
import { linkToParent } from './parent-channel.ts';

const link = linkToParent(process, undefined);
if (link === null) throw new Error('not started as a child with an IPC pipe');
serveSuite(link.control);
link.onWindow((window) => serveSuite(window));
link.control.onClose(() => process.exit(0));
