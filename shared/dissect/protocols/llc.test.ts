import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../dissect-frames.ts';

const ETHERNET = '0180c2000000 020000000001';

/** An 802.3 frame: length, then LLC and what it carries. */
function frame(llc: string): ReturnType<typeof dissectFrames>[number] {
  const payload = fromHex(llc);
  const length = payload.length.toString(16).padStart(4, '0');
  const [dissected] = dissectFrames([fromHex(`${ETHERNET} ${length} ${llc}`)]);
  if (!dissected) throw new Error('no frame');
  return dissected;
}

describe('llc', () => {
  test.each([
    ['f0f07f', 'U P, func=SABME; DSAP NetBIOS Individual, SSAP NetBIOS Command', ['0x007f'], ['0x1b'], undefined],
    ['f0f173', 'U F, func=UA; DSAP NetBIOS Individual, SSAP NetBIOS Response', ['0x0073'], undefined, ['0x18']],
    ['f0f00101', 'S P, func=RR, N(R)=0; DSAP NetBIOS Individual, SSAP NetBIOS Command', ['0x0101'], undefined, undefined],
    ['f0f00608', 'I, N(R)=4, N(S)=3; DSAP NetBIOS Individual, SSAP NetBIOS Command', ['0x0806'], undefined, undefined],
  ])('control field of %s', (llc, info, control, command, response) => {
    const { protocols, protocol, values, ...rest } = frame(llc);
    expect(protocols).toBe('eth:llc');
    expect(protocol).toBe('LLC');
    expect(rest.info).toBe(info);
    expect(values['llc.control']).toEqual(control);
    expect(values['llc.control.u_modifier_cmd']).toEqual(command);
    expect(values['llc.control.u_modifier_resp']).toEqual(response);
  });

  test('SNAP with organization zero carries EtherTypes, without naming them in frame.protocols', () => {
    const { protocols, values } = frame('aaaa03 000000 0806 0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202');
    expect(protocols).toBe('eth:llc:arp');
    expect(values['llc.oui']).toEqual(['0']);
    expect(values['llc.type']).toEqual(['0x0806']);
    expect(values['llc.dsap.sap']).toEqual(['85']);
  });

  test('numbers of other organizations stand in fields of their own, and unknown payload is data', () => {
    const { protocols, values } = frame('aaaa03 00000c 2001 02b4');
    expect(protocols).toBe('eth:llc:data');
    expect(values['llc.cisco_pid']).toEqual(['0x2001']);
    expect(frame('aaaa03 123456 0007 00').values['llc.pid']).toEqual(['0x0007']);
  });

  test('XID says what the station can do', () => {
    expect(frame('0001af 810100')).toMatchObject({ protocol: 'XID', info: 'Basic Format; Type 1 LLC (Class I LLC); Window Size 0' });
  });

  test('a header that ends too early is malformed, and nothing behind it is made up', () => {
    const { tree, values } = frame('f0f0');
    expect(values['llc.control']).toBeUndefined();
    expect(tree).toContain('Malformed Packet: LLC');
  });

  test.each([
    ['information with poll goes to nobody', '0606 13 45', 'eth:llc:data'],
    ['a test frame goes to nobody', '4242 e3 0000', 'eth:llc:data'],
    ['EtherTypes in a test frame', 'aaaa e3 000000 0806 0001', 'eth:llc:data'],
    ['an unknown identification', '0001 bf 82', 'eth:llc:data'],
    ['a bridged spanning tree message', 'aaaa03 0080c2 000e 0000 00 80', 'eth:llc:stp'],
  ])('%s', (_, llc, protocols) => {
    expect(frame(llc).protocols).toBe(protocols);
  });

  test('the list names the organization', () => {
    expect(frame('aaaa03 00000c 0104 00').info).toBe('U, func=UI; SNAP, OUI 0x00000C (Cisco Systems, Inc), PID 0x0104');
    expect(frame('aaaaf3 123456 abcd 00').info).toBe('U P, func=TEST; SNAP, OUI 0x123456 (Unknown), PID 0xABCD');
  });
});
