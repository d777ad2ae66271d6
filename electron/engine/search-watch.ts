/** How long searches are followed: whoever asked is told how far they are, and may give them up. */
import type { StreamContext } from '../../shared/ipc/peer.ts';
import { Turns } from './turn.ts';

/** Between two words on how far a search is. */
const TELL_MS = 100;

/** A search's turns, at the end of which it says how much of it is done. */
export class SearchWatch extends Turns {
  readonly #onShare: (share: number) => void;
  #toldAtMs = performance.now();

  constructor(signal: AbortSignal, onShare: (share: number) => void = () => undefined) {
    super(signal);
    this.#onShare = onShare;
  }

  /** `share` (0…1) of the search is done: tells so from time to time, and lets others in. Throws where the search was given up. */
  async tell(share: number): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs >= TELL_MS) {
      this.#onShare(Math.min(1, Math.max(0, share)));
      this.#toldAtMs = nowMs;
    }
    await this.next();
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
