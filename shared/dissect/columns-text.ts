/**
 * The texts of a packet's line in the list: made while dissecting, and only when wanted.
 * Addresses stay bytes until somebody reads them.
 */
import { etherText, ipv4Text, ipv6Text } from './address-text.ts';

/** Longest Info text, as in Wireshark: a hostile packet could name thousands of records. */
const MAX_INFO = 4095;

/** `text`: ends that have names instead of addresses. */
type AddressKind = 'none' | 'ether' | 'ipv4' | 'ipv6' | 'text';

export interface KeptColumns {
  readonly protocol: string;
  readonly kind: AddressKind;
  readonly bytes: Uint8Array;
  readonly sourceAt: number;
  readonly destinationAt: number;
  readonly sourceRole: string;
  readonly destinationRole: string;
}

export class ColumnTexts {
  protocol = '';
  info = '';
  private fence = 0;
  private kind: AddressKind = 'none';
  private bytes: Uint8Array = new Uint8Array(0);
  private sourceAt = 0;
  private destinationAt = 0;
  private sourceRole = '';
  private destinationRole = '';
  private ends: readonly [source: string, destination: string] = ['', ''];

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

  /** Positions of the addresses; -1: there is none. A role stands behind the address, as in " (RA)". */
  setAddresses(kind: AddressKind, bytes: Uint8Array, source: number, destination: number, sourceRole = '', destinationRole = ''): void {
    this.kind = kind;
    this.sourceRole = sourceRole;
    this.destinationRole = destinationRole;
    this.bytes = bytes;
    this.sourceAt = source;
    this.destinationAt = destination;
  }

  /** Ends of a link that have no addresses, for example "DTE" and "DCE". */
  setEnds(source: string, destination: string): void {
    this.kind = 'text';
    this.ends = [source, destination];
  }

  /** Protocol and addresses as they are, to be put back by `restore`. */
  keep(): KeptColumns {
    const { protocol, kind, bytes, sourceAt, destinationAt, sourceRole, destinationRole } = this;
    return { protocol, kind, bytes, sourceAt, destinationAt, sourceRole, destinationRole };
  }

  restore(kept: KeptColumns): void {
    this.protocol = kept.protocol;
    this.setAddresses(kept.kind, kept.bytes, kept.sourceAt, kept.destinationAt, kept.sourceRole, kept.destinationRole);
  }

  get source(): string {
    return this.kind === 'text' ? this.ends[0] : this.address(this.sourceAt, this.sourceRole);
  }

  get destination(): string {
    return this.kind === 'text' ? this.ends[1] : this.address(this.destinationAt, this.destinationRole);
  }

  private address(at: number, role: string): string {
    if (this.kind === 'none' || at < 0) return '';
    if (this.kind === 'ipv4') return ipv4Text(this.bytes, at);
    return this.kind === 'ipv6' ? ipv6Text(this.bytes, at) : etherText(this.bytes, at) + role;
  }
}
