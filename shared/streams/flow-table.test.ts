import { describe, expect, test } from 'vitest';
import { FlowTable } from './flow-table.ts';

test('both directions are one flow; side A is who was seen first', () => {
  const flows = new FlowTable();
  const flow = flows.findOrAdd(7, 50_000, 3, 80);
  expect([flow, flows.direction]).toEqual([0, 0]);
  expect(flows.findOrAdd(3, 80, 7, 50_000)).toBe(flow);
  expect(flows.direction).toBe(1);
  expect([flows.addressA(flow), flows.portA(flow), flows.addressB(flow), flows.portB(flow)]).toEqual([7, 50_000, 3, 80]);
});

test('ports and addresses are not interchangeable', () => {
  const flows = new FlowTable();
  const numbers = [flows.findOrAdd(1, 2, 3, 4), flows.findOrAdd(1, 4, 3, 2), flows.findOrAdd(3, 2, 1, 4), flows.findOrAdd(2, 1, 4, 3)];
  // The third is the second seen from the other side.
  expect(numbers).toEqual([0, 1, 1, 2]);
});

test('a flow between equal ends has one direction', () => {
  const flows = new FlowTable();
  expect(flows.findOrAdd(5, 9, 5, 9)).toBe(0);
  expect(flows.findOrAdd(5, 9, 5, 9)).toBe(0);
  expect(flows.direction).toBe(0);
});

test('find does not add', () => {
  const flows = new FlowTable();
  expect(flows.find(1, 2, 3, 4)).toBe(-1);
  expect(flows.count).toBe(0);
});

test('ten thousand flows keep their numbers while the table grows', () => {
  const flows = new FlowTable();
  for (let port = 0; port < 10_000; port += 1) expect(flows.findOrAdd(1, port, 2, 443)).toBe(port);
  for (let port = 0; port < 10_000; port += 1) expect(flows.find(2, 443, 1, port)).toBe(port);
  expect(flows.count).toBe(10_000);
});

describe('flows that are let go', () => {
  const server = 1_000_000;

  /** As many flows as are asked for, each from another client. */
  function flood(flows: FlowTable, count: number): void {
    for (let client = 0; client < count; client += 1) flows.findOrAdd(client, 1, server, 80);
  }

  test('are the silent ones; the newest, those that were seen again, and those that are needed stay', () => {
    const flows = new FlowTable();
    flood(flows, 1000);
    flows.findOrAdd(server, 80, 5, 1);
    flows.touch(6);
    expect(flows.forgetSilent(100, (flow) => flow === 7)).toBe(1000 - 100 - 3);
    expect([...flows.knownFlows()]).toEqual([5, 6, 7, ...Array.from({ length: 100 }, (_, index) => 900 + index)]);
    expect(flows.knownCount).toBe(103);
  });

  test('keep their addresses and ports; their next packet begins another flow', () => {
    const flows = new FlowTable();
    flood(flows, 1000);
    flows.forgetSilent(100);
    expect([flows.addressA(3), flows.portA(3), flows.addressB(3), flows.portB(3)]).toEqual([3, 1, server, 80]);
    expect(flows.find(3, 1, server, 80)).toBe(-1);
    expect(flows.findOrAdd(3, 1, server, 80)).toBe(1000);
    expect(flows.findOrAdd(950, 1, server, 80)).toBe(950);
  });

  test('go the next time, unless they were seen again since', () => {
    const flows = new FlowTable();
    flood(flows, 1000);
    for (const flow of [5, 6]) flows.touch(flow);
    flows.forgetSilent(100);
    flows.findOrAdd(6, 1, server, 80);
    flows.forgetSilent(100);
    expect([5, 6].map((client) => flows.find(client, 1, server, 80))).toEqual([-1, 6]);
  });

  test('are all but the newest where every one was seen again: memory has its limit', () => {
    const flows = new FlowTable();
    flood(flows, 1000);
    flood(flows, 1000);
    flows.forgetSilent(100);
    expect(flows.knownCount).toBe(100);
  });
});
