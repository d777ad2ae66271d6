/** Option 123: where the client is (RFC 6225 §2.2), or, with any other length, names of CableLabs' telephone servers. */
import { readU64 } from '../../../bytes/reader.ts';
import type { DhcpLayer } from './fields.ts';
import type { OptionReader } from './message-facts.ts';

const LOCATION_BYTES = 16;
const METRES = 1;
const MAX_RESOLUTION = 34;
const MAX_ALTITUDE_RESOLUTION = 30;
const MAX_DATUM = 3;

export const takeLocation: OptionReader = (layer, length) => {
  if (length === LOCATION_BYTES) takeCoordinates(layer);
  else takeServerNames(layer, length);
};

/** Parts of the 128 bits, as they stand there. */
interface Coordinates {
  readonly latitudeResolution: number;
  readonly latitude: number;
  readonly longitudeResolution: number;
  readonly longitude: number;
  readonly altitudeType: number;
  readonly altitudeResolution: number;
  readonly altitude: number;
  readonly datum: number;
}

function readCoordinates(layer: DhcpLayer): Coordinates {
  const bits = (readU64(layer.bytes, layer.cursor) << 64n) | readU64(layer.bytes, layer.cursor + 8);
  const part = (shift: number, width: number): bigint => (bits >> BigInt(shift)) & ((1n << BigInt(width)) - 1n);
  const signed = (shift: number, width: number, fraction: number): number => Number(BigInt.asIntN(width, part(shift, width))) / 2 ** fraction;
  return {
    latitudeResolution: Number(part(122, 6)),
    latitude: signed(88, 34, 25),
    longitudeResolution: Number(part(82, 6)),
    longitude: signed(48, 34, 25),
    altitudeType: Number(part(44, 4)),
    altitudeResolution: Number(part(38, 6)),
    altitude: signed(8, 30, 8),
    datum: Number(part(0, 8)),
  };
}

/** What is wrong, as a key of the names of `option.rfc3825.error`; 0 where nothing is. */
function faultOf(place: Coordinates): number {
  if (place.latitudeResolution > MAX_RESOLUTION) return 2;
  if (Math.abs(place.latitude) > 90) return 1;
  if (place.longitudeResolution > MAX_RESOLUTION) return 4;
  if (Math.abs(place.longitude) > 180) return 3;
  if (place.altitudeType === METRES && place.altitudeResolution > MAX_ALTITUDE_RESOLUTION) return 6;
  if (place.altitudeType > 2) return 7;
  return place.datum === 0 || place.datum > MAX_DATUM ? 8 : 0;
}

function takeCoordinates(layer: DhcpLayer): void {
  if (!layer.has(LOCATION_BYTES)) return;
  const place = readCoordinates(layer);
  const at = layer.cursor;
  const fault = faultOf(place);
  layer.skip(LOCATION_BYTES);
  if (fault !== 0) {
    layer.put('option.rfc3825.error', fault, at, 1);
    return;
  }
  const hasAltitude = place.altitudeType !== 0;
  layer.put('option.rfc3825.latitude', place.latitude, at, 5);
  layer.put('option.rfc3825.longitude', place.longitude, at + 5, 5);
  layer.put('option.rfc3825.latitude_res', 2 ** (8 - place.latitudeResolution), at, 1);
  layer.put('option.rfc3825.longitude_res', 2 ** (8 - place.longitudeResolution), at + 5, 1);
  layer.put('option.rfc3825.altitude', hasAltitude ? place.altitude : 0, at + 11, 4);
  layer.put('option.rfc3825.altitude_res', place.altitudeType === METRES ? 2 ** (21 - place.altitudeResolution) : 0, at + 10, 2);
  layer.put('option.rfc3825.altitude_type', place.altitudeType, at + 10, 1);
  layer.put('option.cl_dss_id.option', place.datum, at + 15, 1);
}

function takeServerNames(layer: DhcpLayer, length: number): void {
  if (length === 0) {
    layer.malformed();
    return;
  }
  layer.each(() => {
    layer.take('option.cl_dss_id.option');
    const size = layer.take('option.cl_dss_id.len');
    layer.take('option.cl_dss_id', size);
  }, layer.cursor + length);
}
