/**
 * The texts of a packet's line in the list: made while dissecting, and only when wanted.
 * Addresses stay bytes until somebody reads them.
 */
import { etherText, ipv4Text, ipv6Text } from './address-text.ts';

/** Longest Info text, as in Wireshark: a hostile packet could name thousands of records. */
const MAX_INFO = 4095;

type AddressKind = 'none' | 'ether' | 'ipv4' | 'ipv6';

export interface KeptColumns {
  readonly protocol: string;
  readonly kind: AddressKind;
  readonly bytes: Uint8Array;
  readonly sourceAt: number;
  readonly destinationAt: number;
}

export class ColumnTexts {
  protocol = '';
  info = '';
  private fence = 0;
  private kind: AddressKind = 'none';
  private bytes: Uint8Array = new Uint8Array(0);
  private sourceAt = 0;
  private destinationAt = 0;

  clear(): void {
    this.protocol = '';
    this.info = '';
    this.fence = 0;
    this.kind = 'none';
  }

  /** Replaces the text behind the fence; what a finished message wrote before it stays. */
  setInfo(text: string): void {
    this.info = this.info.slice(0, this.fence) + text;
  }

  appendInfo(text: string, separator: string): void {
    if (this.info.length >= MAX_INFO) return;
    this.info = (this.info + (this.info.length > 0 ? separator : '') + text).slice(0, MAX_INFO);
  }

  prependInfo(text: string): void {
    this.info = text + this.info;
    if (this.fence > 0) this.fence += text.length;
  }

  /** Like `prependInfo`; the text stands before the fence, which is made where there is none. */
  prependFence(text: string): void {
    this.info = text + this.info;
    this.fence += text.length;
  }

  fenceInfo(): void {
    this.fence = this.info.length;
  }

  setAddresses(kind: AddressKind, bytes: Uint8Array, source: number, destination: number): void {
    this.kind = kind;
    this.bytes = bytes;
    this.sourceAt = source;
    this.destinationAt = destination;
  }

  /** Protocol and addresses as they are, to be put back by `restore`. */
  keep(): KeptColumns {
    return { protocol: this.protocol, kind: this.kind, bytes: this.bytes, sourceAt: this.sourceAt, destinationAt: this.destinationAt };
  }

  restore(kept: KeptColumns): void {
    this.protocol = kept.protocol;
    this.setAddresses(kept.kind, kept.bytes, kept.sourceAt, kept.destinationAt);
  }

  get source(): string {
    return this.address(this.sourceAt);
  }

  get destination(): string {
    return this.address(this.destinationAt);
  }

  private address(at: number): string {
    if (this.kind === 'none' || at < 0) return '';
    if (this.kind === 'ipv4') return ipv4Text(this.bytes, at);
    return this.kind === 'ipv6' ? ipv6Text(this.bytes, at) : etherText(this.bytes, at);
  }
}
