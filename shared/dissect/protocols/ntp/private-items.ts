/** What the items of private messages are made of, field by field (ntp_request.h of ntpd). */
import { readU32 } from '../../../bytes/reader.ts';
import { NTP_FIELDS } from './fields.ts';
import type { NtpKey, NtpLayer } from './fields.ts';
import { takeTime } from './times.ts';

/** A field; with its size where the type does not tell; `null`: bytes that mean nothing. */
type Part = NtpKey | readonly [NtpKey, number];

/** Fields of mode 7 stand here without what all of them begin with. */
function mode7(names: string): Part[] {
  return names.split(' ').map((name) => {
    const [key = '', size] = name.split(':');
    const full = (key in NTP_FIELDS ? key : `priv.mode7.${key}`) as NtpKey;
    return size === undefined ? full : ([full, Number(size)] as const);
  });
}

export const MON_GETLIST = 20;
export const MON_GETLIST_1 = 42;
const IF_STATS = 44;
const IF_RELOAD = 45;

const PEER = mode7('address port hmode peer.flags ipv6_flag unused:4 address6');
const ADDRESS = mode7('address');
const ADDRESS_6 = mode7('address ipv6_flag address6');
const RESTRICTION = mode7('address mask ippeerlimit restrict_flags mflags unused:4 address6 mask6');
const TRAP = mode7('local_address trap_address trap_port unused:2 ipv6_flag local_address6 trap_address6');
const TIMES = 'reftime org rec xmt';

/** By request code: what requests and answers carry. */
const LAYOUTS: Readonly<Record<number, readonly Part[]>> = {
  0: PEER,
  1: mode7('dstaddress srcaddress srcport stratum hpoll ppoll reach peer.flags hmode delay offset dispersion ipv6_flag unused:4 dstaddress6 srcaddress6'),
  4: mode7('address pmode leap stratum precision rootdelay rootdispersion refid:4 reftime poll sys.flags8 unused:3 bdelay freq authdelay stability ipv6_flag unused:4 address6'),
  5: mode7('timeup timereset denied oldversion newversion bad_version badlength processed badauth timereceived limitrejected lamport tsrounding'),
  6: mode7('timereset totalrecvbufs freerecvbufs fullrecvbufs lowwater dropped ignored received sent notsent interrupts int_received'),
  7: mode7('timereset totalmem freemem findpeer_calls allocations demobilizations hashcount:-1'),
  8: mode7('last_offset drift_comp compliance watchdog_timer'),
  9: mode7('timereset alarms overflows xmtcalls'),
  10: mode7('address hmode version minpoll maxpoll priv.config.flags ttl unused:2 keyid:4 key_file:128 ipv6_flag unused:4 address6'),
  11: ADDRESS_6,
  12: mode7('sys.flags'),
  13: mode7('sys.flags'),
  16: mode7('address mask count rflags mflags ipv6_flag unused:4 address6 mask6'),
  17: RESTRICTION,
  18: RESTRICTION,
  19: RESTRICTION,
  21: mode7('reset_stats.flags'),
  22: ADDRESS_6,
  26: mode7('key'),
  27: mode7('key'),
  28: mode7('timereset numkeys numfreekeys keylookups keynotfound encryptions decryptions expired keyuncached'),
  29: mode7('local_address trap_address trap_port sequence settime origtime resets priv.traps.flags ipv6_flag local_address6 trap_address6'),
  30: TRAP,
  31: TRAP,
  32: mode7('keyid:4'),
  33: mode7('keyid:4'),
  34: mode7('timereset requests bad_packets responses fragments errors too_short input_responses input_fragments input_errors bad_offset bad_version data_too_short badop async_messages'),
  36: mode7('address type clock_flags lastevent currentstatus polls noresponse badformat baddata timestarted fudgetime1 fudgetime2 fudgeval1 fudgeval2'),
  37: mode7('address which fudgetime fudgeval_flags'),
  38: mode7('kernel_offset freq maxerror esterror status shift constant priv.mode7.precision tolerance ppsfreq jitter stabil jitcnt calcnt errcnt stbcnt'),
  39: mode7('address nvalues ntimes svalues stimes values:64 times:256'),
};

