/** How long searches are followed: whoever asked is told how far they are, and may give them up. */
import type { StreamContext } from '../../shared/ipc/peer.ts';
import { nextTurn, TURN_MS } from './turn.ts';

/** Between two words on how far a search is. */
const TELL_MS = 100;

export class SearchWatch {
  readonly #signal: AbortSignal;
  readonly #onShare: (share: number) => void;
  #turnEndsMs = performance.now() + TURN_MS;
  #toldAtMs = performance.now();

  constructor(signal: AbortSignal, onShare: (share: number) => void = () => undefined) {
    this.#signal = signal;
    this.#onShare = onShare;
  }

  /** To be called between two steps of a search, of which so much (0…1) is done: lets others in when it is their turn. Throws when it was given up. */
  async step(share: () => number): Promise<void> {
    const nowMs = performance.now();
    if (nowMs < this.#turnEndsMs) return;
    if (nowMs - this.#toldAtMs >= TELL_MS) {
      this.#onShare(Math.min(1, Math.max(0, share())));
      this.#toldAtMs = nowMs;
    }
    await nextTurn();
    this.#signal.throwIfAborted();
    this.#turnEndsMs = performance.now() + TURN_MS;
  }
}

/** Answers a subscription with how far a search is, then with what it found, and ends it. */
export async function sendSearch<F>(
  search: (watch: SearchWatch) => Promise<F>, { emit, end, signal }: StreamContext<{ readonly share: number } | { readonly found: F }>,
): Promise<void> {
  const found = await search(new SearchWatch(signal, (share) => emit({ share })));
  emit({ found });
  end();
}
