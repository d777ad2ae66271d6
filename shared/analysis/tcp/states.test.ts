import { describe, expect, test } from 'vitest';
import type { StatePeriod } from '../../ipc/timeline-contract.ts';
import { ACK, FIN, RST, SYN, type SideIndex } from './sequence.ts';
import { StateInference, timeWaitNs, type StateSegment } from './states.ts';

const ms = 1e6;

/**
 * One line per segment: `ms c SA seq/ack +len`, for example `0.1 c S 0`, `28 s SA 0/1`, `30 c PA 1/1 +517`.
 * Numbers are relative; the client's raw numbers start just below 2³², so that all cases also wrap.
 */
interface Parsed {
  readonly segment: StateSegment;
  readonly windowBytes: number;
  readonly isKeepAlive: boolean;
}

function parse(line: string, index: number): Parsed {
  const match = /^([\d.]+) ([cs]) ([SAFRPK]+) (-?\d+)(?:\/(-?\d+))?(?: \+(\d+))?(?: w(\d+))?$/.exec(line.trim());
  if (!match) throw new Error(`not a segment: ${line}`);
  const [, at = '', end = '', letters = '', sequence = '0', acknowledgment = '0', length = '0', window = '65535'] = match;
  const side: SideIndex = end === 'c' ? 0 : 1;
  const bases: readonly [number, number] = [0xffff_fff0, 500_000];
  const flag = (letter: string, bit: number): number => (letters.includes(letter) ? bit : 0);
  const segment: StateSegment = {
    packet: index + 1,
    timeNs: Number(at) * ms,
    side,
    flags: flag('S', SYN) | flag('A', ACK) | flag('F', FIN) | flag('R', RST) | flag('P', 8),
    sequence: (bases[side] + Number(sequence)) >>> 0,
    acknowledgment: letters.includes('A') ? (bases[side === 0 ? 1 : 0] + Number(acknowledgment)) >>> 0 : 0,
    payloadLength: Number(length),
  };
  return { segment, windowBytes: Number(window), isKeepAlive: letters.includes('K') };
}

function observe(inference: StateInference, line: string, index: number): void {
  const { segment, windowBytes, isKeepAlive } = parse(line, index);
  inference.observe(segment, windowBytes, isKeepAlive);
}

function infer(lines: readonly string[], captureEndMs: number | null = null) {
  const inference = new StateInference();
  lines.forEach((line, index) => { observe(inference, line, index); });
  return inference.finish(captureEndMs === null ? null : captureEndMs * ms);
}

/** "SYN-SENT!1 28" = SYN-SENT, fact, caused by packet 1, entered at 28 ms; `~` inferred, `?` assumed; `<` by arrival. */
function text(periods: readonly StatePeriod[]): string[] {
  const marks = { fact: '!', inferred: '~', assumed: '?' } as const;
  return periods.map((period) => `${period.state}${marks[period.certainty]}${period.cause}${period.byArrival ? '<' : ''}`);
}

