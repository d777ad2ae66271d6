import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { exchange, response } from '../web-fixtures.test-helper.ts';
import { FEED, PLAY, PRESENCE } from './xml.fixtures.test-helper.ts';

function dissect(text: string, type = 'text/xml'): DissectedFrame {
  return dissectFrames(exchange(response(type, text)).frames).at(-1) as DissectedFrame;
}

test('a document as a tree', () => {
  const { tree, protocol, info } = dissect('<?xml version="1.0"?>\n<a x="1" y=\'2\'>\n  text <b/>\n  <c>in</c>\n</a>');
  expect([protocol, info]).toEqual(['HTTP/XML', 'HTTP/1.1 200 OK ']);
  expect(tree.slice(tree.indexOf('eXtensible'))).toBe(
    [
      'eXtensible Markup Language',
      '    <?xml version="1.0"?>',
      '        version: 1.0',
      '        ?>',
      '    <a x="1" y=\'2\'>',
      '        x="1"',
      '        y=\'2\'',
      '        text ',
      '        <b/>',
      '        <c>',
      '            in',
      '            </c>',
      '        </a>',
    ].join('\n'),
  );
});

describe('long tags', () => {
  const long = 'x'.repeat(1000);

  test('are read whole', () => {
    expect(dissect(`<a b="${long}"><!--${long}--></a>`).values).toMatchObject({ 'xml.tag': [`<a b="${long}">`], 'xml.attribute': [`b="${long}"`], 'xml.comment': [`<!--${long}-->`] });
  });

  test('are looked for so often in one document, since they may have no end', () => {
    const { values } = dissect(`${'<!-- '.repeat(20)}${long}<a b="${long}"/><c/>`);
    expect(values['xml.unrecognized_text']?.length).toBeGreaterThanOrEqual(20);
    expect(values['xml.tag']).toEqual(['<c/>']);
  });
});

describe('pieces', () => {
  test.each([
    ['<!-- c -->', 'xml.comment', ['<!-- c -->']],
    ['<a><![CDATA[<b>]]></a>', 'xml.cdatasection', ['<![CDATA[<b>]]>']],
    ['<!DOCTYPE html>', 'xml.dtdtag', ['<!DOCTYPE html>']],
    ['<!DOCTYPE a SYSTEM "b"><a/>', 'xml.doctype', ['a']],
    ['<!DOCTYPE a [ <!ELEMENT a (b)> ]><a/>', 'xml.dtdtag', ['<!ELEMENT a (b)>']],
    ['<?xml version="1.0" encoding="utf-8"?>', 'xml.xmlpi.xml.encoding', ['utf-8']],
    ['<?xml version=\'1.0\'?><a/>', 'xml.xmlpi.xml.version', ['1.0']],
    ['<?xml-stylesheet type="text/xsl" href=\'x\'?><a/>', 'xml.xmlpi', ['<?xml-stylesheet type="text/xsl" href=\'x\'?>']],
    ['<?xml-stylesheet type="text/xsl" href=\'x\'?><a/>', 'xml.attribute', ['type="text/xsl"', 'href=\'x\'']],
    ['<n:a n:b = "c" d=e/>', 'xml.attribute', ['n:b = "c"', 'd=e']],
    ['<a>x > y</a>', 'xml.cdata', ['x > y']],
    ['plain', 'xml.unknown', ['plain']],
    ['<a>x < y</a>', 'xml.unrecognized_text', ['1']],
    ['</a>', 'xml.closing_unopened_tag', ['1']],
    ['<a><!-- never closed', 'xml.unrecognized_text', ['1']],
  ])('%s', (text, field, expected) => {
    expect(dissect(text).values[field]).toEqual(expected);
  });
});

describe('elements of known vocabularies', () => {
  test('have fields of their own, with attributes and text', () => {
    const { tree, values } = dissect(PRESENCE);
    expect(tree.slice(tree.indexOf('    <presence'))).toBe(
      [
        '    <presence xmlns="a" entity="b" foo="c">',
        '        xmlns="a"',
        '        entity="b"',
        '        foo="c"',
        '        <tuple id="t">',
        '            id="t"',
        '            <status>',
        '                <basic>',
        '                    open',
        '                    </basic>',
        '                </status>',
        '            <note lang="x">',
        '                lang="x"',
        '                N',
        '                </note>',
        '            <tuple id="z"/>',
        '                id="z"',
        '            <odd a="1">',
        '                a="1"',
        '                x',
        '                <note>',
        '                    y',
        '                    </note>',
        '                </odd>',
        '            </tuple>',
        '        <basic>',
        '            w',
        '            </basic>',
        '        </presence>',
      ].join('\n'),
    );
    expect(values).toMatchObject({
      'presence.entity': ['b'], 'presence.tuple.id': ['t'], 'presence.tuple.status.basic': ['<basic>', 'open'], 'presence.basic': ['<basic>', 'w'],
      'xml.tag': ['<tuple id="z"/>', '<odd a="1">', '<note>'], 'xml.attribute': ['foo="c"', 'id="z"', 'a="1"'], 'xml.cdata': ['x', 'y'],
    });
  });

  test('names are compared without regard to case, and prefixes name vocabularies', () => {
    expect(dissect(FEED).values).toMatchObject({ 'rss.channel.item.guid.ispermalink': ['false'], 'rss.channel.item.pubdate': ['<pubDate>', 'D'], 'dc.creator': ['<dc:creator x="1">', 'me'], 'itunes.author': ['<itunes:author>', 'me'], 'xml.tag': ['<media:x a="1">'], 'rss.item.title': ['<title>', 'q'] });
  });

  test('a media type can name the vocabulary', () => {
    const known = dissect(PLAY, 'application/smil');
    expect([known.protocol, known.values['smil.meta.content'], known.values['smil.par.dur']]).toEqual(['HTTP/SMIL', ['b'], ['1']]);
    expect(dissect(PLAY).values['xml.attribute']).toContain('dur=1');
  });
});

test('a closing tag closes the innermost element', () => {
  const { tree } = dissect('<a><b></a>after</b>');
  expect(tree.slice(tree.indexOf('    <a>'))).toBe(['    <a>', '        <b>', '            </a>', '        after', '        </b>'].join('\n'));
});

test('text that begins as XML is XML whatever its type', () => {
  const text = '<?xml version="1.0" encoding="utf-8"?><a/>';
  expect(dissect(text, 'text/html').protocols).toBe('eth:ethertype:ip:tcp:http:data-text-lines:xml');
  expect(dissect('<?xml version="1.0"?><a/>', 'text/html').protocols).toBe('eth:ethertype:ip:tcp:http:data-text-lines');
});
