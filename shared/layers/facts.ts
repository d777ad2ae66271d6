/** A packet's field values by filter name, for the texts of the layer view. */

/** What is used of a tree node; the contract's nodes have it all. */
export interface FactNode {
  readonly field: string;
  /** As a filter would write it; a set flag is "1". */
  readonly value: string;
  /** Index of the layer that the field belongs to. */
  readonly layer: number;
  /** Packet that it points to; 0 for none. */
  readonly link: number;
}

export class Facts {
  readonly #byField = new Map<string, FactNode[]>();

  constructor(nodes: readonly FactNode[]) {
    for (const node of nodes) {
      if (node.field === '') continue;
      const same = this.#byField.get(node.field);
      if (same === undefined) this.#byField.set(node.field, [node]);
      else same.push(node);
    }
  }

  /** First value of the field in the packet, or in one layer of it; null where it is absent. */
  first(field: string, layer?: number): string | null {
    const nodes = this.#byField.get(field);
    const node = layer === undefined ? nodes?.[0] : nodes?.find((candidate) => candidate.layer === layer);
    return node?.value ?? null;
  }

  all(field: string): readonly string[] {
    return this.#byField.get(field)?.map((node) => node.value) ?? [];
  }

  has(field: string): boolean {
    return this.#byField.has(field);
  }

  /** Whether a flag is set. */
  isSet(field: string): boolean {
    return this.#byField.get(field)?.[0]?.value === '1';
  }

  /** Value as a number, decimal or 0x…; null where absent or no number. */
  number(field: string): number | null {
    const text = this.first(field);
    if (text === null || text === '') return null;
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }

  /** Packet that the field points to; 0 for none. */
  link(field: string): number {
    return this.#byField.get(field)?.find((node) => node.link > 0)?.link ?? 0;
  }
}