/** Answers about one peer; requests for them name it as a list does. */
const PEER_ANSWERS: Readonly<Record<number, readonly Part[]>> = {
  2: mode7(
    `dstaddress srcaddress srcport peer.flags leap hmode pmode stratum ppoll hpoll precision version unused:1 reach unreach flash ttl flash2 associd keyid:4 pkeyid refid:4 timer rootdelay rootdispersion ${TIMES} filtdelay filtoffset order delay dispersion offset selectdis ${'unused:4 '.repeat(7)}estbdelay ipv6_flag unused:4 dstaddress6 srcaddress6`,
  ),
  3: mode7(
    'dstaddress srcaddress srcport peer.flags timereset timereceived timetosend timereachable sent unused:4 processed unused:4 badauth bogusorg oldpkt unused:4 unused:4 seldisp selbroken unused:4 candidate:1 unused:1 unused:1 unused:1 ipv6_flag unused:4 dstaddress6 srcaddress6',
  ),
};

/** Requests that name no more than an address. */
const NAMES_ADDRESS: ReadonlySet<number> = new Set([36, 39]);

const MONITOR_START = ['avgint', 'lsint', 'restr', 'count', 'remote_address'];
const MONITOR_END = ['port', 'mode', 'version', 'ipv6', 'unused'];
const INTERFACE_END = mode7('ipv6_flag int_name:32 int_flags last_ttl num_mcast received sent notsent uptime scopeid ifindex ifnum peercnt family ignore_pkts action unused:4');
/** Addresses of an interface, 16 bytes each. */
const INTERFACE_ADDRESSES = ['address', 'bcast', 'mask'];

function monitor(names: readonly string[]): Part[] {
  return names.map((name) => `priv.monlist.${name}` as NtpKey);
}

export function layoutOf(layer: NtpLayer, request: number, isAnswer: boolean, start: number, size: number): readonly Part[] {
  if (request === MON_GETLIST || request === MON_GETLIST_1) return monitorLayout(layer, request === MON_GETLIST_1, start);
  if (request === IF_STATS || request === IF_RELOAD) return interfaceLayout(layer, start);
  const answer = PEER_ANSWERS[request];
  if (answer !== undefined) return isAnswer ? answer : PEER;
  if (!isAnswer && NAMES_ADDRESS.has(request)) return ADDRESS;
  // What is left of an item stands as -1.
  return (LAYOUTS[request] ?? []).map((part) => (typeof part !== 'string' && part[1] < 0 ? ([part[0], Math.max(0, size - 20)] as const) : part));
}

/** Who has asked for the time; the newer list tells more. */
function monitorLayout(layer: NtpLayer, isNew: boolean, start: number): Part[] {
  const isIpv6 = readU32(layer.bytes, start + (isNew ? 32 : 24)) !== 0;
  const addresses = isIpv6 ? ['addr6', ...(isNew ? ['daddr6'] : [])] : [];
  return monitor([...MONITOR_START, ...(isNew ? ['local_address', 'flags'] : []), ...MONITOR_END, ...addresses]);
}

/** An interface's addresses take the place of IPv6 ones, whatever they are. */
function interfaceLayout(layer: NtpLayer, start: number): Part[] {
  const isIpv6 = readU32(layer.bytes, start + 48) !== 0;
  const addresses = INTERFACE_ADDRESSES.flatMap((name) => mode7(isIpv6 ? `${name}6` : `${name} `.trim()));
  return [...(isIpv6 ? addresses : addresses.flatMap((part): Part[] => [part, SKIP_12])), ...INTERFACE_END];
}

/** Stands for 12 bytes behind an IPv4 address that are not looked at. */
const SKIP_12: Part = ['padding', -12];

export function takeParts(layer: NtpLayer, parts: readonly Part[]): void {
  for (const part of parts) {
    if (layer.broken) return;
    if (part === SKIP_12) layer.skip(12);
    else if (typeof part === 'string') takePart(layer, part);
    else layer.take(part[0], part[1]);
  }
}

function takePart(layer: NtpLayer, key: NtpKey): void {
  if (NTP_FIELDS[key].type === 'abstime') takeTime(layer, key);
  else {
    layer.takeFlags(key);
  }
}
