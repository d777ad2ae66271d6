import { describe, expect, test } from 'vitest';
import { branch, one } from '../internet.test-helper.ts';
import { eapol, keyFrame, RSN_ELEMENT } from './eapol.fixtures.test-helper.ts';

describe('802.1X', () => {
  test('the second message of a handshake, field by field', () => {
    const frame = one(keyFrame(0x010a, RSN_ELEMENT));
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:eapol', protocol: 'EAPOL', info: 'Key (Message 2 of 4)' });
    expect(branch(frame, '802.1X').replace(/\n {12}RSN Version[\s\S]*/, '')).toBe(`802.1X Authentication, Key
    Version: 802.1X-2001 (1)
    Type: Key (3)
    Length: 117
    Key Descriptor Type: EAPOL RSN Key (2)
    [Message number: 2]
    Key Information: 0x010a
        .... .... .... .010 = Key Descriptor Version: AES Cipher, HMAC-SHA1 MIC (2)
        .... .... .... 1... = Key Type: Pairwise Key
        .... .... ..00 .... = Key Index: 0
        .... .... .0.. .... = Install: Not set
        .... .... 0... .... = Key ACK: Not set
        .... ...1 .... .... = Key MIC: Set
        .... ..0. .... .... = Secure: Not set
        .... .0.. .... .... = Error: Not set
        .... 0... .... .... = Request: Not set
        ...0 .... .... .... = Encrypted Key Data: Not set
        ..0. .... .... .... = SMK Message: Not set
    Key Length: 16
    Replay Counter: 5
    WPA Key Nonce: ${'11'.repeat(32)}
    Key IV: ${'00'.repeat(16)}
    WPA Key RSC: ${'00'.repeat(8)}
    WPA Key ID: ${'00'.repeat(8)}
    WPA Key MIC: ${'22'.repeat(16)}
    WPA Key Data Length: 22
    WPA Key Data: ${RSN_ELEMENT}
        Tag: RSN Information
            Tag Number: RSN Information (48)
            Tag length: 20`);
  });

  test.each([
    [0x008a, '', 'Message 1 of 4'], [0x010a, RSN_ELEMENT, 'Message 2 of 4'], [0x13ca, '00', 'Message 3 of 4'], [0x030a, '', 'Message 4 of 4'], [0x1382, '00', 'Group Message 1 of 2'], [0x0302, '', 'Group Message 2 of 2'], [0x0f0a, '', 'Request, Error'], [0x0b0a, '', 'Request'],
  ])('key information %i with data "%s" is: %s', (info, data, words) => {
    expect(one(keyFrame(info, data)).info).toBe(`Key (${words})`);
  });

  test('encrypted key data are bytes, of WPA and of groups always', () => {
    for (const frame of [keyFrame(0x13ca, RSN_ELEMENT), keyFrame(0x0382, RSN_ELEMENT, 254)]) {
      expect(one(frame).values).toMatchObject({ 'wlan_rsna_eapol.keydes.data': [RSN_ELEMENT] });
      expect(one(frame).values).not.toHaveProperty(['wlan.tag']);
    }
  });

  test('a key of dynamic WEP', () => {
    const signed = ['01 0005 000000000000004d', '00'.repeat(16), '82', '33'.repeat(16)] as const;
    expect(one(eapol(3, ...signed, '6162636465')).values).toMatchObject({ 'eapol.keydes.key_index.type': ['1'], 'eapol.keydes.key_index.number': ['2'], 'eapol.keydes.key': ['6162636465'], 'eapol.keydes.key.generated_locally': ['0'] });
    expect(one(eapol(3, ...signed)).values).toMatchObject({ 'eapol.keydes.key.generated_locally': ['1'] });
  });

  test.each([
    [1, '', 'Start', 'eth:ethertype:eapol'], [2, '', 'Logoff', 'eth:ethertype:eapol'], [4, '01', 'Encapsulated ASF Alert', 'eth:ethertype:eapol:data'], [9, '', 'Unknown Type (0x09)', 'eth:ethertype:eapol'], [3, '07 01', 'Key', 'eth:ethertype:eapol'],
  ])('type %i with "%s": %s', (type, body, info, protocols) => {
    expect(one(eapol(type, body))).toMatchObject({ info, protocols, protocol: 'EAPOL' });
  });

  test('what follows the frame pads it', () => {
    const padded = new Uint8Array(60);
    padded.set(eapol(1));
    expect(one(padded)).toMatchObject({ protocols: 'eth:ethertype:eapol', info: 'Start' });
  });

  test('cut short', () => {
    expect(one(eapol(3, '02 008a')).info).toBe('Key[Malformed Packet]');
    expect(one(keyFrame(0x008a).subarray(0, 60), { wireLength: 113 }).info).toBe('Key[Packet size limited during capture]');
  });
});
