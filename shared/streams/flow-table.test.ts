import { expect, test } from 'vitest';
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
