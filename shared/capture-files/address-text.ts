/** Addresses of name resolution records as people write them (the dissectors have their own, which this layer may not import). */

export function ipv4Text(bytes: Uint8Array, at: number): string {
  return bytes.subarray(at, at + 4).join('.');
}

/** RFC 5952: lower case, the longest run of two or more zero groups as "::", IPv4-mapped dotted. */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[at + index * 2] ?? 0) << 8) | (bytes[at + index * 2 + 1] ?? 0));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return `::ffff:${ipv4Text(bytes, at + 12)}`;
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at0 = runAt(text, longest);
  return `${text.slice(0, at0).replace(/:$/, '')}::${text.slice(at0 + longest.length).replace(/^:/, '')}`;
}

/** Where a run of zero groups stands as whole groups ("10:0" does not begin one at its "0"). */
function runAt(text: string, run: string): number {
  const found = new RegExp(`(?<![0-9a-f])${run}(?![0-9a-f])`).exec(text);
  return found?.index ?? 0;
}
