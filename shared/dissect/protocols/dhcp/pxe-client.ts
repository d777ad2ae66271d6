/** Option 43 of clients that boot from the network (Preboot Execution Environment 2.1 §2.2.2). */
import type { DhcpKey, DhcpLayer } from './fields.ts';
import type { SuboptionReader, SuboptionTable } from './suboptions.ts';

const discoveryControl: SuboptionReader = (layer) => {
  layer.takeFlags('option.vendor.pxeclient.discovery_control');
};

/** Records the whole value, and below it what `body` finds in it. */
function whole(key: DhcpKey, body: (layer: DhcpLayer, end: number) => void): SuboptionReader {
  return (layer, length) => {
    layer.at(key, layer.cursor, length);
    layer.inside(() => body(layer, layer.cursor + length));
  };
}

const bootServers = whole('option.vendor.pxeclient.boot_servers', (layer, end) =>
  layer.each(() => {
    layer.take('option.vendor.pxeclient.boot_servers.type');
    const count = layer.take('option.vendor.pxeclient.boot_servers.count');
    layer.each(() => layer.take('option.vendor.pxeclient.boot_servers.ip'), Math.min(end, layer.cursor + 4 * count));
  }, end),
);

const bootMenu = whole('option.vendor.pxeclient.boot_menu', (layer, end) =>
  layer.each(() => {
    layer.take('option.vendor.pxeclient.boot_menu.type');
    const size = layer.take('option.vendor.pxeclient.boot_menu.length');
    layer.take('option.vendor.pxeclient.boot_menu.desc', size);
  }, end),
);

const menuPrompt = whole('option.vendor.pxeclient.menu_prompt', (layer, end) => {
  layer.take('option.vendor.pxeclient.menu_prompt.timeout');
  layer.take('option.vendor.pxeclient.menu_prompt.prompt', end - layer.cursor);
});

const bootItem = whole('option.vendor.pxeclient.boot_item', (layer) => {
  layer.take('option.vendor.pxeclient.boot_item.type');
  layer.take('option.vendor.pxeclient.boot_item.layer', 2);
});

export const PXE_CLIENT: SuboptionTable = {
  code: 'option.vendor.pxeclient.suboption',
  value: 'option.vendor.value',
  padding: 'option.vendor.pxeclient.padding',
  end: 'option.vendor.pxeclient.end',
  isStrict: true,
  readers: {
    1: { kind: 'addresses', key: 'option.vendor.pxeclient.mtftp_ip' },
    2: { kind: 'u16', key: 'option.vendor.pxeclient.mtftp_client_port' },
    3: { kind: 'u16', key: 'option.vendor.pxeclient.mtftp_server_port' },
    4: { kind: 'u8', key: 'option.vendor.pxeclient.mtftp_timeout' },
    5: { kind: 'u8', key: 'option.vendor.pxeclient.mtftp_delay' },
    6: discoveryControl,
    7: { kind: 'address', key: 'option.vendor.pxeclient.multicast_address' },
    8: bootServers,
    9: bootMenu,
    10: menuPrompt,
    11: { kind: 'bytes', key: 'option.vendor.pxeclient.multicast_address_alloc' },
    12: { kind: 'bytes', key: 'option.vendor.pxeclient.credential_types' },
    71: bootItem,
    179: { kind: 'text', key: 'option.vendor.pxeclient.lcm_server' },
    180: { kind: 'text', key: 'option.vendor.pxeclient.lcm_domain' },
    181: { kind: 'bytes', key: 'option.vendor.pxeclient.lcm_nic_option' },
    190: { kind: 'text', key: 'option.vendor.pxeclient.lcm_workgroup' },
    191: { kind: 'flag', key: 'option.vendor.pxeclient.discovery' },
    192: { kind: 'flag', key: 'option.vendor.pxeclient.configured' },
    193: { kind: 'u32', key: 'option.vendor.pxeclient.lcm_version' },
    194: { kind: 'text', key: 'option.vendor.pxeclient.lcm_serial' },
  },
};
