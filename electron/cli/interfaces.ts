/** `layerscope interfaces`: what can be captured on, and what stands in the way. */
import { parseArgs } from 'node:util';
import type { LiveInterface, LiveInterfaces } from '../../shared/ipc/capture-contract.ts';
import { LiveCaptures } from '../host/live/live-captures.ts';
import { captureFolder, configFolder } from '../host/user-folders.ts';
import { CommandError } from './command-error.ts';

export async function interfacesCommand(words: readonly string[]): Promise<number> {
  const { json } = options(words);
  const found = await new LiveCaptures({ configFolder: configFolder(), captureFolder: captureFolder() }).interfaces();
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : found.interfaces.map(line).join(''));
  for (const text of troubles(found)) process.stderr.write(`layerscope: ${text}\n`);
  return found.backend.missing === null && found.permission === null ? 0 : 1;
}

/** Numbered as `capture -i` takes them; the second line has what is known besides the name. */
function line({ name, friendlyName, description, addresses, isUp, isDefaultRoute, hasCarrier, timestampTypes, problem }: LiveInterface, index: number): string {
  const title = [friendlyName, description].filter((text) => text !== null && text !== '' && text !== name);
  const state = [isUp ? 'up' : 'down', ...(hasCarrier === false ? ['no carrier'] : []), ...(isDefaultRoute ? ['default route'] : [])];
  // One clock is no choice.
  const clocks = timestampTypes.length > 1 ? [`time stamps ${timestampTypes.join(' or ')}`] : [];
  const known = [...state, ...addresses.map(({ address }) => address), ...clocks, ...(problem === null ? [] : [problem])];
  return `${index + 1}. ${name}${title.length > 0 ? ` (${[...new Set(title)].join(', ')})` : ''}\n     ${known.join(', ')}\n`;
}

/** Why nothing, or less, can be captured, a line each. */
export function troubles({ backend, permission }: LiveInterfaces): string[] {
  const remedy = permission === null ? [] : [`${permission.message} ${permission.remedy}`, ...(permission.command === null ? [] : [`  ${permission.command}`])];
  return [...(backend.missing === null ? [] : [backend.missing]), ...backend.limits, ...remedy];
}

function options(words: readonly string[]): { readonly json: boolean } {
  try {
    return { json: parseArgs({ args: [...words], options: { json: { type: 'boolean' } } }).values.json ?? false };
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
