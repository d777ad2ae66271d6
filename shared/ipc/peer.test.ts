import { memoryChannelPair } from './memory-channel.ts';
import { serveSuite } from './peer-suite-server.test-helper.ts';
import { describeTransport } from './peer-suite.test-helper.ts';

describeTransport('an in-memory channel', () => {
  const [channel, serverEnd] = memoryChannelPair();
  serveSuite(serverEnd);
  return Promise.resolve({ channel, breakOff: () => serverEnd.close(), close: () => channel.close() });
});
