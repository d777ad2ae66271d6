import { expect, test } from 'vitest';
import { stateProblems } from './state-problems.ts';

test.each([
  [0, 0, []],
  [1234, 0, [/^1,234 TCP conversations were let go, those silent for longest, as more than 500,000 went on at once\. /]],
  [0, 7, [/^7 fragmented datagrams were given up unfinished/]],
  [1, 1, [/TCP conversations/, /fragmented datagrams/]],
])('what was let go is told: %i conversations, %i datagrams', (forgottenFlows, givenUp, messages) => {
  const problems = stateProblems({ forgottenFlows, fragments: { givenUp } });
  expect(problems).toHaveLength(messages.length);
  messages.forEach((message, index) => expect(problems[index]).toMatchObject({ kind: 'odd', message: expect.stringMatching(message) }));
});
