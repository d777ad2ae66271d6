/** Datagrams of UDP-Lite. */
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { ipv4Frame, ipv6Frame } from '../internet.test-helper.ts';

export const UDPLITE_FIXTURES: readonly Fixture[] = [
  single('UDP-Lite', ipv4Frame({ protocol: 136, payload: '8000 04d2 0008 1234 68656c6c6f' }), 'eth:ethertype:ip:udplite:data'),
  single('UDP-Lite over IPv6 with a bad coverage', ipv6Frame({ next: 136, payload: '8000 04d2 0003 1234 68656c6c6f' }), 'eth:ethertype:ipv6:udplite:data'),
];
