/** From what stands in the fields to what the host is asked for, or to what is wrong with it, field by field. */
import type { LiveInterface, LiveInterfaceOptions, LiveOptions } from '../../shared/ipc/capture-contract.ts';
import { formatCount } from '../../shared/format/size.ts';
import { formOf, type CaptureForm, type CountForm } from './capture-form.ts';

export type OptionsTab = 'input' | 'output' | 'stop';

export interface FieldError {
  readonly tab: OptionsTab;
  /** As the fields are called: "stopPackets", "snaplen of eth0". */
  readonly field: string;
  readonly message: string;
}

export type ReadForm = { readonly options: LiveOptions; readonly errors: readonly [] } | { readonly options: null; readonly errors: readonly FieldError[] };

const bytesPerUnit = { kB: 1e3, MB: 1e6, GB: 1e9 } as const;
const secondsPerUnit = { s: 1, min: 60, h: 3600 } as const;
const largestSnaplen = 262_144;
const largestBufferKib = 4_194_304;
const largestRing = 100_000;

interface Amount {
  readonly tab: OptionsTab;
  readonly field: keyof CaptureForm;
  /** "The number of packets after which the capture stops". */
  readonly what: string;
  readonly most?: number;
  /** What one of the unit is. */
  readonly unit?: number;
}

/** Reads the form for those of the chosen interfaces that exist. */
export function readCaptureForm(form: CaptureForm, known: readonly LiveInterface[]): ReadForm {
  const errors: FieldError[] = [];
  const chosen = known.filter(({ name }) => form.chosen.includes(name));
  if (chosen.length === 0) errors.push({ tab: 'input', field: 'chosen', message: 'Choose at least one interface.' });
  const interfaces = chosen.map((one) => readInterface(form, one, errors));
  const read = (amount: Amount, { on, value }: CountForm): number | null => (on ? readAmount(amount, value, errors) : null);
  const { rotateSize, rotateDuration, stopSize, stopDuration } = form;
  const rotate = form.severalFiles
    ? {
        bytes: read({ tab: 'output', field: 'rotateSize', what: 'The size of a file', unit: bytesPerUnit[rotateSize.unit] }, rotateSize),
        seconds: read({ tab: 'output', field: 'rotateDuration', what: 'The duration of a file', unit: secondsPerUnit[rotateDuration.unit] }, rotateDuration),
        packets: read({ tab: 'output', field: 'rotatePackets', what: 'The number of packets in a file' }, form.rotatePackets),
        ring: read({ tab: 'output', field: 'ring', what: 'The number of files that are kept', most: largestRing }, form.ring),
      }
    : { bytes: null, seconds: null, packets: null, ring: null };
  const autostop = {
    packets: read({ tab: 'stop', field: 'stopPackets', what: 'The number of packets' }, form.stopPackets),
    bytes: read({ tab: 'stop', field: 'stopSize', what: 'The size', unit: bytesPerUnit[stopSize.unit] }, stopSize),
    seconds: read({ tab: 'stop', field: 'stopDuration', what: 'The duration', unit: secondsPerUnit[stopDuration.unit] }, stopDuration),
    files: form.severalFiles ? read({ tab: 'stop', field: 'stopFiles', what: 'The number of files' }, form.stopFiles) : null,
  };
  checkFiles(form, errors);
  if (errors.length > 0) return { options: null, errors };
  return { options: { interfaces, file: form.toFile ? form.file.trim() : null, autostop, rotate, excludeOwnSsh: form.excludeOwnSsh }, errors: [] };
}

function checkFiles({ toFile, file, severalFiles, rotateSize, rotateDuration, rotatePackets }: CaptureForm, errors: FieldError[]): void {
  const path = file.trim();
  if (toFile && path === '') errors.push({ tab: 'output', field: 'file', message: 'Name the file, with its whole path.' });
  else if (toFile && !isAbsolute(path)) errors.push({ tab: 'output', field: 'file', message: 'Give the whole path, for example /home/ada/office.pcapng.' });
  else if (toFile && /[/\\]$/.test(path)) errors.push({ tab: 'output', field: 'file', message: 'This is a folder: add the name of the file.' });
  if (severalFiles && !rotateSize.on && !rotateDuration.on && !rotatePackets.on) {
    errors.push({ tab: 'output', field: 'severalFiles', message: 'Say when the next file begins: after a size, a duration or a number of packets.' });
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) || path.startsWith('\\\\');
}

function readInterface(form: CaptureForm, { name, canMonitor, linkTypes, timestampTypes }: LiveInterface, errors: FieldError[]): LiveInterfaceOptions {
  const own = formOf(form, name);
  const optional = (field: 'snaplen' | 'bufferKib', what: string, most: number): number | null =>
    own[field].trim() === '' ? null : readNumber(own[field], { what: `${what} of ${name}`, most }, (message) => errors.push({ tab: 'input', field: `${field} of ${name}`, message }));
  return {
    name,
    promiscuous: own.promiscuous,
    // What an interface cannot do (any more) is not asked of it.
    monitor: own.monitor && canMonitor !== false,
    snaplen: optional('snaplen', 'The bytes kept of each packet', largestSnaplen) ?? 0,
    bufferKib: optional('bufferKib', 'The buffer', largestBufferKib),
    linkType: linkTypes.some((linkType) => linkType.name === own.linkType) ? own.linkType : null,
    timestampType: timestampTypes.includes(own.timestampType) ? own.timestampType : null,
    precision: own.precision,
    filter: (own.filter.trim() === '' ? form.filter : own.filter).trim(),
  };
}

function readAmount({ tab, field, what, most, unit = 1 }: Amount, value: string, errors: FieldError[]): number | null {
  return readNumber(value, { what, most: most ?? Number.MAX_SAFE_INTEGER, unit }, (message) => errors.push({ tab, field, message }));
}

/** A number above 0, whole unless it counts units; people type separators. */
function readNumber(value: string, { what, most, unit = 1 }: { readonly what: string; readonly most: number; readonly unit?: number }, refuse: (message: string) => void): number | null {
  const typed = value.trim().replace(/[, ]/g, '');
  const pattern = unit > 1 ? /^\d+(\.\d+)?$/ : /^\d+$/;
  const read = Math.round(Number(typed) * unit);
  if (typed === '') refuse(`${what} is missing.`);
  else if (!pattern.test(typed)) refuse(`${what} must be a ${unit > 1 ? '' : 'whole '}number, not “${value.trim()}”.`);
  else if (read < 1) refuse(`${what} must be more than 0.`);
  else if (read > most) refuse(`${what} can be ${formatCount(most)} at most.`);
  else return read;
  return null;
}
