import { describe, expect, test } from 'vitest';
import { liveOptions, type LiveInterface } from '../../shared/ipc/capture-contract.ts';
import { plainForm, plainInterface, type CaptureForm } from './capture-form.ts';
import { readCaptureForm } from './read-capture-form.ts';
import { readRemoteForm, type RemoteForm } from './remote-form.ts';

const eth0: LiveInterface = {
  name: 'eth0', description: null, friendlyName: null, addresses: [], isUp: true, isRunning: true, isLoopback: false, isWireless: false, hasCarrier: true, isDefaultRoute: true,
  linkTypes: [{ number: 1, name: 'EN10MB', description: 'Ethernet' }, { number: 143, name: 'DOCSIS', description: 'DOCSIS' }], canMonitor: false, timestampTypes: ['host', 'adapter'], problem: null,
};
const wlan0: LiveInterface = { ...eth0, name: 'wlan0', canMonitor: true };
const known = [eth0, wlan0];
const form: CaptureForm = { ...plainForm, chosen: ['eth0'] };

function messages(changed: Partial<CaptureForm>): readonly (readonly [string, string, string])[] {
  return readCaptureForm({ ...form, ...changed }, known).errors.map(({ tab, field, message }) => [tab, field, message]);
}

describe('what is asked of the host', () => {
  test('as nothing was changed: one file, no limits, everything of each packet, and the contract takes it', () => {
    const { options } = readCaptureForm(form, known);
    expect(options).toEqual({
      interfaces: [{ name: 'eth0', promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter: '' }],
      file: null,
      autostop: { packets: null, bytes: null, seconds: null, files: null },
      rotate: { bytes: null, seconds: null, packets: null, ring: null },
      excludeOwnSsh: true,
    });
    expect(liveOptions.safeParse(options).success).toBe(true);
  });

  test('everything set up: units are counted out, an own filter takes the place of the common one', () => {
    const { options } = readCaptureForm(
      {
        ...form,
        chosen: ['eth0', 'wlan0', 'gone0'],
        filter: ' port 53 ',
        interfaces: { wlan0: { ...plainInterface, monitor: true, snaplen: '96', bufferKib: '4,096', linkType: 'DOCSIS', timestampType: 'adapter', precision: 'nano', filter: 'tcp' } },
        toFile: true,
        file: ' /srv/a.pcapng ',
        severalFiles: true,
        rotateSize: { on: true, value: '1.5', unit: 'GB' },
        rotateDuration: { on: true, value: '2', unit: 'h' },
        rotatePackets: { on: true, value: '100,000' },
        ring: { on: true, value: '10' },
        stopPackets: { on: true, value: '5' },
        stopSize: { on: true, value: '2', unit: 'MB' },
        stopDuration: { on: true, value: '3', unit: 'min' },
        stopFiles: { on: true, value: '7' },
      },
      known,
    );
    expect(options).toEqual({
      interfaces: [
        { name: 'eth0', promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter: 'port 53' },
        { name: 'wlan0', promiscuous: true, monitor: true, snaplen: 96, bufferKib: 4096, linkType: 'DOCSIS', timestampType: 'adapter', precision: 'nano', filter: 'tcp' },
      ],
      file: '/srv/a.pcapng',
      autostop: { packets: 5, bytes: 2_000_000, seconds: 180, files: 7 },
      rotate: { bytes: 1_500_000_000, seconds: 7200, packets: 100_000, ring: 10 },
      excludeOwnSsh: true,
    });
    expect(liveOptions.safeParse(options).success).toBe(true);
  });

  test('what an interface cannot do is not asked of it, whatever was set up for another of its name', () => {
    const { options } = readCaptureForm({ ...form, interfaces: { eth0: { ...plainInterface, monitor: true, linkType: 'IEEE802_11_RADIO', timestampType: 'ptp' } } }, known);
    expect(options?.interfaces[0]).toMatchObject({ monitor: false, linkType: null, timestampType: null });
  });
});

describe('what is wrong is told by field', () => {
  test.each<readonly [Partial<CaptureForm>, string, string, string]>([
    [{ chosen: [] }, 'input', 'chosen', 'Choose at least one interface.'],
    [{ chosen: ['gone0'] }, 'input', 'chosen', 'Choose at least one interface.'],
    [{ interfaces: { eth0: { ...plainInterface, snaplen: '300000' } } }, 'input', 'snaplen of eth0', 'The bytes kept of each packet of eth0 can be 262,144 at most.'],
    [{ interfaces: { eth0: { ...plainInterface, bufferKib: '-1' } } }, 'input', 'bufferKib of eth0', 'The buffer of eth0 must be a whole number, not “-1”.'],
    [{ stopPackets: { on: true, value: '' } }, 'stop', 'stopPackets', 'The number of packets is missing.'],
    [{ stopPackets: { on: true, value: '1.5' } }, 'stop', 'stopPackets', 'The number of packets must be a whole number, not “1.5”.'],
    [{ stopDuration: { on: true, value: '0', unit: 's' } }, 'stop', 'stopDuration', 'The duration must be more than 0.'],
    [{ severalFiles: true, rotateSize: { on: true, value: 'x', unit: 'MB' } }, 'output', 'rotateSize', 'The size of a file must be a number, not “x”.'],
    [{ severalFiles: true, rotateSize: { on: false, value: '1', unit: 'MB' } }, 'output', 'severalFiles', 'Say when the next file begins: after a size, a duration or a number of packets.'],
    [{ toFile: true, file: '' }, 'output', 'file', 'Name the file, with its whole path.'],
    [{ toFile: true, file: 'a.pcapng' }, 'output', 'file', 'Give the whole path, for example /home/ada/office.pcapng.'],
    [{ toFile: true, file: '/srv/' }, 'output', 'file', 'This is a folder: add the name of the file.'],
  ])('%j', (changed, tab, field, message) => {
    expect(messages(changed)).toEqual([[tab, field, message]]);
  });

  test('what is switched off is not judged', () => {
    expect(messages({ stopPackets: { on: false, value: 'x' }, rotateSize: { on: true, value: 'x', unit: 'MB' }, severalFiles: false, file: 'x' })).toEqual([]);
  });
});

describe('a remote capture', () => {
  const remote: RemoteForm = { host: 'router', port: '22', user: '', keyFile: '', remoteInterface: 'eth0', filter: '', ownPortExcluded: true };

  test('needs a host and an interface only', () => {
    expect(readRemoteForm(remote).options).toEqual({ host: 'router', port: 22, user: null, keyFile: null, remoteInterface: 'eth0', filter: '', ownPortExcluded: true });
  });

  test.each<readonly [Partial<RemoteForm>, keyof RemoteForm]>([
    [{ host: ' ' }, 'host'],
    [{ host: '-oProxyCommand=x' }, 'host'],
    [{ host: 'two words' }, 'host'],
    [{ port: '0' }, 'port'],
    [{ port: '65536' }, 'port'],
    [{ port: '22x' }, 'port'],
    [{ user: '-l' }, 'user'],
    [{ keyFile: '-F' }, 'keyFile'],
    [{ remoteInterface: '' }, 'remoteInterface'],
    [{ remoteInterface: '-w' }, 'remoteInterface'],
  ])('%j is told', (changed, field) => {
    const { options, errors } = readRemoteForm({ ...remote, ...changed });
    expect([options, Object.keys(errors)]).toEqual([null, [field]]);
  });
});
