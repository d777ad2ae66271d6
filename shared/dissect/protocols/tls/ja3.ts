/**
 * JA3 and JA3S: fingerprints of what a hello offers (https://github.com/salesforce/ja3), in
 * decimal numbers, values of GREASE left out.
 */
import { md5 } from '@noble/hashes/legacy.js';
import { hexText } from '../../address-text.ts';
import { greaseName } from './cipher-suites.ts';

/** What a hello told, in the order in which it told it. */
export interface HelloFacts {
  version: number;
  readonly suites: number[];
  readonly extensions: number[];
  readonly groups: number[];
  readonly pointFormats: number[];
}

export function newHelloFacts(): HelloFacts {
  return { version: 0, suites: [], extensions: [], groups: [], pointFormats: [] };
}

function list(values: readonly number[]): string {
  return values.filter((value) => greaseName(value) === undefined).join('-');
}

export function clientFingerprint(hello: HelloFacts): string {
  return [String(hello.version), list(hello.suites), list(hello.extensions), list(hello.groups), hello.pointFormats.join('-')].join(',');
}

export function serverFingerprint(hello: HelloFacts): string {
  return [String(hello.version), hello.suites.join('-'), list(hello.extensions)].join(',');
}

export function fingerprintHash(fingerprint: string): string {
  const digest = md5(new TextEncoder().encode(fingerprint));
  return hexText(digest, 0, digest.length);
}
