import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PacketDetail } from '../../../shared/ipc/contract.ts';
import type { LayerDockProps } from '../../app/slots.ts';
import { node, smallPacket } from '../../dev/packet.test-helper.ts';
import { LayerDock } from './LayerDock.tsx';

const ping: PacketDetail = {
  ...smallPacket,
  row: { ...smallPacket.row, info: 'Echo (ping) request', wireLength: 98, capturedLength: 98 },
  layers: [
    { protocol: 'frame', title: 'Frame', summary: '', osi: 1, source: 0, start: 0, headerLength: 0, length: 98 },
    { protocol: 'eth', title: 'Ethernet II', summary: '', osi: 2, source: 0, start: 0, headerLength: 14, length: 98 },
    { protocol: 'ip', title: 'IPv4', summary: '', osi: 3, source: 0, start: 14, headerLength: 20, length: 84 },
    { protocol: 'icmp', title: 'ICMP', summary: '', osi: 3, source: 0, start: 34, headerLength: 64, length: 64 },
  ],
  nodes: [
    node(1, 'Source', 'ip.src', 26, 4, 2, { value: '10.0.0.1' }),
    node(1, 'Destination', 'ip.dst', 30, 4, 2, { value: '10.0.0.2' }),
    node(1, 'Type', 'icmp.type', 34, 1, 3, { value: '8' }),
    node(1, 'Response in', 'icmp.resp_in', 34, 0, 3, { value: '12', link: 12 }),
  ],
};

afterEach(cleanup);

function show(props: Partial<LayerDockProps> = {}) {
  const onHoverOsi = vi.fn<(osi: number) => void>();
  const onSelectLayer = vi.fn<(layer: number) => void>();
  const onGoToPacket = vi.fn<(packet: number) => void>();
  render(<LayerDock detail={ping} selectedLayer={-1} hoveredOsi={0} onHoverOsi={onHoverOsi} onSelectLayer={onSelectLayer} onGoToPacket={onGoToPacket} {...props} />);
  return { onHoverOsi, onSelectLayer, onGoToPacket };
}

function rungs(): HTMLElement[] {
  return within(screen.getByRole('list', { name: 'Layers, top down' })).getAllByRole('button');
}

describe('layer dock', () => {
  test('the envelopes are told to screen readers from the outside in', () => {
    show();
    expect(screen.getByRole('img', { name: /^Ethernet II/ }).getAttribute('aria-label')).toBe('Ethernet II, layer 2, 14 B, holds: IPv4, layer 3, 20 B, holds: ICMP, layer 3, 64 B');
    expect(screen.getByText('110 B with preamble, FCS')).toBeTruthy();
  });

  test('the overhead is told in bytes and per cent', () => {
    show();
    expect(screen.getByRole('region', { name: 'Envelopes' }).textContent).toContain('34 B of headers carry 64 B, 65.3 % of the frame.');
  });

  test('the ladder names every layer, and why the empty ones are empty', () => {
    show();
    const texts = rungs().map((rung) => rung.textContent);
    expect(texts.length).toBe(7);
    expect(texts[3]).toContain('ICMP rides directly on IP: it has no ports');
    expect(texts[4]).toContain('IPv4 + ICMP');
  });

  test('models can be switched', () => {
    show();
    fireEvent.click(screen.getByRole('radio', { name: 'TCP/IP 4' }));
    expect(rungs().map((rung) => rung.querySelector('b:not([data-layer-mark])')?.textContent)).toEqual(['Application', 'Transport', 'Internet', 'Link']);
    fireEvent.click(screen.getByRole('radio', { name: 'Real stack' }));
    expect(rungs().length).toBe(5);
  });

  test('pointing and choosing are told, empty rungs choose nothing', () => {
    const { onHoverOsi, onSelectLayer } = show();
    const [application, , , , network, link] = rungs();
    if (application === undefined || network === undefined || link === undefined) throw new Error('unreachable');
    fireEvent.pointerEnter(network);
    expect(onHoverOsi).toHaveBeenLastCalledWith(3);
    fireEvent.pointerLeave(network);
    expect(onHoverOsi).toHaveBeenLastCalledWith(0);
    fireEvent.click(application);
    expect(onSelectLayer).not.toHaveBeenCalled();
    fireEvent.click(link);
    expect(onSelectLayer).toHaveBeenLastCalledWith(1);
    expect(application.getAttribute('aria-disabled')).toBe('true');
  });

  test('arrow keys walk the ladder from the current layer', () => {
    show({ selectedLayer: 1 });
    const buttons = rungs();
    expect(buttons.map((button) => button.tabIndex)).toEqual([-1, -1, -1, -1, -1, 0, -1]);
    buttons[5]?.focus();
    fireEvent.keyDown(buttons[5] ?? document.body, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(buttons[4]);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Home' });
    expect(document.activeElement).toBe(buttons[0]);
  });

  test('the packet is told in words, with links to other packets', () => {
    const { onGoToPacket } = show();
    const words = screen.getByRole('region', { name: 'This packet in words' });
    expect(words.textContent).toContain('An echo request: are you there?');
    fireEvent.click(within(words).getByRole('button', { name: 'Packet 12' }));
    expect(onGoToPacket).toHaveBeenLastCalledWith(12);
  });

  test('the current layer is explained: the topmost, or the one that is selected', () => {
    show();
    expect(screen.getByRole('region', { name: 'What ICMP is for' })).toBeTruthy();
    cleanup();
    show({ selectedLayer: 1 });
    expect(screen.getByRole('region', { name: 'What Ethernet II is for' }).textContent).toContain('switches, access points');
  });

  test('without a packet it says what to do', () => {
    show({ detail: null });
    expect(screen.getByText('Choose a packet in the list to see its layers.')).toBeTruthy();
  });
});
