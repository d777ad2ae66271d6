/** Control frames: who reserves the channel, acknowledges, polls and triggers (IEEE 802.11-2020 §9.3.1). */
import { readU16le, readU8 } from '../../../bytes/reader.ts';
import type { Layer } from '../../layer.ts';
import { takeBits, takeWideBits } from './bits.ts';
import type { controlFields } from './control-fields.ts';
import { ADDRESS_1, ADDRESS_2, putAddresses } from './header.ts';
import type { Addresses, FrameControl } from './header.ts';
import type { HEADER_FIELDS } from './header-fields.ts';
import type { htcFields } from './htc-fields.ts';
import { TRIGGER_TYPES } from './names.ts';
import { putHtc } from './qos.ts';

type Own = Layer<typeof HEADER_FIELDS & ReturnType<typeof controlFields> & ReturnType<typeof htcFields>>;

const KIND = { trigger: 0x12, reportPoll: 0x14, sounding: 0x15, wrapper: 0x17, blockAckRequest: 0x18, blockAck: 0x19, powerSavePoll: 0x1a, requestToSend: 0x1b, contentionFreeEnd: 0x1e, contentionFreeEndAck: 0x1f } as const;

const RECEIVER: Addresses = [['ra', ADDRESS_1], ['addr', ADDRESS_1]];
const TRANSMITTER: Addresses = [['ta', ADDRESS_2], ['addr', ADDRESS_2]];
const ADDRESS = 6;

interface Form {
  readonly addresses: Addresses;
  /** What the addresses of the list's columns are. */
  readonly sourceRole: string;
  readonly destinationRole: string;
}

const ONE_ADDRESS: Form = { addresses: RECEIVER, sourceRole: '', destinationRole: ' (RA)' };
const TWO_ADDRESSES: Form = { addresses: [...RECEIVER, ...TRANSMITTER], sourceRole: ' (TA)', destinationRole: ' (RA)' };
const FORMS: Readonly<Record<number, Form>> = {
  [KIND.trigger]: TWO_ADDRESSES,
  [KIND.reportPoll]: TWO_ADDRESSES,
  [KIND.sounding]: TWO_ADDRESSES,
  [KIND.blockAckRequest]: TWO_ADDRESSES,
  [KIND.blockAck]: TWO_ADDRESSES,
  [KIND.requestToSend]: TWO_ADDRESSES,
  [KIND.contentionFreeEndAck]: TWO_ADDRESSES,
  [KIND.powerSavePoll]: { addresses: [...RECEIVER, ['bssid', ADDRESS_1], ...TRANSMITTER], sourceRole: ' (TA)', destinationRole: ' (BSSID)' },
  [KIND.contentionFreeEnd]: { addresses: [...RECEIVER, ['bssid', ADDRESS_2], ['addr', ADDRESS_2]], sourceRole: ' (BSSID)', destinationRole: ' (RA)' },
};

/** Addresses and body. The cursor is left behind the addresses, where the header ends. */
export function takeControl(layer: Own, { kind }: FrameControl): void {
  const form = FORMS[kind] ?? ONE_ADDRESS;
  const hasSource = form !== ONE_ADDRESS;
  const { start } = layer;
  const header = hasSource ? ADDRESS_2 + ADDRESS : ADDRESS_1 + ADDRESS;
  if (layer.end >= start + header) layer.addresses('ether', hasSource ? start + ADDRESS_2 : -1, start + ADDRESS_1, form.sourceRole, form.destinationRole);
  else if (layer.end >= start + ADDRESS_1 + ADDRESS) layer.addresses('ether', -1, start + ADDRESS_1, '', form.destinationRole);
  putAddresses(layer, form.addresses);
  if (!layer.reaches(start + header)) return;
  layer.headerEnd = start + header;
  layer.cursor = start + header;
  takeBody(layer, kind);
}

