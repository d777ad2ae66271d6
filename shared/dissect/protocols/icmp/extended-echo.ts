/** Extended echo of ICMP and ICMPv6: questions about interfaces of the node that is asked (RFC 8335 §2 and §3). */
import type { LayerWith } from '../../layer.ts';
import { putExtensions } from './extensions.ts';
import type { extendedEchoFields, extensionFields } from './fields.ts';

/** What follows the identifier: a question with the interface it is about, or what is known of that interface. */
export function takeExtendedEcho(layer: LayerWith<ReturnType<typeof extendedEchoFields> & ReturnType<typeof extensionFields>>, isRequest: boolean): void {
  layer.take('ext.echo.seq');
  const at = layer.cursor;
  if (isRequest) {
    layer.at('ext.echo.req.res', at);
    layer.take('ext.echo.req.local');
    // Wireshark hands extensions of ICMPv6 to ICMP, which leaves its name.
    if (layer.protocol.id === 'icmpv6') layer.run.protocolNames.push('icmp');
    putExtensions(layer);
    return;
  }
  for (const key of ['ext.echo.rsp.state', 'ext.echo.rsp.res', 'ext.echo.rsp.active', 'ext.echo.rsp.ipv4'] as const) layer.at(key, at);
  layer.take('ext.echo.rsp.ipv6');
}
