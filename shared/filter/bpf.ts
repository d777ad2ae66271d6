/**
 * Capture filters (BPF, pcap-filter(7)) in the display filter's place: recognised by how they
 * begin, and translated as far as display filters can say the same. Bytes at offsets, which
 * capture filters read from headers, are translated for the protocols that have slices here.
 */

/** The display filter that means the same; null where the text is no capture filter or cannot be translated. */
export function translateBpf(text: string): string | null {
  if (text.length > 4096) return null;
  const words = text.match(/\[[^\]]*\]|&&|\|\||[<>=!]=|[()!<>=&]|[^\s()!\[\]<>=&|]+/g) ?? [];
  if (!words.some((word, index) => isOwnWord(word, words[index + 1]))) return null;
  const reader = new BpfReader(words);
  const translated = reader.expression(0);
  return translated === null || !reader.isAtEnd ? null : translated;
}

/** Words that capture filters have and display filters have not, before what they are about. */
function isOwnWord(word: string, next: string | undefined): boolean {
  if (next === undefined || /^(==?|!=|[<>]=?|eq|ne|gt|lt|ge|le|contains|matches|in)$/.test(next)) return word === 'broadcast' || word === 'multicast' || word === 'ip6';
  return /^(host|net|port|portrange|src|dst|gateway|ether|ip6|less|greater|proto|vlan|mpls)$/.test(word) || (/^(tcp|udp|ip|icmp|ether)$/.test(word) && next.startsWith('['));
}

const PROTOCOLS: Readonly<Record<string, string>> = { tcp: 'tcp', udp: 'udp', icmp: 'icmp', icmp6: 'icmpv6', arp: 'arp', rarp: 'arp', ip: 'ip', ip6: 'ipv6', sctp: 'sctp', igmp: 'igmp', pppoes: 'pppoes', stp: 'stp', esp: 'esp', ah: 'ah', vrrp: 'vrrp', pim: 'pim' };
const DEEPEST = 32;

