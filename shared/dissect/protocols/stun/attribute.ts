/** Attributes of STUN messages. */

/** What a reader of an attribute is told. */
export interface Attribute {
  readonly type: number;
  readonly name: string;
  /** First byte of the value, and its length. */
  readonly start: number;
  readonly length: number;
  /** Start of the message: addresses are hidden with what stands there. */
  readonly message: number;
  /** The attribute's own line in the tree. */
  readonly entry: number;
}