const opening = ['0 c S 0', '28 s SA 0/1', '28.1 c A 1/1'];
const opened = { client: ['CLOSED~0', 'SYN-SENT!1', 'ESTABLISHED!3'], server: ['LISTEN~0', 'SYN-RECEIVED!2', 'ESTABLISHED~3<'] };
const openedAndProven = { client: opened.client, server: ['LISTEN~0', 'SYN-RECEIVED!2', 'ESTABLISHED!3<'] };
/** Segments of the opening, then one of data that the server acknowledges: packets 1-5. */
const talking = [...opening, '29 c PA 1/1 +100', '57 s A 1/101'];

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly client: readonly string[];
  readonly server: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'SYN: the client waits, the server is inferred to listen', lines: ['0 c S 0'], client: ['CLOSED~0', 'SYN-SENT!1'], server: ['LISTEN~0'] },
  { name: 'SYN-ACK: the server has received the SYN', lines: opening.slice(0, 2), client: ['CLOSED~0', 'SYN-SENT!1'], server: ['LISTEN~0', 'SYN-RECEIVED!2'] },
  { name: 'ACK of the SYN-ACK: open at the client, inferred at the server', lines: opening, ...opened },
  { name: 'the server is known to be open once it sends', lines: talking, ...openedAndProven },
  {
    name: 'SYN-ACK without a SYN before it: the client is inferred',
    lines: ['0 s SA 0/1', '1 c A 1/1'],
    client: ['CLOSED~0', 'SYN-SENT~1', 'ESTABLISHED!2'],
    server: ['LISTEN~0', 'SYN-RECEIVED!1', 'ESTABLISHED~2<'],
  },
  {
    name: 'a SYN that is answered by an ACK only in the other direction (SYN-ACK not captured)',
    lines: ['0 c S 0', '30 c PA 1/1 +10'],
    client: ['CLOSED~0', 'SYN-SENT!1', 'ESTABLISHED!2'],
    server: ['LISTEN~0', 'ESTABLISHED~2<'],
  },
  {
    name: 'simultaneous open with SYN-ACKs',
    lines: ['0 c S 0', '1 s S 0', '10 c SA 0/1', '11 s SA 0/1', '20 c A 1/1'],
    client: ['CLOSED~0', 'SYN-SENT!1', 'SYN-RECEIVED!2<', 'ESTABLISHED!4<'],
    server: ['LISTEN~0', 'SYN-RECEIVED!2', 'ESTABLISHED~3<'],
  },
  {
    name: 'close with four packets',
    lines: [...talking, '60 c FA 101/1', '88 s A 1/102', '90 s FA 1/102', '90.1 c A 102/2'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'FIN-WAIT-2!7<', 'TIME-WAIT!9'],
    server: [...openedAndProven.server, 'CLOSE-WAIT!7', 'LAST-ACK!8', 'CLOSED~9<'],
  },
  {
    name: 'close with three packets skips FIN-WAIT-2 and CLOSE-WAIT',
    lines: [...talking, '60 c FA 101/1', '88 s FA 1/102', '88.1 c A 102/2'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'TIME-WAIT!8'],
    server: [...openedAndProven.server, 'LAST-ACK!7', 'CLOSED~8<'],
  },
  {
    name: 'the server closes first',
    lines: [...talking, '60 s FA 1/101', '61 c A 101/2', '70 c FA 101/2', '98 s A 2/102'],
    client: [...openedAndProven.client, 'CLOSE-WAIT!7', 'LAST-ACK!8', 'CLOSED~9<'],
    server: [...openedAndProven.server, 'FIN-WAIT-1!6', 'FIN-WAIT-2!7<', 'TIME-WAIT!9'],
  },
  {
    name: 'a FIN with the last data is acknowledged after that data',
    lines: [...talking, '60 c FPA 101/1 +50', '70 s A 1/151', '88 s A 1/152'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'FIN-WAIT-2!8<'],
    server: [...openedAndProven.server, 'CLOSE-WAIT!8'],
  },
  {
    name: 'FINs that cross: both CLOSING, then TIME-WAIT',
    lines: [...talking, '60 c FA 101/1', '61 s FA 1/101', '74 s A 2/102', '75 c A 102/2'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'CLOSING!7<', 'TIME-WAIT!8<'],
    server: [...openedAndProven.server, 'CLOSING!7', 'TIME-WAIT!9<'],
  },
  {
    name: 'half-close: data from the other side after the FIN',
    lines: [...talking, '60 c FA 101/1', '88 s A 1/102', '90 s PA 1/102 +1000', '91 c A 102/1001'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'FIN-WAIT-2!7<'],
    server: [...openedAndProven.server, 'CLOSE-WAIT!7'],
  },
  {
    name: 'RST in the middle closes both ends',
    lines: [...talking, '60 s RA 1/101'],
    client: [...openedAndProven.client, 'CLOSED!6<'],
    server: [...openedAndProven.server, 'CLOSED!6'],
  },
  {
    name: 'RST as an answer to a SYN: refused',
    lines: ['0 c S 0', '28 s RA 0/1'],
    client: ['CLOSED~0', 'SYN-SENT!1', 'CLOSED!2<'],
    server: ['LISTEN~0', 'CLOSED!2'],
  },
  {
    name: 'an RST that does not acknowledge the SYN is ignored',
    lines: ['0 c S 0', '28 s RA 0/77'],
    client: ['CLOSED~0', 'SYN-SENT!1'],
    server: ['LISTEN~0'],
  },
  { name: 'an RST outside of the window is ignored', lines: [...talking, '60 s R 900000'], ...openedAndProven },
  {
    name: 'a half-open scan: the client resets after the SYN-ACK',
    lines: ['0 c S 0', '28 s SA 0/1', '28.1 c R 1'],
    client: ['CLOSED~0', 'SYN-SENT!1', 'CLOSED!3'],
    server: ['LISTEN~0', 'SYN-RECEIVED!2', 'CLOSED!3<'],
  },
  { name: 'a capture that starts in the middle assumes an open connection', lines: ['0 c PA 1/1 +10', '1 s A 1/11'], client: ['ESTABLISHED?0'], server: ['ESTABLISHED?0'] },
  {
    name: 'a capture that starts with a FIN',
    lines: ['0 c FA 1/1', '1 s A 1/2'],
    client: ['ESTABLISHED?0', 'FIN-WAIT-1!1', 'FIN-WAIT-2!2<'],
    server: ['ESTABLISHED?0', 'CLOSE-WAIT!2'],
  },
  { name: 'a SYN sent again does not advance', lines: ['0 c S 0', '1000 c S 0', '3000 c S 0'], client: ['CLOSED~0', 'SYN-SENT!1'], server: ['LISTEN~0'] },
  {
    name: 'a SYN-ACK sent again takes an inferred opening back',
    lines: [...opening, '1028 s SA 0/1'],
    client: opened.client,
    server: ['LISTEN~0', 'SYN-RECEIVED!2'],
  },
  {
    name: 'a FIN sent again does not advance',
    lines: [...talking, '60 c FA 101/1', '260 c FA 101/1', '660 c FA 101/1'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6'],
    server: openedAndProven.server,
  },
  {
    name: 'a second FIN sent again shows that the last ACK was lost',
    lines: [...talking, '60 c FA 101/1', '88 s FA 1/102', '88.1 c A 102/2', '300 s FA 1/102', '300.1 c A 102/2'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'TIME-WAIT!8'],
    server: [...openedAndProven.server, 'LAST-ACK!7', 'CLOSED~10<'],
  },
  { name: 'keep-alives change nothing', lines: [...opening, '10028 c AK 0/1'], ...opened },
  {
    name: 'an RST after the close ends TIME-WAIT',
    lines: [...talking, '60 c FA 101/1', '88 s FA 1/102', '88.1 c A 102/2', '89 c RA 102/2'],
    client: [...openedAndProven.client, 'FIN-WAIT-1!6', 'TIME-WAIT!8', 'CLOSED!9'],
    server: [...openedAndProven.server, 'LAST-ACK!7', 'CLOSED~8<'],
  },
];

