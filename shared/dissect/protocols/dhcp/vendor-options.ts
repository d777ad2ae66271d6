/** Options whose content is a vendor's own: 43 (by option 60), 60, 124 and 125 (by enterprise number, RFC 3925). */
import { takeBootServiceDiscovery } from './bsdp.ts';
import { remarkLength } from './fields.ts';
import type { DhcpKey, DhcpLayer } from './fields.ts';
import type { MessageFacts, OptionReader } from './message-facts.ts';
import { PXE_CLIENT } from './pxe-client.ts';
import { takeSuboptions } from './suboptions.ts';
import type { SuboptionReader, SuboptionTable } from './suboptions.ts';

const ADSL_FORUM = 3561;
const CABLELABS = 4491;

const text = (key: DhcpKey): { readonly kind: 'text'; readonly key: DhcpKey } => ({ kind: 'text', key });
const bytes = (key: DhcpKey): { readonly kind: 'bytes'; readonly key: DhcpKey } => ({ kind: 'bytes', key });

/** As text of six digits, or as three bytes. */
const organization: SuboptionReader = (layer, length) => {
  layer.take(length === 3 ? 'option.vendor.cl.oui_bytes' : 'option.vendor.cl.oui_string', length);
};

const CABLE_DEVICE: SuboptionTable = {
  code: 'option.vendor.cl.suboption',
  padding: 'option.vendor.cl.padding',
  end: 'option.vendor.cl.end',
  readers: {
    1: text('option.vendor.cl.suboption_request_list'),
    2: text('option.vendor.cl.device_type'),
    3: text('option.vendor.cl.esafe_type'),
    4: text('option.vendor.cl.serial_number'),
    5: text('option.vendor.cl.hardware_version'),
    6: text('option.vendor.cl.software_version'),
    7: text('option.vendor.cl.boot_rom_version'),
    8: organization,
    9: text('option.vendor.cl.model_number'),
    10: text('option.vendor.cl.vendor_name10'),
    11: { kind: 'u8', key: 'option.vendor.cl.address_realm' },
    12: text('option.vendor.cl.cm_ps_system_desc'),
    13: text('option.vendor.cl.cm_ps_firmware_revision'),
    14: text('option.vendor.cl.firewall_policy_file_version'),
    15: text('option.vendor.cl.esafe_config_file_devices'),
    18: text('option.vendor.cl.video_security_tape'),
    31: { kind: 'mac', key: 'option.vendor.cl.mta_mac_address' },
    32: { kind: 'u32', key: 'option.vendor.cl.correlation_ID' },
    51: text('option.vendor.cl.vendor_name51'),
    52: bytes('option.vendor.cl.cablecard_capability'),
    53: bytes('option.vendor.cl.device_id_ca'),
    54: text('option.vendor.cl.device_id_x509'),
  },
};

const ALCATEL: SuboptionTable = {
  code: 'option.vendor.alu.suboption',
  padding: 'option.vendor.alu.padding',
  end: 'option.vendor.alu.end',
  readers: {
    58: { kind: 'u16', key: 'option.vendor.alu.vid' },
    64: { kind: 'address', key: 'option.vendor.alu.tftp1' },
    65: { kind: 'address', key: 'option.vendor.alu.tftp2' },
    66: { kind: 'u8', key: 'option.vendor.alu.app_type' },
    67: text('option.vendor.alu.sip_url'),
  },
};

const AEROHIVE: SuboptionTable = {
  code: 'option.vendor.cisco.suboption',
  readers: { 225: text('option.vendor.aerohive.xiqhostname'), 226: { kind: 'address', key: 'option.vendor.aerohive.xiqipaddress' } },
  other: (layer, length) => layer.take('option.vendor.aerohive.unknown', length),
};

const CISCO: SuboptionTable = {
  code: 'option.vendor.cisco.suboption',
  readers: {
    1: bytes('option.vendor.cisco.unknown1'),
    2: bytes('option.vendor.cisco.unknown2'),
    3: bytes('option.vendor.cisco.unknown3'),
    4: bytes('option.vendor.cisco.nodeid'),
    5: bytes('option.vendor.cisco.unknown5'),
    6: bytes('option.vendor.cisco.unknown6'),
    7: text('option.vendor.cisco.model'),
    8: text('option.vendor.cisco.apicuuid'),
    9: text('option.vendor.cisco.fabricname'),
    10: bytes('option.vendor.cisco.unknown10'),
    11: text('option.vendor.cisco.serialno'),
    12: text('option.vendor.cisco.clientint'),
  },
  other: (layer, length) => layer.take('option.vendor.cisco.unknown', length),
};

function suboptionsOf(table: SuboptionTable): SuboptionReader {
  return (layer, length) => takeSuboptions(layer, table, layer.cursor + length);
}

/** Organization, address of the server and password, with commas between them. */
const instantAccessPoint: SuboptionReader = (layer, length) => {
  const start = layer.cursor;
  const parts = layer.peekText(0, length).split(',');
  layer.take('option.vendor.arubaiap', length);
  if (parts.length < 3) return;
  const keys = ['option.vendor.arubaiap.name_org', 'option.vendor.arubaiap.amp_ip', 'option.vendor.arubaiap.password'] as const;
  let at = start;
  layer.inside(() => {
    for (const [index, key] of keys.entries()) {
      const part = index === 2 ? parts.slice(2).join(',') : (parts[index] ?? '');
      layer.put(key, part, at, part.length);
      at += part.length + 1;
    }
  });
};

