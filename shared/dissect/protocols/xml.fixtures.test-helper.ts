/** Documents in SIP messages: of vocabularies that are known, and of none. */
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { message, up } from './sip.fixtures.test-helper.ts';

function documents(...bodies: readonly (readonly [type: string, body: string])[]): readonly Bytes[] {
  return bodies.map(([type, body], index) => up(message({ start: 'MESSAGE sip:bob@example.com SIP/2.0', sequence: `${index + 1} MESSAGE`, headers: `Content-Type: ${type}\n`, body })));
}

export const PRESENCE = '<?xml version="1.0"?><presence xmlns="a" entity="b" foo="c"><tuple id="t"><status><basic>open</basic></status><note lang="x">N</note><tuple id="z"/><odd a="1">x<note>y</note></odd></tuple><basic>w</basic></presence>';
export const FEED =
  '<rss version="2.0"><channel><title>T</title><item><pubDate>D</pubDate><guid isPermaLink="false">g</guid><dc:creator x="1">me</dc:creator><itunes:author>me</itunes:author><media:x a="1">k</media:x></item></channel><item><title>q</title></item></rss>';
export const PLAY = '<smil id="1"><head><meta name="a" content=\'b\'/></head><body><par dur=1><video src="x"/>t</par></body></smil>';
const ROOTS = '<a><presence entity="b"><tuple id="t"/></presence><p:presence entity="1"/><dc:title>x</dc:title><title>y</title></a>';
const REGISTRATION = '<reginfo version="1"><registration aor="x" id="a"><contact id="1"><uri>sip:x</uri></contact></registration></reginfo>';
const LIST = '<list uri="u" version="1" fullState="true"><name lang="de">n</name><resource uri="r"><instance id="i" state="active"/></resource></list>';

const ALL = documents(['application/xml', PRESENCE], ['application/cpim-pidf+xml', PRESENCE], ['application/rss+xml', FEED], ['application/smil', PLAY], ['text/xml', PLAY], ['text/xml', ROOTS], ['application/reginfo+xml', REGISTRATION], ['application/rlmi+xml', LIST]);

export const XML_FIXTURES: readonly Fixture[] = [fixture('xml: vocabularies', ALL, ALL.map(() => 'eth:ethertype:ip:udp:sip:xml'))];
