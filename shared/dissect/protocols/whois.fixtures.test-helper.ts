/** A question and its answer, as those of finger. */
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { asked } from './finger.fixtures.test-helper.ts';

export const WHOIS_FIXTURES: readonly Fixture[] = [fixture('whois: a question', ...over(asked(43), ['', '', '', '', ':whois', '', '', ':whois']))];
