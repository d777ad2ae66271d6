/** What the engine says of an expression while it is being written in a dialog. */
import { useEffect, useState } from 'react';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { useApp } from '../context.ts';

export interface ExpressionReport {
  /** What is wrong, with its place; null while nothing is known to be. */
  readonly error: string | null;
  /** What it means, in words. */
  readonly words: string;
}

const nothing: ExpressionReport = { error: null, words: '' };
/** Long enough that a word typed at once is checked once. */
const checkAfterMs = 60;

/** `macros`: in the place of those that were kept, for one that is being written. */
export function useFilterReport(text: string, macros?: Record<string, string>): ExpressionReport {
  const { session } = useApp();
  const using = macros === undefined ? '' : JSON.stringify(macros);
  const [report, setReport] = useState<ExpressionReport & { readonly text: string; readonly using: string }>({ ...nothing, text: '', using: '' });
  useEffect(() => {
    const asked = new AbortController();
    const check = async (): Promise<void> => {
      const answer = await session()?.checkFilter(text, asked.signal, using === '' ? undefined : (JSON.parse(using) as Record<string, string>));
      if (answer === undefined || asked.signal.aborted) return;
      const { error, words } = answer;
      setReport({ text, using, words, error: error === null ? null : `${error.message} (at character ${error.start + 1})` });
    };
    const timer = setTimeout(() => {
      if (text.trim() === '') return;
      check().catch((failure: unknown) => {
        if (!(failure instanceof IpcError)) throw failure;
      });
    }, checkAfterMs);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [session, text, using]);
  return report.text === text && report.using === using ? report : nothing;
}
