/** Has libpcap compile a capture filter as one types, for every link type that it is meant for. */
import { useEffect, useState } from 'react';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { useApp } from '../../app/context.ts';

/** An interface that the filter is for, as far as compiling goes. */
export interface FilterTarget {
  readonly name: string;
  readonly linkType: number;
  readonly linkTypeName: string;
  readonly snaplen: number;
}

export type FilterCheck =
  | { readonly state: 'empty' }
  | { readonly state: 'checking' }
  | { readonly state: 'valid' }
  /** `at`: index of the token's first character in the text as typed. */
  | { readonly state: 'invalid'; readonly message: string; readonly token: string | null; readonly at: number | null; readonly linkTypeName: string | null }
  /** Nobody can say: it is tried when the capture starts. */
  | { readonly state: 'unknown'; readonly message: string };

/** Long enough not to call every half-typed word wrong. */
const patienceMs = 250;

interface Judged {
  readonly question: string;
  readonly check: FilterCheck;
}

export function useFilterCheck(text: string, targets: readonly FilterTarget[]): FilterCheck {
  const { live } = useApp();
  const [judged, setJudged] = useState<Judged | null>(null);
  const different = targets.filter((target, index) => targets.findIndex(({ linkType }) => linkType === target.linkType) === index);
  const question = JSON.stringify([text, different]);
  const isEmpty = text.trim() === '';
  useEffect(() => {
    if (isEmpty) return undefined;
    const given = new AbortController();
    const [asked, asksFor] = JSON.parse(question) as [string, FilterTarget[]];
    const timer = setTimeout(() => {
      judge(asked, asksFor, (target) => live.checkFilter(asked, target.linkType, target.snaplen, given.signal)).then(
        (check) => setJudged({ question, check }),
        (error: unknown) => {
          if (!given.signal.aborted) setJudged({ question, check: { state: 'unknown', message: error instanceof IpcError ? error.message : 'The filter could not be checked.' } });
        },
      );
    }, patienceMs);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [isEmpty, live, question]);
  if (isEmpty) return { state: 'empty' };
  return judged?.question === question ? judged.check : { state: 'checking' };
}

type Verdict = { readonly ok: boolean; readonly message: string | null; readonly token: string | null; readonly at: number | null };

/** The first refusal counts: the filter has to fit all. */
async function judge(text: string, targets: readonly FilterTarget[], ask: (target: FilterTarget) => Promise<Verdict>): Promise<FilterCheck> {
  const verdicts = await Promise.all(targets.map(async (target) => ({ target, verdict: await ask(target) })));
  const refused = verdicts.find(({ verdict }) => !verdict.ok);
  if (refused === undefined) return { state: 'valid' };
  const { message, token, at } = refused.verdict;
  const place = at ?? (token === null ? null : text.indexOf(token));
  return { state: 'invalid', message: message ?? 'It does not compile.', token, at: place !== null && place >= 0 ? place : null, linkTypeName: targets.length > 1 ? refused.target.linkTypeName : null };
}
