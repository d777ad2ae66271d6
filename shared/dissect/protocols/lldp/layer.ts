/** What the parts of LLDP's reader share. */
import type { Layer } from '../../layer.ts';
import { ownFields } from './fields.ts';
import { ieeeFields } from './ieee-fields.ts';
import { vendorFields } from './vendor-fields.ts';

export const lldpFields = () => ({ ...ownFields(), ...ieeeFields(), ...vendorFields() });

export type LldpLayer = Layer<ReturnType<typeof lldpFields>>;

/** Reads what stands behind a TLV's subtype, up to `end`. */
export type Content = (layer: LldpLayer, end: number) => void;

/** Contents by subtype; those that are not listed are passed over. */
export type Contents = Readonly<Record<number, Content>>;
