/** How large a filter may be. Each limit is far above what people write, and keeps reading and running a filter bounded. */
export const MAX_TEXT = 65_536;
/** Tests, values and operands together. */
export const MAX_TERMS = 4_096;
/** Parentheses, `not` and function calls within each other. */
export const MAX_DEPTH = 128;
/** Values that one arithmetic expression may have in one packet: operands with several values are combined. */
export const MAX_COMBINATIONS = 4_096;
