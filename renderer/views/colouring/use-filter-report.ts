/** What the engine says of a filter that is being written; null while it says nothing. */
import { useEffect, useState } from 'react';
import type { FilterReport } from '../../../shared/ipc/filter-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { useApp } from '../../app/context.ts';

/** Long enough that a word typed at once is checked once. */
const checkAfterMs = 60;

export function useFilterReport(text: string): FilterReport | null {
  const { session } = useApp();
  const [said, setSaid] = useState<{ readonly text: string; readonly report: FilterReport } | null>(null);
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const asked = new AbortController();
    const timer = setTimeout(() => {
      session()?.checkFilter(text, asked.signal).then(
        (report) => setSaid({ text, report }),
        (error: unknown) => {
          if (!(error instanceof IpcError)) throw error;
        },
      );
    }, checkAfterMs);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [session, text]);
  return said?.text === text ? said.report : null;
}