/** What option 60 begins with, and who then reads option 43. Longer words come first. */
const VENDORS: readonly (readonly [start: string, reader: SuboptionReader])[] = [
  ['PXEClient', suboptionsOf(PXE_CLIENT)],
  ['pktc', suboptionsOf(CABLE_DEVICE)],
  ['docsis', suboptionsOf(CABLE_DEVICE)],
  ['OpenCable2.0', suboptionsOf(CABLE_DEVICE)],
  ['CableHome', suboptionsOf(CABLE_DEVICE)],
  ['alcatel.noe.0', suboptionsOf(ALCATEL)],
  ['ArubaInstantAP', instantAccessPoint],
  ['ArubaAP', (layer, length) => layer.take('option.vendor.arubaap.controllerip', length)],
  ['AEROHIVE', suboptionsOf(AEROHIVE)],
  ['AAPLBSDPC', takeBootServiceDiscovery],
  ['cisco', suboptionsOf(CISCO)],
];

/** Wireshark finds vendors by guessing, and names the guess that held. */
function nameGuess(layer: DhcpLayer): void {
  layer.run.protocolNames.push('dhcp');
}

function vendorSpecific(layer: DhcpLayer, length: number, facts: MessageFacts): void {
  const known = VENDORS.find(([start]) => facts.vendorClass.startsWith(start));
  if (known) {
    nameGuess(layer);
    known[1](layer, length);
  } else layer.take('option.vendor.value', length);
}

const APPLE = 'AAPLBSDPC/';
/** Classes that tell more than their name. */
const CLASSES_WITH_DATA: readonly string[] = [APPLE, 'pktc', 'docsis'];

function vendorClass(layer: DhcpLayer, length: number, facts: MessageFacts): void {
  const start = layer.cursor;
  layer.take('option.vendor_class_id', length);
  if (CLASSES_WITH_DATA.some((word) => facts.vendorClass.startsWith(word))) nameGuess(layer);
  if (facts.vendorClass.startsWith(APPLE)) layer.at('option.vendor_class_data', start + APPLE.length, length - APPLE.length);
  else if (facts.vendorClass.startsWith('docsis')) layer.at('option.vendor_class_data', start, length);
}

function enterpriseClasses(layer: DhcpLayer, length: number): void {
  if (length < 5) {
    remarkLength(layer, 'length < 5');
    return;
  }
  layer.each(() => {
    layer.take('option.vi_class.enterprise');
    const size = layer.take('option.vi_class.length');
    if (size > 0) layer.take('option.vi_class.data', size);
  }, layer.cursor + length);
}

const GATEWAY: SuboptionTable = {
  code: 'option.vi.tr111.suboption',
  readers: {
    1: gatewayText('option.vi.tr111.device_manufacturer_oui'),
    2: gatewayText('option.vi.tr111.device_serial_number'),
    3: gatewayText('option.vi.tr111.device_product_class'),
    4: gatewayText('option.vi.tr111.gateway_manufacturer_oui'),
    5: gatewayText('option.vi.tr111.gateway_serial_number'),
    6: gatewayText('option.vi.tr111.gateway_product_class'),
  },
};

/** The maker's number is six hexadecimal digits (TR-111 §3). */
function gatewayText(key: DhcpKey): SuboptionReader {
  return (layer, length) => {
    const start = layer.cursor;
    if (key === 'option.vi.tr111.device_manufacturer_oui') layer.put(key, parseInt(layer.peekText(0, length), 16) || 0, start, length);
    else layer.at(key, start, length);
    layer.at('option.vi.value', start, length);
    layer.skip(length);
  };
}

const CABLE_MODEM: SuboptionTable = {
  code: 'option.vi.cl.suboption',
  readers: {
    1: bytes('option.vi.cl.option_request'),
    2: { kind: 'addresses', key: 'option.vi.cl.tftp_server_addresses' },
    3: bytes('option.vi.cl.erouter_container_option'),
    5: bytes('option.vi.cl.modem_capabilities'),
  },
};

const OTHER_VENDOR: SuboptionTable = { code: 'vendor.suboption', readers: {}, other: (layer, length) => layer.take('vendor.data', length) };

const ENTERPRISES: Readonly<Record<number, SuboptionTable>> = { [ADSL_FORUM]: GATEWAY, [CABLELABS]: CABLE_MODEM };

function enterpriseOptions(layer: DhcpLayer, length: number): void {
  if (length < 5) {
    remarkLength(layer, 'length < 5');
    return;
  }
  const end = layer.cursor + length;
  layer.each(() => {
    const enterprise = layer.take('option.vi.enterprise');
    layer.inside(() => {
      const size = layer.take('option.vi.length');
      const table = ENTERPRISES[enterprise];
      if (table) takeSuboptions(layer, table, layer.cursor + size);
      else takeSuboptions(layer, OTHER_VENDOR, Math.min(layer.cursor + size, end));
    });
  }, end);
}

export const VENDOR_OPTIONS: Readonly<Record<number, OptionReader>> = {
  43: vendorSpecific,
  60: vendorClass,
  124: enterpriseClasses,
  125: enterpriseOptions,
};
