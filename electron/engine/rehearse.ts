/**
 * A spare engine's rehearsal: on a sample it does everything that a window asks for first, so
 * that this code is loaded and compiled before somebody waits for it. Each round is short, and
 * the first one after the engine is wanted is the last.
 */
import { DEFAULT_RULES } from '../../shared/colouring/default-rules.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { engineHandlers, type Session } from './handlers.ts';
import { nextTurn } from './turn.ts';

/** After some twenty, rows and trees take no less time any more. */
const rounds = 30;
const rowsPerRound = 42;
const packetsPerRound = 3;
/** Rules as a window sends them first: reading filters is much code, and makes the tables of many protocols. */
const rules = DEFAULT_RULES.map(({ name, filter }) => ({ id: name, name, filter }));
const names = { shown: 'rehearsal', onDisk: 'rehearsal' };

/** Resolves when it is done or `isWanted`; closes the session. */
export async function rehearse(session: Session, isWanted: () => boolean): Promise<void> {
  const [window, engine] = memoryChannelPair();
  createServer(engineContract, engineHandlers(session, names), engine);
  const client = createClient(engineContract, window, { checkReplies: false });
  try {
    for (let round = 0; round < rounds && !isWanted(); round += 1) {
      await client.call('capture.describe', {});
      await client.call('colouring.set', { rules: round % 2 === 0 ? rules : [] });
      const { rows } = await client.call('rows.read', { view: 0, from: 0, count: rowsPerRound });
      for (let index = 0; index < packetsPerRound && rows.length > 0 && !isWanted(); index += 1) {
        await client.call('packet.read', { number: ((round * packetsPerRound + index) % rows.length) + 1 });
      }
      await nextTurn();
    }
  } finally {
    client.close();
    session.close();
  }
}
