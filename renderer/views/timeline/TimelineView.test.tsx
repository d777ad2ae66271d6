import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import type { TimelineViewProps } from '../../app/slots.ts';
import { TimelineView } from './TimelineView.tsx';
import { lossySegments, period, segment, timelineWith } from './timeline.test-helper.ts';

const lossy = timelineWith(lossySegments, {
  streamCount: 3,
  retransmissions: 1,
  payloadBytes: { client: 647, server: 1548 },
  lanes: { client: [period('SYN-SENT', 0, 28.3, { cause: 5 }), period('ESTABLISHED', 28.3, null, { cause: 7 })], server: [period('SYN-RECEIVED', 28.2, null, { cause: 6 })] },
});

afterEach(cleanup);

function show(timeline: StreamTimeline, props: Partial<TimelineViewProps> = {}) {
  const onSelectPacket = vi.fn<(packet: number) => void>();
  const onShowPacket = vi.fn<(packet: number) => void>();
  const load = vi.fn<TimelineViewProps['load']>(() => Promise.resolve(timeline));
  render(
    <Tooltip.Provider>
      <TimelineView stream={0} selectedPacket={8} generation={0} load={load} onSelectPacket={onSelectPacket} onShowPacket={onShowPacket} {...props} />
    </Tooltip.Provider>,
  );
  return { onSelectPacket, onShowPacket, load };
}

describe('timeline view', () => {
  test('tells the stream in numbers and where it was captured', async () => {
    show(lossy);
    expect(await screen.findByText('10 segments')).toBeTruthy();
    expect(screen.getByText('2.2 kB of data')).toBeTruthy();
    expect(screen.getByText('1 retransmission')).toBeTruthy();
    expect(screen.getByText('Captured at the client. Server times are estimates.')).toBeTruthy();
  });

  test('every segment is an option with its sum, its time and its fate', async () => {
    show(lossy);
    const list = await screen.findByRole('listbox', { name: 'Segments of tcp.stream 0' });
    const options = within(list).getAllByRole('option');
    expect(options.length).toBe(lossySegments.length);
    expect(options[3]?.getAttribute('aria-label')).toBe('Packet 8, client to server, Client Hello, Seq 1 + Len 517 = 518, at 29.0 ms, acknowledged by packet 9');
    expect(options[5]?.getAttribute('aria-label')).toContain(', lost');
    expect(options[3]?.getAttribute('aria-selected')).toBe('true');
    expect(list.getAttribute('aria-activedescendant')).toBe(options[3]?.id);
  });

  const keys: readonly (readonly [key: string, selected: number, expected: number])[] = [
    ['ArrowDown', 8, 9], ['ArrowUp', 8, 7], ['Home', 8, 5], ['End', 8, 14], ['ArrowDown', 14, 14], ['ArrowUp', 5, 5], ['PageDown', 5, 14], ['ArrowDown', 99, 5],
  ];
  test.each(keys)('%s from packet %i selects packet %i', async (key, selectedPacket, expected) => {
    const { onSelectPacket } = show(lossy, { selectedPacket });
    fireEvent.keyDown(await screen.findByRole('listbox'), { key });
    expect(onSelectPacket).toHaveBeenCalledExactlyOnceWith(expected);
  });

  test('Enter and double-click show the packet in the list, a click selects it', async () => {
    const { onSelectPacket, onShowPacket } = show(lossy);
    fireEvent.keyDown(await screen.findByRole('listbox'), { key: 'Enter' });
    expect(onShowPacket).toHaveBeenLastCalledWith(8);
    const [, , , , option] = screen.getAllByRole('option');
    if (option === undefined) throw new Error('unreachable');
    fireEvent.click(option);
    expect(onSelectPacket).toHaveBeenLastCalledWith(9);
    fireEvent.doubleClick(option);
    expect(onShowPacket).toHaveBeenLastCalledWith(9);
  });

  test('the selected segment, its story and the handshake are explained', async () => {
    show(lossy, { selectedPacket: 12 });
    const card = await screen.findByRole('region', { name: 'Selected segment' });
    expect(card.textContent).toContain('next expected648');
    expect(screen.getByRole('region', { name: 'Application Data lost once' }).textContent).toContain('only the timer could repair it');
    expect(screen.getByRole('region', { name: 'Handshake' }).textContent).toContain('round trip 28.3 ms');
  });

  test('both lanes tell their states in words', async () => {
    show(lossy);
    const client = await screen.findByRole('list', { name: 'Client: states' });
    expect(within(client).getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual(['SYN-SENT, fact, since packet 5, 28.3 ms', 'ESTABLISHED, fact, since packet 7, until the end']);
  });

  test('links in the stories select their packets', async () => {
    const { onSelectPacket } = show(lossy, { selectedPacket: 12 });
    const story = await screen.findByRole('region', { name: 'Application Data lost once' });
    fireEvent.click(within(story).getByRole('button', { name: 'Packet 10' }));
    expect(onSelectPacket).toHaveBeenLastCalledWith(10);
  });

  test('the next stream is chosen by selecting its first packet', async () => {
    const { onSelectPacket, load } = show(lossy);
    fireEvent.click(await screen.findByRole('button', { name: 'Next stream' }));
    await vi.waitFor(() => expect(onSelectPacket).toHaveBeenLastCalledWith(5));
    expect(load.mock.lastCall?.slice(0, 2)).toEqual([1, 0]);
    expect(screen.getByRole('button', { name: 'Previous stream' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('a number beyond the last stream means the last one', async () => {
    const { load } = show(lossy);
    const input = await screen.findByRole('textbox', { name: 'Stream, 0 to 2' });
    fireEvent.change(input, { target: { value: '99' } });
    fireEvent.submit(input);
    expect(load.mock.lastCall?.slice(0, 2)).toEqual([2, 0]);
  });

  test('a huge stream draws what is in sight only', async () => {
    const segments = Array.from({ length: 2000 }, (_, index) => segment(`${index + 1} ${index} ${index % 2 === 0 ? 'c' : 's'} A 1/1`));
    show(timelineWith(segments, { totalSegments: 90_000 }), { selectedPacket: 1 });
    const options = await screen.findAllByRole('option');
    expect(options.length).toBeLessThan(300);
    expect(options[0]?.getAttribute('aria-setsize')).toBe('90000');
  });
});

describe('empty and failing', () => {
  test('a packet that is no TCP is named, and the first stream is one click away', async () => {
    const { onSelectPacket, load } = show(lossy, { stream: null, selectedPacket: 12 });
    expect(screen.getByText('Packet 12 is not part of a TCP stream')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show the first TCP stream' }));
    await vi.waitFor(() => expect(onSelectPacket).toHaveBeenCalledWith(5));
    expect(load.mock.lastCall?.slice(0, 2)).toEqual([0, 0]);
  });

  test('a capture without TCP says so', async () => {
    show(lossy, { stream: null, load: () => Promise.reject(new Error('There is no TCP stream 0 in this capture.')) });
    fireEvent.click(screen.getByRole('button', { name: 'Show the first TCP stream' }));
    expect(await screen.findByText('There is no TCP stream 0 in this capture.')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('a failure is told with its reason, and trying again loads again', async () => {
    let fails = true;
    const load = vi.fn<TimelineViewProps['load']>(() => (fails ? Promise.reject(new Error('The reader is not running.')) : Promise.resolve(lossy)));
    show(lossy, { load });
    expect((await screen.findByRole('alert')).textContent).toContain('The reader is not running.');
    fails = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('listbox')).toBeTruthy();
  });
});