function takeBody(layer: Own, kind: number): void {
  if (kind === KIND.blockAckRequest) takeBlockAck(layer, true);
  else if (kind === KIND.blockAck) takeBlockAck(layer, false);
  else if (kind === KIND.sounding) takeSounding(layer);
  else if (kind === KIND.trigger) takeTrigger(layer);
  else if (kind === KIND.reportPoll) layer.take('beamform.feedback_seg_retrans_bitmap');
  else if (kind === KIND.wrapper) putHtc(layer, layer.cursor + 2);
}

// ── block acknowledgements ───────────────────────────────────────────────────

const ACK_TYPE = { basic: 0, extended: 1, compressed: 2, multiTid: 3, gcr: 6, multiStation: 11 } as const;
const ACK_NAMES: Readonly<Record<number, string>> = { 0: 'Basic BlockAck', 1: 'Extended Compressed BlockAck', 2: 'Compressed BlockAck', 3: 'Multi-TID BlockAck', 6: 'GCR BlockAck', 10: 'GLK-GCR BlockAck', 11: 'Multi-STA BlockAck' };
const BASIC_BITMAP = 128;
const COMPRESSED_BITMAP = 8;
/** Bytes of a bitmap by bits 1 and 2 of the fragment number (IEEE 802.11ax-2021 §9.3.1.8.2). */
const MULTI_STATION_BITMAPS: readonly number[] = [8, 16, 32, 4];

function takeBlockAck(layer: Own, isRequest: boolean): void {
  const type = (readU16le(layer.bytes, layer.cursor) >> 1) & 0xf;
  layer.group(null, () => {
    const control = takeBits(layer as unknown as Layer, 'ba.control');
    switch (type) {
      case ACK_TYPE.basic:
        takeStart(layer);
        if (!isRequest) layer.take('ba.bm', BASIC_BITMAP);
        return;
      case ACK_TYPE.extended:
        return takeExtended(layer, isRequest);
      case ACK_TYPE.compressed: {
        const start = takeStart(layer);
        const size = compressedSize(start);
        if (!isRequest && size > 0) takeBitmap(layer, size, start >> 4);
        return;
      }
      case ACK_TYPE.multiTid:
        return takeMultiTid(layer, (control >> 12) + 1, isRequest);
      case ACK_TYPE.gcr:
        takeStart(layer);
        layer.take('ba.gcr_group_addr');
        if (!isRequest) layer.take('ba.bm', COMPRESSED_BITMAP);
        return;
      case ACK_TYPE.multiStation:
        layer.each(() => takeStation(layer));
    }
  }, () => `${ACK_NAMES[type] ?? `Reserved (${type})`} ${isRequest ? 'Request' : 'Response'}`);
}

/** Starting sequence control: 12 bits of number, 4 of fragment. */
function takeStart(layer: Own): number {
  return takeBits(layer as unknown as Layer, 'fixed.ssc');
}

/** 64 or 256 frames, by the fragment number; other sizes are reserved. */
function compressedSize(start: number): number {
  const size = (start >> 1) & 3;
  return size === 0 ? COMPRESSED_BITMAP : size === 2 ? 32 : 0;
}

function takeExtended(layer: Own, isRequest: boolean): void {
  layer.expert('dmg_subtype.bad', 'warn', 'Malformed', 'Non-DMG STAs shouldn\'t transmit BlockAckReq frames with Extended Compressed BlockAckReq');
  takeStart(layer);
  if (isRequest) return;
  // Wireshark counts from what follows the starting sequence control.
  takeBitmap(layer, COMPRESSED_BITMAP, readU16le(layer.bytes, layer.cursor) >> 4);
  layer.take('ba.RBUFCAP');
}

/** One bit a frame, lowest first; those that are not set are missing. */
function takeBitmap(layer: Own, size: number, first: number): void {
  const at = layer.cursor;
  layer.take('ba.bm', size);
  if (layer.broken || !layer.run.items) return;
  layer.inside(() => {
    for (let bit = 0; bit < size * 8; bit += 1) {
      const byte = at + (bit >> 3);
      if (((readU8(layer.bytes, byte) >> (bit & 7)) & 1) === 0) layer.put('ba.bm.missing_frame', (first + bit) % 4096, byte, 1);
    }
  });
}

