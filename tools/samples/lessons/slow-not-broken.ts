import { concat } from '../../craft/bytes.ts';
import type { CapturedFrame } from '../../craft/capture-file.ts';
import { addressRecord, dnsType } from '../../craft/dns.ts';
import { TcpConversation } from '../../craft/tcp-conversation.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, sessionIdOf } from '../../craft/tls.ts';
import { answer, ask } from '../name-lookup.ts';
import { gateway, laptop, newWire, randomFor, remote, type Sample } from '../sample.ts';

const id = 'slow-not-broken';
const serverAddress = '192.0.2.143';
const roundTripUs = 24_000;
/** Where the time of this request goes. */
const lookupUs = 37_000;
const handshakeCpuUs = 4_000;
const serverThinksUs = 2_140_000;

export const slowNotBroken: Sample = {
  id,
  title: 'Slow, not broken',
  description: 'Split one slow request into name, connection, TLS and first byte.',
  layers: [4, 7],
  interfaceName: 'wlan0',
  frames,
};

function frames(): readonly CapturedFrame[] {
  const wire = newWire(9);
  const random = randomFor(id);
  const lookup = { client: laptop, resolver: gateway, clientPort: 40021 };
  const question = { id: random.below(0x10000), name: 'api.example.com', type: dnsType.a };
  ask(wire, lookup, question);
  wire.wait(lookupUs);
  answer(wire, lookup, question, { answers: [addressRecord(serverAddress, 60)] });
  wire.wait(150);
  const connection = new TcpConversation(wire, { client: laptop, server: remote(serverAddress, 9), clientPort: 52210, serverPort: 443, clientSequence: random.u32(), serverSequence: random.u32() });
  const hello = clientHello(random, { serverName: 'api.example.com', protocols: ['http/1.1'] });
  connection.open(roundTripUs);
  wire.wait(200);
  connection.send('client', { payload: hello });
  wire.wait(roundTripUs);
  connection.send('server');
  wire.wait(handshakeCpuUs);
  connection.transfer('server', concat(serverHello(random, sessionIdOf(hello)), changeCipherSpec(), encryptedRecords(random, 2100)));
  wire.wait(900);
  connection.send('client', { payload: concat(changeCipherSpec(), encryptedRecords(random, 53), encryptedRecords(random, 212)), comment: 'The request. The network is done in a round trip from here.' });
  wire.wait(roundTripUs);
  connection.send('server', { comment: 'The server has it: the acknowledgment comes at once.' });
  wire.wait(serverThinksUs);
  connection.send('server', { payload: encryptedRecords(random, 640), comment: 'The first byte, two seconds later: this time belongs to the application.' });
  wire.wait(90);
  connection.send('client');
  connection.close('client', roundTripUs);
  return wire.frames;
}
