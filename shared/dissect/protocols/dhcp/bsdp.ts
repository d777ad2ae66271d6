/** Option 43 of Apple's Boot Service Discovery Protocol (BSDP 1.1). */
import type { DhcpLayer } from './fields.ts';
import { takeSuboptions } from './suboptions.ts';
import type { SuboptionReader, SuboptionTable } from './suboptions.ts';

type ImageKey = 'option.vendor.bsdp.default_boot_image_id' | 'option.vendor.bsdp.selected_boot_image_id';

function takeAttribute(layer: DhcpLayer): void {
  layer.takeFlags('option.vendor.bsdp.boot_image.attribute');
}

function imageId(key: ImageKey): SuboptionReader {
  return (layer) => {
    layer.at(key, layer.cursor);
    layer.inside(() => {
      takeAttribute(layer);
      layer.take('option.vendor.bsdp.boot_image.index');
    });
  };
}

const imageList: SuboptionReader = (layer, length) => {
  const end = layer.cursor + length;
  layer.at('option.vendor.bsdp.boot_image_list', layer.cursor, length);
  layer.inside(() =>
    layer.each(() => {
      const nameLength = layer.peekU8(4);
      layer.at('option.vendor.bsdp.boot_image.desc', layer.cursor, 5 + nameLength);
      layer.inside(() => {
        takeAttribute(layer);
        layer.take('option.vendor.bsdp.boot_image.index');
        layer.take('option.vendor.bsdp.boot_image.name_len');
        layer.take('option.vendor.bsdp.boot_image.name', nameLength);
      });
    }, end),
  );
};

const attributesFilter: SuboptionReader = (layer, length) => {
  layer.at('option.vendor.bsdp.attributes_filter_list', layer.cursor, length);
  layer.inside(() => layer.each(() => takeAttribute(layer), layer.cursor + length));
};

const SUBOPTIONS: SuboptionTable = {
  code: 'option.vendor.bsdp.suboption',
  readers: {
    1: { kind: 'u8', key: 'option.vendor.bsdp.message_type' },
    2: { kind: 'u16', key: 'option.vendor.bsdp.version' },
    3: { kind: 'address', key: 'option.vendor.bsdp.server_identifier' },
    4: { kind: 'u16', key: 'option.vendor.bsdp.server_priority' },
    5: { kind: 'u16', key: 'option.vendor.bsdp.reply_port' },
    6: { kind: 'text', key: 'option.vendor.bsdp.boot_image_list_path' },
    7: imageId('option.vendor.bsdp.default_boot_image_id'),
    8: imageId('option.vendor.bsdp.selected_boot_image_id'),
    9: imageList,
    10: (layer) => layer.put('option.vendor.bsdp.netboot_firmware', 0, layer.cursor, 0),
    11: attributesFilter,
    12: { kind: 'u16', key: 'option.vendor.bsdp.message_size' },
  },
};

export const takeBootServiceDiscovery: SuboptionReader = (layer, length) => takeSuboptions(layer, SUBOPTIONS, layer.cursor + length);
