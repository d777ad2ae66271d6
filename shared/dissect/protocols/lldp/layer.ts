/** What the parts of LLDP's reader share. */
import type { Layer } from '../../layer.ts';
import { OWN_FIELDS } from './fields.ts';
import { IEEE_FIELDS } from './ieee-fields.ts';
import { VENDOR_FIELDS } from './vendor-fields.ts';

export const LLDP_FIELDS = { ...OWN_FIELDS, ...IEEE_FIELDS, ...VENDOR_FIELDS };

export type LldpLayer = Layer<typeof LLDP_FIELDS>;

/** Reads what stands behind a TLV's subtype, up to `end`. */
export type Content = (layer: LldpLayer, end: number) => void;

/** Contents by subtype; those that are not listed are passed over. */
export type Contents = Readonly<Record<number, Content>>;
