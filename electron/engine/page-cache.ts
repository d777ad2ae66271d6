/**
 * Random access to a file by synchronous reads, a page at a time.
 *
 * Packets that are looked at together lie together, so one read of 64 KiB serves a screen. Larger
 * pages serve no more of them, and what a message needs of packets far apart costs a page each.
 * Pages are never overwritten: a view handed out stays what it was
 * after its page has left the cache.
 */
import { readSync } from 'node:fs';

/** Bytes of a page, unless told. */
export const PAGE_BYTES = 64 * 1024;
const MOST_PAGES = 128;
/** Less than this is read alone where its page was not asked for lately: messages lie in packets far apart. */
const SMALL_BYTES = 16 * 1024;
const MOST_LONE = 256;
const NOTHING = new Uint8Array(0);

export class PageCache {
  #descriptor: number;
  /** Called before a page is read and after; false = the file is not the one that was opened any more. */
  #isTrusted: () => boolean;
  /** By page number, the least recently used first. */
  #pages = new Map<number, Uint8Array>();
  /** Pages of which something was read alone, the oldest first. */
  #lone = new Set<number>();

  #pageBytes: number;

  constructor(descriptor: number, isTrusted: () => boolean, pageBytes = PAGE_BYTES) {
    this.#descriptor = descriptor;
    this.#isTrusted = isTrusted;
    this.#pageBytes = pageBytes;
  }

  /**
   * Bytes from `offset` on; fewer than `length` where the file ends. A view of a page where
   * one page holds them all, else (or when `into` is given) a copy. Throws on I/O errors.
   */
  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array {
    const pageBytes = this.#pageBytes;
    const number = Math.floor(offset / pageBytes);
    const start = offset - number * pageBytes;
    if (into === undefined && start + length <= pageBytes) {
      if (length <= SMALL_BYTES && !this.#pages.has(number) && this.#isLone(number)) return this.#readBytes(offset, length);
      return this.#page(number, start + length).subarray(start, start + length);
    }
    const target = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
    let done = 0;
    while (done < target.length) {
      const at = offset + done;
      const pageNumber = Math.floor(at / pageBytes);
      const from = at - pageNumber * pageBytes;
      const upTo = Math.min(pageBytes, from + target.length - done);
      const piece = this.#page(pageNumber, upTo).subarray(from, upTo);
      if (piece.length === 0) break;
      target.set(piece, done);
      done += piece.length;
    }
    return target.subarray(0, done);
  }

  /** A page with at least `wanted` bytes, if the file has them. */
  #page(number: number, wanted: number): Uint8Array {
    const cached = this.#pages.get(number);
    this.#pages.delete(number);
    // A page at the end of a growing file may have become longer.
    const page = cached !== undefined && cached.length >= wanted ? cached : this.#read(number);
    if (page.length > 0) this.#pages.set(number, page);
    if (this.#pages.size > MOST_PAGES) {
      const oldest = this.#pages.keys().next();
      if (oldest.done !== true) this.#pages.delete(oldest.value);
    }
    return page;
  }

  /** True for the first of the reads of a page: the second reads it whole. */
  #isLone(number: number): boolean {
    if (this.#lone.delete(number)) return false;
    this.#lone.add(number);
    const [oldest] = this.#lone;
    if (this.#lone.size > MOST_LONE && oldest !== undefined) this.#lone.delete(oldest);
    return true;
  }

  #read(number: number): Uint8Array {
    return this.#readBytes(number * this.#pageBytes, this.#pageBytes);
  }

  #readBytes(offset: number, length: number): Uint8Array {
    if (!this.#isTrusted()) return NOTHING;
    const page = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.#descriptor, page, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    // What was read while the file was changed is not the file that was opened.
    return this.#isTrusted() ? page.subarray(0, filled) : NOTHING;
  }
}
