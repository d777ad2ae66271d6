/** The SSH connection through which this program was started: capturing it would capture what the capture shows. */
import { isIP } from 'node:net';

/**
 * A capture filter that lets everything else through; null where there is no such connection.
 * SSH_CONNECTION holds client address and port, server address and port (ssh(1)).
 */
export function ownSshFilter(environment: NodeJS.ProcessEnv = process.env): string | null {
  const [client = '', clientPort = '', server = '', serverPort = ''] = (environment['SSH_CONNECTION'] ?? '').split(' ');
  // Link-local addresses carry their interface: fe80::1%eth0.
  const ends = [client, server].map((address) => address.split('%')[0] ?? '');
  if (!ends.every((address) => isIP(address) !== 0) || ![clientPort, serverPort].every(isPort)) return null;
  return `not (tcp and host ${ends[0]} and port ${clientPort} and host ${ends[1]} and port ${serverPort})`;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

/** Both filters have to let a packet through; "" lets everything. */
export function bothFilters(filter: string, other: string | null): string {
  if (other === null) return filter;
  return filter.trim() === '' ? other : `(${filter}) and ${other}`;
}
