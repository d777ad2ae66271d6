/**
 * The schema library, set up once. Every file that builds a schema takes `z` from here.
 *
 * By default zod compiles object checkers with `new Function`, and asks first
 * whether it may: under our Content-Security-Policy that very question is a
 * reported violation. `jitless` has to be set before the first object schema is
 * made, so this module, and not each program's entry, does it.
 */
import * as z from 'zod';

z.config({ jitless: true });

export { z };
