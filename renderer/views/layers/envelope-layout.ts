/**
 * Where the envelopes of a packet are drawn: byte positions become pixels to scale, heights only
 * make room for labels. Pure; pixels from the top left corner of the figure.
 */
import { formatCount } from '../../../shared/format/size.ts';
import type { Envelope, PacketEnvelopes } from '../../../shared/layers/envelopes.ts';

/** A place for a label: on a tint, or on the solid strip of a layer's header. */
export interface LabelPlace {
  readonly x: number;
  readonly width: number;
  /** OSI layer whose solid header strip lies below the text; 0: a tint does. */
  readonly onStripOf: number;
  /** The label stands left of its envelope, which is too narrow for it. */
  readonly beside: boolean;
  /** Room for the byte count as well. */
  readonly withBytes: boolean;
}

export interface EnvelopeBox {
  readonly envelope: Envelope;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Width of the solid strip that stands for the header. */
  readonly strip: number;
  readonly label: LabelPlace;
}

export interface Span {
  readonly x: number;
  readonly width: number;
}

export interface Tick {
  readonly x: number;
  readonly text: string;
  /** The last tick ends at its place instead of starting there. */
  readonly atEnd: boolean;
}

export interface EnvelopeLayout {
  readonly boxes: readonly EnvelopeBox[];
  readonly height: number;
  /** What surrounds the frame on the wire and was not captured. */
  readonly preamble: Span;
  readonly trailer: Span;
  /** What the capture cut off; width 0 where nothing was. */
  readonly missing: Span;
  readonly ticks: readonly Tick[];
  /** Row height, which labels use, too. */
  readonly row: number;
  /** Envelopes without anything inside: the place for what the message says. */
  readonly innermost: EnvelopeBox | null;
}

export interface EnvelopeMeasures {
  readonly width: number;
  readonly row: number;
  /** Height left for what the innermost envelope holds. */
  readonly content: number;
}

/** Distance between the lower edges of nested envelopes. */
const rim = 5;
/** Thinnest strip that can still be seen and pointed at. */
const thinnest = 3;
const chipWidth = 27;
const pixelsPerCharacter = 7;

interface Scale {
  /** Pixel of a byte of the frame. */
  readonly at: (byte: number) => number;
  readonly left: number;
  readonly right: number;
}

function scaleOf(envelopes: PacketEnvelopes, width: number): Scale {
  const before = envelopes.wire?.preamble ?? 0;
  const after = (envelopes.wire?.padding ?? 0) + (envelopes.wire?.checksum ?? 0);
  const bytes = Math.max(1, before + envelopes.wireLength + after);
  const left = before > 0 ? Math.max(thinnest, (before / bytes) * width) : 0;
  const right = after > 0 ? Math.min(width - thinnest, width - (after / bytes) * width) : width;
  const perByte = (right - left) / Math.max(1, envelopes.wireLength);
  return { at: (byte) => left + byte * perByte, left, right };
}

export function layOutEnvelopes(envelopes: PacketEnvelopes, measures: EnvelopeMeasures): EnvelopeLayout {
  const scale = scaleOf(envelopes, measures.width);
  const height = Math.max(1, envelopes.depth) * measures.row + measures.content + Math.max(0, envelopes.depth - 1) * rim;
  const drawing = new Drawing(scale, measures.row, height);
  envelopes.outermost.forEach((envelope) => { drawing.add(envelope, scale.left, []); });
  const cut = scale.at(Math.min(envelopes.capturedLength, envelopes.wireLength));
  return {
    boxes: drawing.boxes,
    height,
    preamble: { x: 0, width: scale.left },
    trailer: { x: scale.right, width: measures.width - scale.right },
    missing: { x: cut, width: envelopes.capturedLength < envelopes.wireLength ? Math.max(thinnest, scale.right - cut) : 0 },
    ticks: ticksOf(envelopes, scale),
    row: measures.row,
    innermost: [...drawing.boxes].reverse().find((box) => box.envelope.children.length === 0) ?? null,
  };
}

class Drawing {
  readonly boxes: EnvelopeBox[] = [];
  /** Strips that already hold a label in a row: "row:layer". */
  readonly #taken = new Set<string>();
  readonly #scale: Scale;
  readonly #row: number;
  readonly #height: number;