describe('states of both ends', () => {
  test.each(cases)('$name', ({ lines, client, server }) => {
    const { sides } = infer(lines);
    expect({ client: text(sides[0]), server: text(sides[1]) }).toEqual({ client, server });
  });

  test('periods follow one another without gaps, and the last one is open', () => {
    const { sides } = infer(cases.find((entry) => entry.name.startsWith('close with four'))?.lines ?? []);
    for (const periods of sides) {
      periods.slice(1).forEach((period, index) => { expect(period.fromNs).toBe(periods[index]?.toNs); });
      expect(periods.at(-1)?.toNs).toBeNull();
    }
    expect(sides[0].map((period) => period.fromNs / ms)).toEqual([0, 0, 28.1, 60, 88, 90.1]);
  });

  test('TIME-WAIT ends by its timer where the capture lasts long enough', () => {
    const lines = [...talking, '60 c FA 101/1', '88 s FA 1/102', '88 c A 102/2'];
    const [client] = infer(lines, 88 + 59_999).sides;
    expect(text(client).at(-1)).toBe('TIME-WAIT!8');
    const [later] = infer(lines, 88 + 60_000).sides;
    expect(text(later).at(-1)).toBe('CLOSED~0');
    expect(later.at(-2)?.toNs).toBe(88 * ms + timeWaitNs);
  });

  test('half-close is noted on both ends', () => {
    const { sides } = infer(cases.find((entry) => entry.name.startsWith('half-close'))?.lines ?? []);
    expect(sides.map((periods) => periods.at(-1)?.note)).toEqual(['Half-closed: it still receives', 'Half-closed: it still sends']);
  });

  const thresholds: readonly (readonly [name: string, lines: readonly string[], side: SideIndex, state: string, limitMs: number, fromMs: number])[] = [
    ['SYN-SENT', ['0 c S 0'], 0, 'SYN-SENT', 1000, 0],
    ['SYN-RECEIVED', ['0 c S 0', '28 s SA 0/1'], 1, 'SYN-RECEIVED', 3000, 28],
    ['CLOSE-WAIT', [...talking, '60 s FA 1/101', '61 c A 101/2'], 0, 'CLOSE-WAIT', 10_000, 61],
    ['FIN-WAIT-2', [...talking, '60 s FA 1/101', '61 c A 101/2'], 1, 'FIN-WAIT-2', 60_000, 61],
    ['LAST-ACK', [...talking, '60 s FA 1/101', '70 c FA 101/2'], 0, 'LAST-ACK', 3000, 70],
  ];
  test.each(thresholds)('%s is overlong after its limit, not at it', (_name, lines, side, state, limitMs, fromMs) => {
    const at = infer(lines, fromMs + limitMs).sides[side].at(-1);
    const after = infer(lines, fromMs + limitMs + 1).sides[side].at(-1);
    expect([at?.state, at?.overlong, after?.overlong]).toEqual([state, false, true]);
  });
});

