/** Tells captures from other files by their first bytes, without opening them as captures. */
import { open } from 'node:fs/promises';
import { sniff, SNIFF_BYTES } from '../../shared/capture-files/sniff.ts';

/** 'soon': it is too short to tell, as files are that were just begun. Rejects never: what cannot be read is no capture. */
export async function isPlainCapture(path: string): Promise<boolean | 'soon'> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const { kind } = sniff(buffer.subarray(0, bytesRead));
    return kind === 'short' ? 'soon' : kind === 'pcap' || kind === 'pcapng';
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
