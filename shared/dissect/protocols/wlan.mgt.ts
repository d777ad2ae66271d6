/** Bodies of 802.11 management frames: fixed fields, then elements (IEEE 802.11-2020 §9.3.3). */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';
import { takeAction } from './wlan/mgt/actions.ts';
import { anqpFields } from './wlan/mgt/anqp.ts';
import { basicFields } from './wlan/mgt/basic.ts';
import { extendedCapabilityFields } from './wlan/mgt/capabilities.ts';
import { directFields } from './wlan/mgt/direct.ts';
import { takeElements } from './wlan/mgt/elements.ts';
import { fixedFields, FIXED_PARTS } from './wlan/mgt/fixed.ts';
import { gasFields } from './wlan/mgt/gas.ts';
import { heFields } from './wlan/mgt/he.ts';
import { hotspotFields } from './wlan/mgt/hotspot.ts';
import { measureFields } from './wlan/mgt/measure.ts';
import { meshFields } from './wlan/mgt/mesh.ts';
import { takeParts } from './wlan/mgt/parts.ts';
import { qosFields } from './wlan/mgt/qos.ts';
import { securityFields } from './wlan/mgt/security.ts';
import { throughputFields } from './wlan/mgt/throughput.ts';
import { beamformingFields } from './wlan/mgt/beamforming.ts';
import { multibandFields } from './wlan/mgt/multiband.ts';
import { vendorFields } from './wlan/mgt/vendor.ts';
import { wpsFields } from './wlan/wps/fields.ts';

const fields: () => Fields = () => ({
  ...fixedFields(), ...basicFields(), ...throughputFields(), ...securityFields(), ...qosFields(), ...meshFields(), ...measureFields(),
  ...extendedCapabilityFields(), ...heFields(), ...vendorFields(), ...multibandFields(), ...beamformingFields(), ...directFields(), ...gasFields(), ...anqpFields(),
  ...hotspotFields(), ...wpsFields(),
});

/** Kinds of management frames, by subtype. */
const KIND = { associationRequest: 0, reassociationRequest: 2, probeRequest: 4, atim: 9, disassociation: 10, authentication: 11, deauthentication: 12, action: 13, actionNoAck: 14 } as const;
const FROM_STATIONS: readonly number[] = [KIND.associationRequest, KIND.reassociationRequest, KIND.probeRequest];
/** Frames that may do without elements. */
const MAY_END: readonly number[] = [KIND.atim, KIND.disassociation, KIND.authentication, KIND.deauthentication, KIND.action, KIND.actionNoAck];
const KNOWN: readonly number[] = [0, 1, 2, 3, 4, 5, 8, 10, 11, 12, 13, 14];

export const wlanManagement = protocol({
  id: 'wlan.mgt',
  title: 'IEEE 802.11 Wireless Management',
  short: 'IEEE 802.11',
  spec: 'IEEE 802.11-2020 §9.3.3, §9.4',
  osi: 2,
  unnamed: true,
  fields,
  parse(layer) {
    const subtype = subtypeOf(layer);
    layer.headerEnd = layer.end;
    if (!KNOWN.includes(subtype)) return;
    const peeringAction = takeFixed(layer, subtype);
    if (layer.broken) return;
    if (layer.reportedLeft > 0) layer.group('tagged.all', () => takeElements(layer, { isStation: FROM_STATIONS.includes(subtype), peeringAction }));
    else if (!MAY_END.includes(subtype)) layer.malformed();
  },
});

/** From the frame control of the layer around. */
function subtypeOf(layer: Layer): number {
  const around = layer.run.layers[layer.index - 1];
  return around === undefined ? -1 : readU8(around.bytes, around.start) >> 4;
}

function takeFixed(layer: Layer, subtype: number): number {
  if (subtype === KIND.probeRequest) return -1;
  if (subtype === KIND.action || subtype === KIND.actionNoAck) return layer.group(null, () => takeAction(layer), () => 'Fixed parameters');
  layer.group('fixed.all', () => takeParts(layer, FIXED_PARTS[subtype] ?? []));
  return -1;
}
