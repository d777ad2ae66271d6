/**
 * How many bytes one packet may hold.
 *
 * Readers of this format family agree on 262,144 bytes, because a larger number
 * in a record header nearly always is damage; a few link types carry messages
 * that are larger by nature (tcpdump.org/linktypes.html; libpcap's pcap-common.c
 * and Wireshark's wtap.h hold the same limits).
 */
const USUAL_LIMIT_BYTES = 262_144;
const MEBIBYTE = 1 << 20;

const LIMITS_BYTES: ReadonlyMap<number, number> = new Map([
  [189, 128 * MEBIBYTE], // USB_LINUX
  [220, 128 * MEBIBYTE], // USB_LINUX_MMAPPED
  [231, 128 * MEBIBYTE], // DBUS
  [249, 128 * MEBIBYTE], // USBPCAP
  [266, 128 * MEBIBYTE], // USB_DARWIN
  [279, 8 * MEBIBYTE], // EBHSCR
]);

export function largestPacketBytes(linkType: number): number {
  return LIMITS_BYTES.get(linkType) ?? USUAL_LIMIT_BYTES;
}
