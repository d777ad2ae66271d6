/** Extensible Markup Language: tags as a tree, without regard to any schema (XML 1.0). */
import { protocol } from '../define.ts';
import { XML_FIELDS } from './xml/fields.ts';
import { takeMarkup } from './xml/markup.ts';

/** Media types that are XML, as far as Wireshark shows them so. */
const XML_TYPES: readonly string[] = [
  'text/xml', 'text/vnd.wap.wml', 'text/vnd.wap.si', 'text/vnd.wap.sl', 'text/vnd.wap.co', 'text/vnd.wap.emn',
  'application/xml', 'application/xml-dtd', 'application/atom+xml', 'application/auth-policy+xml', 'application/ccmp+xml', 'application/conference-info+xml',
  'application/cpim-pidf+xml', 'application/cpl+xml', 'application/dds-web+xml', 'application/im-iscomposing+xml', 'application/load-control+xml',
  'application/mathml+xml', 'application/media_control+xml', 'application/note+xml', 'application/pidf+xml', 'application/pidf-diff+xml',
  'application/poc-settings+xml', 'application/rdf+xml', 'application/reginfo+xml', 'application/resource-lists+xml', 'application/rlmi+xml', 'application/rls-services+xml',
  'application/rss+xml', 'application/rs-metadata+xml', 'application/smil', 'application/simple-filter+xml', 'application/simservs+xml', 'application/soap+xml',
  'application/vnd.etsi.aoc+xml', 'application/vnd.etsi.cug+xml', 'application/vnd.etsi.iptvcommand+xml', 'application/vnd.etsi.iptvdiscovery+xml', 'application/vnd.etsi.iptvprofile+xml',
  'application/vnd.etsi.iptvsad-bc+xml', 'application/vnd.etsi.iptvsad-cod+xml', 'application/vnd.etsi.iptvsad-npvr+xml', 'application/vnd.etsi.iptvueprofile+xml', 'application/vnd.etsi.mcid+xml',
  'application/vnd.etsi.sci+xml', 'application/vnd.etsi.simservs+xml', 'application/vnd.oma.xdm-apd+xml', 'application/vnd.oma.fnl+xml', 'application/vnd.oma.access-permissions-list+xml',
  'application/vnd.oma.alias-principals-list+xml', 'application/upp-directory+xml', 'application/vnd.oma.xcap-directory+xml', 'application/vnd.oma.xdm.aspects+xml', 'application/vnd.oma.search+xml',
  'application/vnd.3gpp.transfer+xml', 'application/wsdl+soap', 'application/vnd.wv.csp.xml', 'application/watcherinfo+xml', 'application/xcap-caps+xml', 'application/xcap-diff+xml', 'application/xcap-error+xml',
  'application/xcap-el+xml', 'application/xcap-att+xml', 'application/x-crd+xml', 'application/x-wms-logconnectstats', 'application/x-wms-logplaystats', 'application/x-wms-sendevent',
  'application/rlc+xml', 'image/svg+xml', 'application/x-crd',
];

export const xml = protocol({
  id: 'xml',
  title: 'eXtensible Markup Language',
  short: 'XML',
  spec: 'XML 1.0',
  osi: 7,
  claims: [{ table: 'media-type', keys: [...new Set(XML_TYPES)] }],
  fields: XML_FIELDS,
  parse(layer) {
    layer.protocolName(layer.run.columns.protocol === '' ? 'XML' : `${layer.run.columns.protocol}/XML`);
    if (layer.run.items) takeMarkup(layer);
  },
});
