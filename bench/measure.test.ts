import { describe, expect, test } from 'vitest';
import { measure, median, percentile } from './measure.ts';

describe('median', () => {
  test.each([
    [[], Number.NaN],
    [[5], 5],
    [[9, 1, 5], 5],
    [[10, 1, 2, 9], 5.5],
    // Numbers, not texts.
    [[100, 9, 20], 20],
  ])('%j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  test.each([
    [[], 95, Number.NaN],
    [[7], 95, 7],
    [hundred, 95, 95],
    [hundred, 50, 50],
    [hundred, 100, 100],
    [hundred, 0, 1],
    [[1, 2, 3, 4], 50, 2],
    [[1, 2, 3, 4], 95, 4],
  ])('%j, %i', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  test('leaves the values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 50);
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('measuring a program', () => {
  const node = (program: string, options = {}) => measure(process.execPath, ['-e', program], options);

  test('gives what it prints, when that is wanted, and what it took', async () => {
    const run = await node('process.stdin.on("data", (text) => process.stdout.write(String(text).toUpperCase()))', { keepOutput: true, input: 'layers' });
    expect(run.output).toBe('LAYERS');
    expect(run.wallMs).toBeGreaterThan(0);
    expect((await node('process.stdout.write("thrown away")')).output).toBe('');
  });

  test.runIf(process.platform === 'linux')('gives its processor time and its peak memory', async () => {
    const idle = await node('');
    const busy = await node('const kept = Buffer.alloc(200 << 20, 1); const end = performance.now() + 300; while (performance.now() < end); process.exit(kept[0] - 1)');
    expect(busy.cpuMs ?? 0).toBeGreaterThan((idle.cpuMs ?? 0) + 100);
    expect((busy.peakMemoryBytes ?? 0) - (idle.peakMemoryBytes ?? 0)).toBeGreaterThan(150 << 20);
  });

  test('rejects with what the program said when it fails or is not there', async () => {
    await expect(node('process.stderr.write("no such file"); process.exit(3)')).rejects.toThrow('status 3: no such file');
    await expect(measure('layerscope-has-no-such-program', [])).rejects.toThrow('ENOENT');
  });
});
