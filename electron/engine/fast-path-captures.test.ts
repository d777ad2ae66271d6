/**
 * The shortcuts of the index and deep passes against the dissectors, over a large collection of
 * captures where one is at hand: a folder named by LAYERSCOPE_CAPTURES, or `shared/captures` beside
 * the checkout, of which less is read so that all tests together stay short. session.test.ts does the same, deeper, over the project's own samples.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IndexPass } from '../../shared/columns/index-pass.ts';
import { NEVER_IN_BODIES } from '../../shared/columns/packet-kinds.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { WANT_ROW } from '../../shared/dissect/run.ts';
import { CaptureSession } from './session.ts';

const NAMED_FOLDER = process.env['LAYERSCOPE_CAPTURES'];
const FOLDER = NAMED_FOLDER ?? join(import.meta.dirname, '../../../shared/captures');
/** Of each capture: enough for every kind of traffic in it, or for most kinds. */
const MOST_PACKETS = NAMED_FOLDER === undefined ? 250 : 2000;
const MOST_BYTES = 20e6;
const folders = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).isDirectory()) : [];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < MOST_BYTES);
}

/** Protocols that a packet shows and its kind does not name, or the other way round. */
function kindProblems({ columns }: IndexPass, at: number, run: Dissection): string {
  const kind = columns.kinds.kind(columns.kind(at));
  if (kind === null) return ' no kind';
  const shown = new Set(run.protocolNames.slice(1));
  const unnamed = kind.openness === 'any' ? [] : [...shown].filter((id) => !kind.protocols.has(id) && (kind.openness === 'closed' || NEVER_IN_BODIES.has(id)));
  const unsaid = kind.openness === 'any' ? [] : run.sections.split(':').filter((id) => id !== '' && !kind.sections.has(id));
  const unshown = [...kind.protocols].filter((id) => !shown.has(id));
  return unnamed.length + unsaid.length + unshown.length === 0 ? '' : ` kind lacks ${[...unnamed, ...unsaid].join()}, has ${unshown.join()}`;
}

/** What both passes found out about each packet, and its row, as text; packets of the wrong kind go to `wrongKinds`. */
async function textOf(path: string, fastPath: boolean): Promise<string[]> {
  const session = await CaptureSession.open(path, { verifyChecksums: false, fastPath, maxPackets: MOST_PACKETS });
  await session.finished;
  const { columns } = session.index;
  const lines = Array.from({ length: columns.count }, (_, at) => {
    const run = session.show(at, WANT_ROW);
    const found = [columns.conversationKind(at), columns.conversation(at), columns.previousInConversation(at), columns.severity(at)].join(' ');
    const problems = kindProblems(session.index, at, run);
    if (problems !== '') wrongKinds.push(`${path} ${at + 1}${problems}`);
    return `${found} ${run.columns.protocol} ${run.columns.info}`;
  });
  session.close();
  return lines;
}

/** Packets whose kind is not what they show. */
const wrongKinds: string[] = [];

describe.skipIf(folders.length === 0)('captures of other projects', () => {
  test.each(folders)('%s: shortcuts and dissectors find the same', { timeout: 300_000 }, async (folder) => {
    for (const path of filesBelow(join(FOLDER, folder))) expect(await textOf(path, true), path).toEqual(await textOf(path, false));
    expect(wrongKinds.splice(0)).toEqual([]);
  });
});
