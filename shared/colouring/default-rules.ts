/** The rules of a new installation, as assets/colouring-rules.json has them. */
import defaults from '../../assets/colouring-rules.json' with { type: 'json' };
import type { ColouringRule } from './rule.ts';

export const DEFAULT_RULES: readonly ColouringRule[] = defaults.map((rule) => ({ ...rule, isEnabled: true }));
