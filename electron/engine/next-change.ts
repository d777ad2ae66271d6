/** Waiting for a capture to change, for whoever keeps something up to date with it. */
export interface ChangingCapture {
  /** Returns the function that ends the subscription. */
  onProgress(listener: () => void): () => void;
}

/** Resolves with the next change of the capture, but not before `waitMs` have passed; at once when the signal says so. Never rejects. */
export function nextChange(capture: ChangingCapture, signal: AbortSignal, waitMs: number): Promise<void> {
  return new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    const end = (): void => {
      if (timer !== null) clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const unsubscribe = capture.onProgress(() => {
      // Several changes in a row are one.
      timer ??= setTimeout(end, Math.max(0, waitMs));
    });
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