class BpfReader {
  readonly #words: readonly string[];
  #at = 0;
  /** "port 80 or 443": the second has the words of the first. */
  #before: readonly string[] = [];

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  get #next(): string {
    return this.#words[this.#at] ?? '';
  }

  #takeIf(...words: readonly string[]): boolean {
    if (!words.includes(this.#next)) return false;
    this.#at += 1;
    return true;
  }

  /** `and` and `or` bind equally strong in capture filters, from left to right. */
  expression(depth: number): string | null {
    let left = this.#term(depth);
    while (left !== null && !this.isAtEnd && this.#next !== ')') {
      const operator = this.#takeIf('and', '&&') ? 'and' : this.#takeIf('or', '||') ? 'or' : null;
      const right = operator === null ? null : this.#term(depth);
      if (operator === null || right === null) return null;
      left = `${grouped(left, operator)} ${operator} ${grouped(right, operator)}`;
    }
    return left;
  }

  #term(depth: number): string | null {
    if (depth > DEEPEST) return null;
    if (this.#takeIf('not', '!')) {
      const operand = this.#term(depth + 1);
      return operand === null ? null : / /.test(operand) && !isGrouped(operand) ? `not (${operand})` : `not ${operand}`;
    }
    if (!this.#takeIf('(')) return this.#primitive();
    const inner = this.expression(depth + 1);
    return inner !== null && this.#takeIf(')') ? `(${inner})` : null;
  }

  #primitive(): string | null {
    const header = /^(tcp|udp|ip|ip6|icmp|ether)$/.exec(this.#next)?.[1];
    if (header !== undefined && this.#words[this.#at + 1]?.startsWith('[')) return this.#bytes(header);
    if (this.#takeIf('less')) return this.#number((value) => `frame.len <= ${value}`);
    if (this.#takeIf('greater')) return this.#number((value) => `frame.len >= ${value}`);
    if (this.#takeIf('vlan')) return /^\d+$/.test(this.#next) ? this.#number((value) => `vlan.id == ${value}`) : 'vlan';
    if (this.#takeIf('mpls')) return /^\d+$/.test(this.#next) ? this.#number((value) => `mpls.label == ${value}`) : 'mpls';
    if (this.#takeIf('broadcast')) return 'eth.dst == ff:ff:ff:ff:ff:ff';
    if (this.#takeIf('multicast')) return 'eth.dst[0] & 1';
    return this.#qualified();
  }

  #number(make: (value: string) => string): string | null {
    const value = this.#next;
    this.#at += 1;
    return /^\d+$/.test(value) ? make(value) : null;
  }

  /** "src host x", "tcp dst port 80", "ether host x", or just a value with the words before. */
  #qualified(): string | null {
    const words: string[] = [];
    while (/^(src|dst|host|net|port|portrange|proto|ether)$/.test(this.#next) || Object.hasOwn(PROTOCOLS, this.#next)) {
      words.push(this.#next);
      this.#at += 1;
      // "src or dst port 80"
      if (words.at(-1) === 'src' && (this.#next === 'or' || this.#next === 'and') && this.#words[this.#at + 1] === 'dst') {
        words.push(this.#next);
        this.#at += 2;
      }
    }
    const [only = ''] = words;
    if (words.length === 1 && Object.hasOwn(PROTOCOLS, only)) return PROTOCOLS[only] as string;
    if (words.includes('broadcast')) return 'eth.dst == ff:ff:ff:ff:ff:ff';
    if (words.length === 0) words.push(...this.#before);
    if (words.length === 0) return null;
    this.#before = words;
    const value = this.#next.replace(/^\\/, '');
    this.#at += 1;
    return value === '' ? null : this.#about(words, value);
  }

  #about(words: readonly string[], value: string): string | null {
    const direction = words.includes('or') || words.includes('and') ? 'addr' : words.includes('src') ? 'src' : words.includes('dst') ? 'dst' : 'addr';
    const protocol = words.find((word) => Object.hasOwn(PROTOCOLS, word));
    if (words.includes('ether')) return words.includes('proto') ? (PROTOCOLS[value] ?? `eth.type == ${value}`) : /^[0-9a-f]{1,2}([:-][0-9a-f]{1,2}){5}$/i.test(value) ? `eth.${direction} == ${value}` : value === 'broadcast' ? 'eth.dst == ff:ff:ff:ff:ff:ff' : null;
    if (words.includes('port') || words.includes('portrange')) return portTest(words.includes('portrange'), direction, protocol, value);
    if (words.includes('proto')) return /^\d+$/.test(value) ? `ip.proto == ${value}` : (PROTOCOLS[value] ?? null);
    const address = addressTest(direction, value);
    return address === null || protocol === undefined || protocol === 'ip' || protocol === 'ip6' ? address : `${PROTOCOLS[protocol]} and ${address}`;
  }

  /** "tcp[13] & 2 != 0", "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0", "ip[8] < 5". */
  #bytes(header: string): string | null {
    const rest = this.#words.slice(this.#at).join(' ');
    const flags = /^tcp \[ ?(?:tcpflags|13) ?\] ?(?:& ?\(? ?([^)=!]+?)\)? ?)?(!=|==?) ?([\w -]+?)(?= (?:and|or|&&|\|\|) |$|\))/.exec(rest);
    const taken = flags === null ? /^\w+ \[ ?(\d+)(?: ?: ?([124]))? ?\] ?(?:& ?(0x[0-9a-f]+|\d+) ?)?(!=|==?|[<>]=?) ?(0x[0-9a-f]+|\d+)/i.exec(rest) : null;
    const whole = flags?.[0] ?? taken?.[0];
    if (whole === undefined) return null;
    let left = whole.replaceAll(' ', '').length;
    while (left > 0) {
      left -= this.#next.replaceAll(' ', '').length;
      this.#at += 1;
    }
    if (flags !== null) return flagsTest(flags[1] ?? null, flags[2] as string, flags[3] as string);
    const [, offset, size = '1', mask, operator, value] = taken as RegExpExecArray;
    return bytesTest(header === 'ether' ? 'eth' : header === 'ip6' ? 'ipv6' : header, Number(offset), Number(size), mask, operator === '=' ? '==' : (operator as string), value as string);
  }
}

function grouped(text: string, operator: 'and' | 'or'): string {
  return operator === 'and' && / or /.test(text) && !isGrouped(text) ? `(${text})` : text;
}

/** Whether a pair of parentheses stands around the whole text. */
function isGrouped(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return at === text.length - 1 && text[0] === '(';
  }
  return false;
}

function portTest(isRange: boolean, direction: string, protocol: string | undefined, value: string): string | null {
  const range = /^(\d+)-(\d+)$/.exec(value);
  if (isRange ? range === null : !/^\d+$/.test(value)) return null;
  const field = direction === 'addr' ? 'port' : `${direction}port`;
  const test = (name: string): string => (range === null ? `${name}.${field} == ${value}` : `${name}.${field} in {${range[1]}..${range[2]}}`);
  if (protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp') return test(protocol);
  return `(${test('tcp')} or ${test('udp')})`;
}

function addressTest(direction: string, value: string): string | null {
  if (/^\d+(\.\d+){0,3}(\/\d+)?$/.test(value)) {
    const [host = '', prefix] = value.split('/');
    const parts = host.split('.');
    const full = [...parts, '0', '0', '0'].slice(0, 4).join('.');
    return `ip.${direction} == ${full}${prefix !== undefined ? `/${prefix}` : parts.length < 4 ? `/${parts.length * 8}` : ''}`;
  }
  if (/^[0-9a-f:.]*:[0-9a-f:.]*(\/\d+)?$/i.test(value)) return `ipv6.${direction} == ${value}`;
  return null;
}

const FLAG_BITS: Readonly<Record<string, number>> = { 'tcp-fin': 1, 'tcp-syn': 2, 'tcp-rst': 4, 'tcp-push': 8, 'tcp-ack': 16, 'tcp-urg': 32, 'tcp-ece': 64, 'tcp-cwr': 128 };
const FLAG_FIELDS: Readonly<Record<number, string>> = { 1: 'fin', 2: 'syn', 4: 'reset', 8: 'push', 16: 'ack', 32: 'urg', 64: 'ece', 128: 'cwr' };

function flagBits(text: string): number | null {
  const parts = text.split(/[| ]+|\+/).map((part) => part.trim()).filter((part) => part !== '');
  let bits = 0;
  for (const part of parts) {
    const value = FLAG_BITS[part] ?? (/^(0x[0-9a-f]+|\d+)$/i.test(part) ? Number(part) : null);
    if (value === null) return null;
    bits |= value;
  }
  return bits;
}

function flagsTest(maskText: string | null, operator: string, valueText: string): string | null {
  const mask = maskText === null ? null : flagBits(maskText);
  const value = flagBits(valueText.replace(/[()]/g, ''));
  if (value === null || (maskText !== null && mask === null)) return null;
  const isEqual = operator !== '!=';
  if (mask === null) return `tcp.flags ${isEqual ? '==' : '!='} 0x${value.toString(16).padStart(2, '0')}`;
  const single = FLAG_FIELDS[mask];
  if (single !== undefined && (value === 0 || value === mask)) return `tcp.flags.${single} == ${(value === 0) === isEqual ? 0 : 1}`;
  if (value === 0 && !isEqual) return `tcp.flags & 0x${mask.toString(16)}`;
  return `tcp.flags & 0x${mask.toString(16)} ${isEqual ? '==' : '!='} 0x${value.toString(16)}`;
}

function bytesTest(protocol: string, offset: number, size: number, mask: string | undefined, operator: string, value: string): string {
  const bytes = (number: number): string => Array.from({ length: size }, (_, index) => Math.floor(number / 256 ** (size - 1 - index)) & 0xff).map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  const slice = size === 1 ? `[${offset}]` : `[${offset}:${size}]`;
  return `${protocol}${slice}${mask === undefined ? '' : ` & ${bytes(Number(mask))}`} ${operator} ${bytes(Number(value))}`;
}
