/** The helper's command line for a capture. The addon takes the same words. */
import type { CaptureOptions, InterfaceSettings } from './capture-types.ts';

/** Options before the first -i hold for every interface, those after one for that one. */
export function captureArguments(options: CaptureOptions, controlSocket: string | null): readonly string[] {
  const { stopAfter = {}, nextFileAfter = {} } = options;
  return [
    'capture',
    ...['--out', options.file],
    ...valued('--control', controlSocket ?? undefined),
    ...valued('--user', options.user),
    ...valued('--max-packets', stopAfter.packets),
    ...valued('--max-bytes', stopAfter.bytes),
    ...valued('--max-seconds', stopAfter.seconds),
    ...valued('--max-files', stopAfter.files),
    ...valued('--file-bytes', nextFileAfter.bytes),
    ...valued('--file-seconds', nextFileAfter.seconds),
    ...valued('--file-packets', nextFileAfter.packets),
    ...valued('--ring-files', nextFileAfter.ringFiles),
    ...settingArguments(options),
    ...options.interfaces.flatMap((each) => ['-i', each.name, ...settingArguments(each)]),
  ];
}

function settingArguments(settings: InterfaceSettings): readonly string[] {
  return [
    ...valued('--filter', settings.filter),
    ...valued('--snaplen', settings.snaplen),
    ...valued('--promiscuous', settings.promiscuous === undefined ? undefined : Number(settings.promiscuous)),
    ...valued('--monitor', settings.monitor === undefined ? undefined : Number(settings.monitor)),
    ...valued('--buffer-kib', settings.bufferKib),
    ...valued('--link-type', settings.linkType),
    ...valued('--timestamp-type', settings.timestampType),
    ...valued('--timestamp-precision', settings.timestampPrecision),
  ];
}

function valued(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}
