/** Differences from tshark 4.0.17 that are known and meant; each with its reason. */

export interface KnownDifference {
  /** Field names this holds for. */
  readonly field: RegExp;
  readonly reason: string;
}

export const KNOWN: readonly KnownDifference[] = [
  { field: /(_resolved|\.oui)$/, reason: 'names from the vendor table: comes with name resolution' },
  { field: /^_ws\./, reason: 'tshark\'s own pseudo fields; remarks are compared by their field names' },
  { field: /^frame\.coloring_rule\./, reason: 'colouring rules are ours' },
];

export function isKnown(field: string): boolean {
  return KNOWN.some((known) => known.field.test(field));
}
