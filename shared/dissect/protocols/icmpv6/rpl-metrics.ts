/** Metrics and constraints of routes in low-power networks (RFC 6551). */
import type { Icmpv6Layer } from './fields.ts';

const CONSTRAINT = 0x0200;

/** Metrics one after the other, up to `end` (absolute). */
export function putRplMetrics(layer: Icmpv6Layer, end: number): void {
  layer.within(end, () => layer.each(() => putMetric(layer)));
}

function putMetric(layer: Icmpv6Layer): void {
  const type = layer.take('rpl.opt.metric.type');
  layer.inside(() => {
    const flags = layer.takeFlags('rpl.opt.metric.flags');
    const length = layer.take('rpl.opt.metric.length');
    if (layer.broken || length === 0) return;
    const end = layer.cursor + length;
    if (!layer.reaches(end)) return;
    layer.within(end, () => (METRICS[type] ?? unknown)(layer, flags));
  });
}

type Metric = (layer: Icmpv6Layer, flags: number) => void;

function unknown(layer: Icmpv6Layer): void {
  layer.expert('rpl.unknown.metric', 'warn', 'Protocol', 'Unknown RPL metric/constraint type');
  layer.take('unknown_data', layer.left);
  layer.expert('unknown_data.expert', 'warn', 'Malformed', 'Unknown Data (not interpreted)');
}

function nodeState(layer: Icmpv6Layer): void {
  layer.takeFlags('rpl.opt.metric.nsa.object');
  layer.each((index) => {
    layer.put('rpl.opt.metric.nsa.object.opttlv.object', index + 1, layer.cursor, Math.min(2 + layer.peekU8(1), layer.left));
    layer.inside(() => {
      layer.take('rpl.opt.metric.nsa.object.opttlv.object.type');
      const length = layer.take('rpl.opt.metric.nsa.object.opttlv.object.length');
      if (length > 0) layer.take('rpl.opt.metric.nsa.object.opttlv.object.data', length);
    });
  });
}

/** Objects of a type up to the end, each with its bits. */
function objects(key: 'rpl.opt.metric.ne.object' | 'rpl.opt.metric.hp.object' | 'rpl.opt.metric.lql.object'): Metric {
  return (layer) => layer.each(() => {
    layer.takeFlags(key);
  });
}

function values(key: 'rpl.opt.metric.lt.object.lt' | 'rpl.opt.metric.ll.object.ll' | 'rpl.opt.metric.etx.object.etx'): Metric {
  return (layer) => layer.each(() => layer.take(key));
}

function linkQuality(layer: Icmpv6Layer): void {
  layer.take('rpl.opt.metric.lql.object.res');
  layer.each(() => {
    layer.take('rpl.opt.metric.lql.object');
    layer.flag('rpl.opt.metric.lql.object.val');
    layer.flag('rpl.opt.metric.lql.object.counter');
  });
}

/** Colors of links: a metric counts the links of each, a constraint (flag C) wants or forbids them. */
function linkColor(layer: Icmpv6Layer, flags: number): void {
  layer.take('rpl.opt.metric.lc.object.res');
  layer.each(() => layer.group('rpl.opt.metric.lc.object', () => {
    const at = layer.cursor;
    layer.at('rpl.opt.metric.lc.object.lc', at);
    if ((flags & CONSTRAINT) === 0) {
      layer.take('rpl.opt.metric.lc.object.counter');
      return;
    }
    layer.at('rpl.opt.metric.lc.object.reserved', at);
    layer.take('rpl.opt.metric.lc.object.flag.i');
  }));
}

const METRICS: Readonly<Record<number, Metric>> = {
  1: nodeState,
  2: objects('rpl.opt.metric.ne.object'),
  3: objects('rpl.opt.metric.hp.object'),
  4: values('rpl.opt.metric.lt.object.lt'),
  5: values('rpl.opt.metric.ll.object.ll'),
  6: linkQuality,
  7: values('rpl.opt.metric.etx.object.etx'),
  8: linkColor,
};
