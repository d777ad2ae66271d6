/** Four bytes that a router puts before a packet it redirects to a web cache (WCCP version 2, draft-wilson-wrec-wccp-v2 §4.12). */
import type { Fields, FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const redirectFields = () => ({
  'wccp.redirect_header': { type: 'none', label: 'Redirect Header' },
  'wccp.dynamic_service': { type: 'bool', label: 'Dynamic Service', size: 1, mask: 0x01, states: ['Dynamic service', 'Well-known service'] },
  'wccp.alternative_bucket_used': { type: 'bool', label: 'Alternative bucket used', size: 1, mask: 0x02, states: ['Alternative bucket used', 'Primary bucket used'] },
  'wccp.redirect_header_valid': { type: 'bool', label: 'WCCP Redirect header is valid', size: 1, mask: 0x04, states: ['Header is present, but ignore contents', 'Header contents are valid'] },
  'wccp.service_id': { type: 'u8', label: 'Service ID', names: { 0: 'HTTP' } },
  'wccp.alternative_bucket': { type: 'u8', label: 'Alternative Bucket' },
  'wccp.primary_bucket': { type: 'u8', label: 'Primary Bucket' },
} as const satisfies Fields);

export function putRedirectHeader(layer: Layer<Readonly<Record<keyof ReturnType<typeof redirectFields>, FieldSpec>>>): void {
  layer.group('wccp.redirect_header', () => {
    const at = layer.cursor;
    for (const key of ['wccp.dynamic_service', 'wccp.alternative_bucket_used', 'wccp.redirect_header_valid'] as const) layer.at(key, at);
    layer.skip(1);
    layer.take('wccp.service_id');
    layer.take('wccp.alternative_bucket');
    layer.take('wccp.primary_bucket');
  });
}
