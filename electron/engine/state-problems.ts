/** What was let go because a capture holds more at once than memory is for. The counts are those of the moment. */
import { grouped } from '../../shared/capture-files/problem-log.ts';
import type { Problem } from '../../shared/ipc/contract.ts';
import type { Streams } from '../../shared/streams/streams.ts';
import { MOST_KNOWN_FLOWS } from '../../shared/streams/tcp-tracker.ts';
import { sourceProblem } from './source-problems.ts';

export function stateProblems({ forgottenFlows, fragments }: Pick<Streams, 'forgottenFlows'> & { readonly fragments: { readonly givenUp: number } }): readonly Problem[] {
  const problems: Problem[] = [];
  if (forgottenFlows > 0) {
    const message = `${grouped(forgottenFlows)} TCP conversations were let go, those silent for longest, as more than ${grouped(MOST_KNOWN_FLOWS)} went on at once. All packets are here; where one of them goes on later, the rest counts as another conversation.`;
    problems.push(sourceProblem('odd', 'conversations-let-go', message));
  }
  if (fragments.givenUp > 0) {
    const message = `${grouped(fragments.givenUp)} fragmented datagrams were given up unfinished, the oldest first, as too many waited for the rest of them. Their fragments are shown as they are.`;
    problems.push(sourceProblem('odd', 'fragments-given-up', message));
  }
  return problems;
}