describe('remarks', () => {
  test('ports used again start over in the same stream', () => {
    const { sides, remarks } = infer([...talking, '60 c FA 101/1', '88 s FA 1/102', '88 c A 102/2', '5088 c S 40000', '5116 s SA 70000/40001', '5116.1 c A 40001/70001']);
    expect(remarks).toEqual([{ packet: 9, text: 'The same ports are used again 5.00 s after the connection before them changed last.' }]);
    expect(text(sides[0]).slice(-3)).toEqual(['TIME-WAIT!8', 'SYN-SENT!9', 'ESTABLISHED!11']);
    expect(text(sides[1]).slice(-3)).toEqual(['LISTEN~9', 'SYN-RECEIVED!10', 'ESTABLISHED~11<']);
  });

  test('an RST outside of the window is suspicious', () => {
    expect(infer([...talking, '60 s R 900000']).remarks).toEqual([{ packet: 6, text: 'Suspicious RST: its number is outside the window, so the receiver ignores it.' }]);
  });

  test('an RST whose sender goes on is suspicious, once', () => {
    const { remarks } = infer([...talking, '60 s RA 1/101', '61 s PA 1/101 +10', '62 s PA 11/101 +10']);
    expect(remarks.map((remark) => remark.packet)).toEqual([7]);
  });

  test('segments that were on their way when the RST was sent are not', () => {
    expect(infer([...talking, '60 s RA 1/101', '61 c PA 101/1 +10']).remarks).toEqual([]);
  });
});

test('bounded for a capture that opens the same ports for ever', () => {
  const inference = new StateInference();
  for (let round = 0; round < 2000; round += 1) observe(inference, `${round} c S ${round * 100}`, round);
  const { sides, remarks } = inference.finish(null);
  expect([sides[0].length <= 64, sides[1].length <= 64, remarks.length]).toEqual([true, true, 64]);
});
