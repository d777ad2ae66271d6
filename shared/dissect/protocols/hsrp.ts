/** Hot Standby Router Protocol of Cisco, versions 1 (RFC 2281) and 2: routers agree on who answers for a shared address. */
import { readU32 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { nameOf } from '../values.ts';
import { ADVERTISED_STATES, hsrpFields, OPCODES_V1, STATES_V1 } from './hsrp/fields.ts';
import { authenticationWords, isAuthentication, putAuthentication, putVersion2 } from './hsrp/version2.ts';

const fields = hsrpFields;
type Own = Layer<ReturnType<typeof fields>>;

const PORTS: readonly number[] = [1985, 2029];
const ALL_ROUTERS = 0xe000_0002;
const ALL_HSRP_ROUTERS = 0xe000_0066;
const ALL_HSRP_ROUTERS_V6 = [0xff02_0000, 0, 0, 0x66];
const ADVERTISE = 3;
/** Length of the signed part with its type and length. */
const SIGNATURE = 30;

export const hsrp = protocol({
  id: 'hsrp',
  title: 'Cisco Hot Standby Router Protocol',
  short: 'HSRP',
  spec: 'RFC 2281 §5',
  osi: 3,
  claims: [{ table: 'udp.port', keys: PORTS }],
  fields,
  parse(layer) {
    const { run } = layer;
    if (!PORTS.includes(run.destinationPort)) {
      layer.withdraw();
      layer.data({ start: layer.start });
    } else if (isSentTo(layer, ALL_ROUTERS)) version1(layer);
    else if (isSentTo(layer, ALL_HSRP_ROUTERS)) putVersion2(layer);
    else layer.withdraw();
  },
});

/** Only the group address tells the versions apart. */
function isSentTo({ run: { network } }: Own, group: number): boolean {
  if (network === null) return false;
  if (network.version === 4) return readU32(network.bytes, network.destination) === group;
  return group === ALL_HSRP_ROUTERS && ALL_HSRP_ROUTERS_V6.every((word, index) => readU32(network.bytes, network.destination + index * 4) === word);
}

function version1(layer: Own): void {
  layer.protocolName('HSRP');
  const opcode = layer.peekU8(1);
  const isKnown = Object.hasOwn(OPCODES_V1, opcode);
  layer.info(() => OPCODES_V1[opcode] ?? 'Unknown');
  layer.take('version');
  layer.take('opcode');
  if (layer.broken) return;
  if (!isKnown) layer.data();
  else if (opcode === ADVERTISE) advertisement(layer);
  else hello(layer);
}

function hello(layer: Own): void {
  const state = layer.peekU8();
  layer.infoAppend(() => ` (state ${nameOf(STATES_V1, state) ?? 'Unknown'})`);
  for (const key of ['state', 'hellotime', 'holdtime', 'priority', 'group', 'reserved'] as const) layer.take(key);
  const password = layer.peekText(0, 8).split('\0')[0] ?? '';
  layer.take('auth_data', 8);
  layer.label(() => authenticationWords(password));
  layer.take('virt_ip');
  // Whatever else follows, only what is as long as a signature is looked at.
  if (layer.broken || layer.reportedLeft !== SIGNATURE) return;
  if (isAuthentication(layer)) putAuthentication(layer);
  else layer.expert('unknown_tlv', 'warn', 'Undecoded', 'Unknown TLV sequence (HSRPv1)', layer.entry);
}

function advertisement(layer: Own): void {
  layer.take('adv.tlvtype');
  layer.take('adv.tlvlength');
  const state = layer.take('adv.state');
  layer.infoAppend(() => ` (state ${nameOf(ADVERTISED_STATES, state) ?? 'Unknown'})`);
  layer.take('adv.reserved1');
  layer.take('adv.activegrp');
  layer.take('adv.passivegrp');
  layer.take('adv.reserved2');
}
