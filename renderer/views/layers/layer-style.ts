import type { CSSProperties } from 'react';

/** The colour of an OSI layer and its tint, as `--own` and `--own-tint` for the styles below. */
export function layerStyle(osi: number): CSSProperties {
  return { '--own': `var(--l${osi})`, '--own-tint': `var(--l${osi}-s)` };
}