function takeMultiTid(layer: Own, count: number, isRequest: boolean): void {
  layer.group(null, () => {
    for (let index = 0; index < count && !layer.broken; index += 1) {
      layer.group(null, () => {
        layer.at('bar.mtid.tidinfo.reserved', layer.cursor);
        layer.take('bar.mtid.tidinfo.value');
        takeStart(layer);
        if (!isRequest) layer.take('ba.bm', COMPRESSED_BITMAP);
      }, () => `TID ${index} details`);
    }
  }, () => 'TID List');
}

const PRE_ASSOCIATION = 2045;

/** Acknowledgement of one station; a type of 1 acknowledges everything and needs no bitmap. */
function takeStation(layer: Own): void {
  const info = readU16le(layer.bytes, layer.cursor);
  layer.group(null, () => {
    takeBits(layer as unknown as Layer, 'ba.multi_sta.aid_tid_info');
    const isAll = (info & 0x0800) !== 0;
    const tid = info >> 12;
    if (isAll || tid > 7 || (info & 0x7ff) === PRE_ASSOCIATION) return;
    const start = takeStart(layer);
    takeBitmap(layer, MULTI_STATION_BITMAPS[(start >> 1) & 3] ?? COMPRESSED_BITMAP, start >> 4);
  }, () => `Per AID TID Info: 0x${(info & 0x7ff).toString(16)}`);
}

// ── sounding announcements ───────────────────────────────────────────────────

const TOKEN_HE = 0x02;
const TOKEN_RANGING = 0x01;

function takeSounding(layer: Own): void {
  const token = layer.peekU8();
  const isHe = (token & TOKEN_HE) !== 0;
  if (layer.left > 0) layer.infoAppend(() => `, Sounding Dialog Token=${token}`);
  layer.headerEnd = Math.min(layer.cursor + 3, layer.end);
  takeBits(layer as unknown as Layer, isHe ? 'he_ndp.token' : 'vht_ndp.token');
  if (!isHe && (token & TOKEN_RANGING) !== 0) {
    layer.cursor = layer.end;
    return;
  }
  layer.group(null, () => {
    layer.each((index) => {
      layer.group(null, () => {
        if (isHe) takeBits(layer as unknown as Layer, 'he_ndp.sta_info');
        else takeVhtStation(layer);
      }, () => `STA ${index}`);
    });
  }, () => 'STA list');
}

function takeVhtStation(layer: Own): void {
  const at = layer.cursor;
  const feedback = layer.peekU8(1) & 0x10;
  layer.at('vht_ndp.sta_info.aid12', at);
  layer.at('vht_ndp.sta_info.feedback_type', at, 2);
  if (feedback !== 0) layer.at('vht_ndp.sta_info.nc_index', at);
  else layer.at('vht_ndp.sta_info.reserved', at, 2);
  layer.skip(2);
}

// ── triggers ─────────────────────────────────────────────────────────────────

const BASIC = 0;
const END_OF_USERS = 0xfff;

/** Tells several stations to send at the same time, each in a part of the channel (IEEE 802.11ax-2021 §9.3.1.22). */
function takeTrigger(layer: Own): void {
  const type = layer.peekU8() & 0xf;
  if (layer.left > 0) layer.infoAppend(() => ` ${TRIGGER_TYPES[type] ?? 'Reserved'}`);
  if (type >= TRIGGER_TYPES.length) {
    layer.put('trigger.he.trigger_type', BigInt(type), layer.cursor, 1);
    return;
  }
  layer.group(null, () => takeWideBits(layer as unknown as Layer, 'trigger.he.common_info'), () => 'Common Info');
  layer.group(null, () => {
    layer.each(() => {
      const user = takeBits(layer as unknown as Layer, 'trigger.he.user_info');
      if ((user & END_OF_USERS) === END_OF_USERS) layer.cursor = layer.end;
      else if (type === BASIC) takeBits(layer as unknown as Layer, 'trigger.he.basic_user_info');
    });
  }, () => 'User Info');
}