  constructor(scale: Scale, row: number, height: number) {
    this.#scale = scale;
    this.#row = row;
    this.#height = height;
  }


  /** @param from pixel where the space inside of the parent starts. */
  add(envelope: Envelope, from: number, ancestors: readonly EnvelopeBox[]): void {
    const x = Math.max(this.#scale.at(envelope.start), from);
    const end = this.#scale.at(envelope.start + envelope.length);
    const width = Math.max(thinnest, end - x);
    const strip = envelope.header >= envelope.length ? width : Math.min(width, Math.max(thinnest, this.#scale.at(envelope.start + envelope.header) - x));
    const y = envelope.depth * this.#row;
    const box: EnvelopeBox = {
      envelope,
      x,
      y,
      width,
      height: Math.max(this.#row, this.#height - envelope.depth * rim - y),
      strip,
      label: this.#placeLabel(envelope, x, width, strip, ancestors),
    };
    this.boxes.push(box);
    envelope.children.forEach((child) => { this.add(child, x + strip, [...ancestors, box]); });
  }

  /** Inside, else on its own strip, else beside it on the nearest strip of what holds it. */
  #placeLabel(envelope: Envelope, x: number, width: number, strip: number, ancestors: readonly EnvelopeBox[]): LabelPlace {
    const bare = chipWidth + envelope.title.length * pixelsPerCharacter;
    const full = bare + bytesText(envelope).length * pixelsPerCharacter + 8;
    const own: LabelPlace[] = [
      { x: x + strip, width: width - strip, onStripOf: 0, beside: false, withBytes: width - strip >= full },
      { x, width: strip, onStripOf: envelope.osi, beside: false, withBytes: strip >= full },
    ];
    const beside = [...ancestors].reverse().filter((box) => !this.#taken.has(`${envelope.depth}:${box.envelope.layer}`)).map((box): LabelPlace & { readonly owner: number } => ({
      x: box.x,
      width: Math.min(box.strip, x - box.x),
      onStripOf: box.envelope.osi,
      beside: true,
      withBytes: Math.min(box.strip, x - box.x) >= full,
      owner: box.envelope.layer,
    }));
    const all = [...own, ...beside];
    const fitting = all.find((place) => place.width >= full) ?? all.find((place) => place.width >= bare);
    const chosen = fitting ?? all.reduce((best, place) => (place.width > best.width ? place : best));
    if ('owner' in chosen) this.#taken.add(`${envelope.depth}:${String(chosen.owner)}`);
    return { x: chosen.x, width: chosen.width, onStripOf: chosen.onStripOf, beside: chosen.beside, withBytes: chosen.withBytes };
  }
}

/** "14 B", or "5 B + 512" where an envelope above the transport holds what no other layer names. */
export function bytesText(envelope: Envelope): string {
  const rest = envelope.length - envelope.header;
  if (envelope.header === 0) return `${formatCount(envelope.length)} B`;
  return envelope.osi > 4 && envelope.children.length === 0 && rest > 0 ? `${formatCount(envelope.header)} B + ${formatCount(rest)}` : `${formatCount(envelope.header)} B`;
}

const tickDistance = 28;

/** 0, the end of the headers, the end of the frame, and round numbers between as far as they have room. */
function ticksOf(envelopes: PacketEnvelopes, scale: Scale): readonly Tick[] {
  const last: Tick = { x: scale.at(envelopes.wireLength), text: formatCount(envelopes.wireLength), atEnd: true };
  const ticks: Tick[] = [{ x: scale.left, text: '0', atEnd: false }];
  const add = (byte: number): void => {
    const x = scale.at(byte);
    const free = ticks.every((tick) => Math.abs(tick.x - x) >= tickDistance) && last.x - x >= tickDistance * 1.8;
    if (free && byte > 0) ticks.push({ x, text: formatCount(byte), atEnd: false });
  };
  add(envelopes.overhead);
  const step = roundStep(envelopes.wireLength / 4);
  for (let byte = step; byte < envelopes.wireLength; byte += step) add(byte);
  return [...ticks.sort((one, other) => one.x - other.x), last];
}

/** The nearest of 1, 2, 5 times a power of ten that is not smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? power * 10;
}
