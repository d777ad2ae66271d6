/** TLVs of media endpoints, mostly telephones (ANSI/TIA-1057, "LLDP-MED"). */
import type { Content, Contents, LldpLayer } from './layer.ts';

const COORDINATES = 1;
const CIVIC = 2;
const EMERGENCY = 3;
const COORDINATES_LENGTH = 16;

/** Too few bytes for what the subtype promises: said, and passed over. */
function tooShort(layer: LldpLayer): void {
  layer.text(() => 'Invalid length, too short', layer.cursor, 0);
  layer.expert('incorrect_length', 'warn', 'Malformed', 'Invalid length, too short');
}

function capabilities(layer: LldpLayer, end: number): void {
  layer.takeFlags('media.subtype.caps');
  if (layer.cursor < end) layer.take('media.subtype.class');
  else tooShort(layer);
}

function policy(layer: LldpLayer, end: number): void {
  layer.take('media.app_type');
  if (end - layer.cursor < 3) {
    tooShort(layer);
    return;
  }
  for (const key of ['media.policy_flag', 'media.tag_flag', 'media.vlan_id', 'media.l2_prio'] as const) layer.at(key, layer.cursor);
  layer.take('media.dscp');
}

function location(layer: LldpLayer, end: number): void {
  const format = layer.take('media.loc.data_format');
  if (format === COORDINATES) {
    if (end - layer.cursor < COORDINATES_LENGTH) tooShort(layer);
    else coordinates(layer);
  } else if (format === CIVIC) civicAddress(layer, end);
  else if (format === EMERGENCY && end > layer.cursor) layer.take('media.ecs', end - layer.cursor);
}

/** RFC 6225 §2.2: numbers of 34 bits behind a resolution of 6. */
function coordinates(layer: LldpLayer): void {
  for (const [resolution, value] of [['media.loc.lat_resolution', 'media.loc.latitude'], ['media.loc.long_resolution', 'media.loc.longitude']] as const) {
    layer.at(resolution, layer.cursor);
    layer.take(value);
  }
  layer.at('media.loc.alt_type', layer.cursor);
  layer.at('media.loc.alt_resolution', layer.cursor);
  layer.skip(1);
  layer.take('media.loc.altitude');
  layer.take('media.loc.datum');
}

/** RFC 4776 §3.1. */
function civicAddress(layer: LldpLayer, end: number): void {
  const length = layer.take('media.civic.length');
  layer.take('media.civic.what');
  layer.take('media.civic.country', 2);
  layer.each(() => {
    layer.take('media.civic.type');
    const size = layer.take('media.civic.length');
    if (size > 0) layer.take('media.civic.value', size);
  }, Math.min(end, layer.cursor + length - 3));
}

function power(layer: LldpLayer): void {
  for (const key of ['media.power.type', 'media.power.source'] as const) layer.at(key, layer.cursor);
  layer.take('media.power.prio');
  layer.take('media.power.value');
}

function inventory(key: 'media.hardware' | 'media.firmware' | 'media.software' | 'media.sn' | 'media.manufacturer' | 'media.model' | 'media.asset'): Content {
  return (layer, end) => {
    if (end > layer.cursor) layer.take(key, end - layer.cursor);
  };
}

export const MEDIA_CONTENTS: Contents = {
  0x01: capabilities,
  0x02: policy,
  0x03: location,
  0x04: power,
  0x05: inventory('media.hardware'),
  0x06: inventory('media.firmware'),
  0x07: inventory('media.software'),
  0x08: inventory('media.sn'),
  0x09: inventory('media.manufacturer'),
  0x0a: inventory('media.model'),
  0x0b: inventory('media.asset'),
};
