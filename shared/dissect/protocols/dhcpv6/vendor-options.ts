/** Options with an enterprise's number, and classes of users (RFC 8415 §21.15 to §21.17). */
import { remarkMalformed } from './fields.ts';
import type { Dhcpv6Key, Dhcpv6Layer } from './fields.ts';
import { CABLELABS_OPTIONS } from './names.ts';

type Reader = (layer: Dhcpv6Layer, length: number) => void;

const CABLELABS = 4491;

const userClass: Reader = (layer, length) => {
  const end = layer.cursor + length;
  layer.each(() => {
    const size = layer.peekU16();
    if (end - layer.cursor < 2 || layer.cursor + 2 + size > end) {
      remarkMalformed(layer, 'User Class: suboption too long');
      layer.cursor = end;
      return;
    }
    layer.group(null, () => {
      layer.take('userclass.length');
      layer.take('userclass.opaque_data', size);
    }, () => 'User Class suboption');
  }, end);
};

const vendorClass: Reader = (layer, length) => {
  if (length < 4) {
    remarkMalformed(layer, 'VENDOR_CLASS');
    return;
  }
  layer.take('vendorclass.enterprise');
  if (length >= 6) {
    layer.skip(2);
    layer.take('vendorclass.data', length - 6);
  }
};

const vendorOptions: Reader = (layer, length) => {
  if (length < 4) {
    remarkMalformed(layer, 'VENDOR_OPTS');
    return;
  }
  const end = layer.cursor + length;
  const enterprise = layer.take('vendoropts.enterprise');
  layer.each(() => (enterprise === CABLELABS ? takeCableOption(layer, end) : takeVendorOption(layer)), end);
};

function takeVendorOption(layer: Dhcpv6Layer): void {
  if (!layer.reaches(layer.cursor + 4 + layer.peekU16(2))) return;
  layer.group(null, () => {
    layer.take('vendoropts.enterprise.option_code');
    const size = layer.take('vendoropts.enterprise.option_length');
    layer.take('vendoropts.enterprise.option_data', size);
  }, () => 'Vendor option');
}

/** CableLabs' options that are addresses of servers. */
const CABLE_SERVERS: ReadonlySet<number> = new Set([32, 34]);
const SERVER: Dhcpv6Key = 'cablelabs.ipv6_server';

function takeCableOption(layer: Dhcpv6Layer, end: number): void {
  const code = layer.peekU16();
  const size = layer.peekU16(2);
  const start = layer.cursor;
  if (end - start < 4 || start + 4 + size > end) {
    remarkMalformed(layer, 'CableLabs option');
    layer.cursor = end;
    return;
  }
  layer.put('cablelabs.opt', code, start, 4 + size);
  layer.label(() => `Suboption: ${CABLELABS_OPTIONS[code] ?? 'Unknown'} (${code})`);
  layer.skip(4);
  if (CABLE_SERVERS.has(code)) layer.inside(() => layer.each(() => layer.take(SERVER), start + 4 + size - (size % 16)));
  if (!layer.broken) layer.cursor = start + 4 + size;
}

export const VENDOR_OPTIONS: Readonly<Record<number, Reader>> = { 15: userClass, 16: vendorClass, 17: vendorOptions };
