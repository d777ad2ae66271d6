import { afterEach, expect, test, vi } from 'vitest';
import { engineEnvironment } from './engine-environment.ts';

afterEach(() => vi.unstubAllEnvs());

test('an engine inherits everything but certificates, and this process keeps them', () => {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '/somewhere/certificates.pem');
  vi.stubEnv('LAYERSCOPE_TEST', 'there');
  expect(engineEnvironment()).toMatchObject({ LAYERSCOPE_TEST: 'there' });
  expect(engineEnvironment()).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  expect(process.env['NODE_EXTRA_CA_CERTS']).toBe('/somewhere/certificates.pem');
});
