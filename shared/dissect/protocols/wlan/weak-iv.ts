/** Initialization vectors of WEP that tell something of the key (Fluhrer, Mantin, Shamir: Weaknesses in the Key Scheduling Algorithm of RC4, 2001). */

/** The first two bytes of an initialization vector are a part of RC4's state before the key bytes get there. */
const FIRST_OF_USE = 3;
const LAST_OF_USE = 15;

/**
 * The key byte that a vector of three bytes tells of, counted from 0; -1 for most vectors, which tell of none. The
 * patterns are those that AirSnort collects.
 */
export function weakKeyByte(first: number, second: number, third: number): number {
  if (first < FIRST_OF_USE) return -1;
  if (second === 0xff && first <= LAST_OF_USE) return first - FIRST_OF_USE;
  const sum = (first + second) & 0xff;
  if (sum === 1 && third <= 0x0a) return third + 2;
  if (sum === 1 && third === 0xff) return 0;
  const complement = 0xfe - third;
  return sum === complement && third >= 0xf2 && third !== 0xfd ? complement : -1;
}
