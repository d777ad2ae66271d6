/** Subcommands that nobody knows. */
import type { TelnetLayer } from './fields.ts';

/** Tells a subcommand that nobody knows, and shows what follows it. */
export function takeUnknown(layer: TelnetLayer, name: string, subcommand: number): void {
  layer.expert('invalid_subcommand', 'warn', 'Protocol', `Invalid ${name} subcommand ${subcommand}`);
  layer.skip(1);
  if (layer.left > 0) layer.take('subcommand_data', layer.left);
}
