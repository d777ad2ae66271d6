/** How `read` prints: packets one by one; `begin` and `end` frame the whole. */
import type { CaptureSession } from '../engine/session.ts';

export interface Printer {
  begin(): string;
  packet(session: CaptureSession, position: number): string;
  end(): string;
}
