/**
 * Live capture: the one module of native/ that others import. The helper is the first choice: it alone
 * has rights, and a capture in it outlives this process. Without it the same core serves as an addon
 * inside this process, and without a compiler the package `cap` does, with limits that are told.
 */
import { rmSync } from 'node:fs';
import { captureWithAddon, loadAddon, type NativeAddon } from './addon.ts';
import { capCapture, capInterfaces, capLimits, loadCap } from './cap-fallback.ts';
import { CaptureError, type CaptureBackend, type CaptureInterfaceInfo, type CaptureOptions, type FilterCheck, type FoundCapture, type InterfaceWatch, type PermissionProblem, type RunningCapture, type WatchCounters } from './capture-types.ts';
import { controlSockets, newControlSocket } from './control-folder.ts';
import { captureArguments } from './helper-arguments.ts';
import { askHelper, askHelperNow, connectCapture, followHelper, spawnCapture } from './helper-process.ts';
import { checkResult, interfacesResult, type NativeInterface, parseJson, versionResult, watchLine } from './helper-messages.ts';
import { defaultRouteInterfaces, friendlyName } from './linux-network.ts';
import { buildFailure, findHelper, mayRun, runnableHelper } from './native-files.ts';
import { notAdmitted } from './permissions.ts';

export { CaptureError } from './capture-types.ts';
export type {
  CaptureBackend,
  CapturedInterface,
  CaptureEvent,
  CaptureInterfaceInfo,
  CaptureOptions,
  Counters,
  Counts,
  DeletedFile,
  FileLimits,
  FilterCheck,
  FoundCapture,
  InterfaceAddress,
  InterfaceCounters,
  InterfaceSettings,
  InterfaceWatch,
  LinkType,
  NextFile,
  PermissionProblem,
  Problem,
  ProblemCode,
  RunningCapture,
  Started,
  StopLimits,
  Stopped,
  StopReason,
  WatchCounters,
  WatchedInterface,
} from './capture-types.ts';
export { permissionProblem } from './permissions.ts';

const addonLimits = ['The capture runs inside this program: it ends when the program ends, and the program itself needs the rights.'];

/** What captures here. Never throws; nothing is kept, so it is right again after an installation or a repair. */
export function backend(): CaptureBackend {
  const helper = findHelper();
  if (helper !== null) {
    // Why not is `permissionProblem`'s to tell.
    if (!mayRun(helper)) return { kind: 'helper', version: null, missing: null, limits: [] };
    const answer = askHelperNow(helper, ['version'], versionResult);
    if (answer === null) return { kind: 'helper', version: null, missing: `The capture helper ${helper} could not be run.`, limits: [] };
    return { kind: 'helper', version: answer.library, missing: answer.library === null ? (answer.problem?.message ?? 'libpcap could not be used.') : null, limits: [] };
  }
  const addon = loadAddon();
  if (addon !== null) {
    const answer = versionResult.safeParse(parseJson(addon.version())).data;
    return { kind: 'addon', version: answer?.library ?? null, missing: answer?.library ? null : (answer?.problem?.message ?? null), limits: addonLimits };
  }
  if (loadCap() !== null) return { kind: 'cap', version: null, missing: null, limits: capLimits };
  return { kind: 'none', version: null, missing: nothingCaptures(), limits: [] };
}

function nothingCaptures(): string {
  return buildFailure() ?? 'The capture helper has not been built: run npm run build:native (it needs a C++ compiler, make and Python 3).';
}

/**
 * All interfaces: those with a default route first, then by whether they are up.
 * @throws {CaptureError} no-libpcap, libpcap-too-old, internal
 */
export async function listInterfaces(): Promise<readonly CaptureInterfaceInfo[]> {
  const routes = process.platform === 'linux' ? defaultRouteInterfaces() : new Set<string>();
  const described = (await nativeInterfaces()).map((each) => ({
    ...each,
    friendlyName: process.platform === 'linux' ? friendlyName(each.name) : each.description,
    isDefaultRoute: routes.has(each.name),
  }));
  const rank = (each: CaptureInterfaceInfo): number => (each.isDefaultRoute ? 0 : each.isRunning && !each.isLoopback ? 1 : each.isUp ? 2 : 3);
  return described.sort((a, b) => rank(a) - rank(b));
}

/** Who may not run the helper still sees what there is. */
async function nativeInterfaces(): Promise<readonly NativeInterface[]> {
  const helper = runnableHelper();
  if (helper !== null) return interfacesOf(await askHelper(helper, ['interfaces'], interfacesResult));
  const addon = loadAddon();
  if (addon !== null) return interfacesOf(parseJson(await addon.interfaces()));
  const cap = loadCap();
  if (cap !== null) return capInterfaces(cap);
  throw new CaptureError('internal', nothingCaptures());
}

function interfacesOf(answer: unknown): readonly NativeInterface[] {
  const { data } = interfacesResult.safeParse(answer);
  if (data === undefined) throw new CaptureError('internal', 'The list of interfaces was not understood; the native parts are of another version: run npm run build:native.');
  if (!data.ok) throw new CaptureError(data.code, data.message);
  return data.interfaces;
}

/**
 * Whether libpcap compiles a capture filter for a link type (DLT_ number). Names in it may be looked up,
 * so this can take a while; it never blocks this process.
 * @throws {CaptureError} no-libpcap, libpcap-too-old, internal
 */
export async function checkFilter(text: string, linkType: number, snaplen: number): Promise<FilterCheck> {
  const answer = await filterAnswer(text, linkType, snaplen);
  if (answer.ok) return answer;
  if (answer.code !== 'bad-filter') throw new CaptureError(answer.code, answer.message);
  // The core counts bytes.
  const at = answer.at === null ? null : Buffer.from(text).subarray(0, answer.at).toString().length;
  return { ok: false, message: answer.message, token: answer.token, at };
}

async function filterAnswer(text: string, linkType: number, snaplen: number) {
  const helper = runnableHelper();
  if (helper !== null) return askHelper(helper, ['check', '--link-type', String(linkType), '--snaplen', String(snaplen), '--', text], checkResult);
  const addon: NativeAddon | null = loadAddon();
  if (addon !== null) return checkResult.parse(parseJson(await addon.check(text, linkType, snaplen)));
  throw new CaptureError('internal', nothingCaptures());
}

/**
 * Starts a capture and waits until it runs. With the helper it runs on by itself: after `detach`, or the
 * end of this process, until its limits, and `attachCapture` finds it again.
 * @throws {CaptureError} with the helper's code and message when it does not start
 */
export async function startCapture(options: CaptureOptions): Promise<RunningCapture> {
  if (options.interfaces.length === 0) throw new CaptureError('no-such-interface', 'No interface was chosen.');
  const helper = findHelper();
  if (helper !== null) {
    if (!mayRun(helper)) throw new CaptureError('no-permission', sentencesOf(notAdmitted(helper)));
    const controlSocket = options.controlSocket ?? newControlSocket();
    return spawnCapture(helper, captureArguments(options, controlSocket), controlSocket, options.file === '-');
  }
  const addon = loadAddon();
  if (addon !== null) return captureWithAddon(addon, captureArguments(options, null));
  const cap = loadCap();
  if (cap !== null) return capCapture(cap, options);
  throw new CaptureError('internal', nothingCaptures());
}

function sentencesOf({ message, remedy, command }: PermissionProblem): string {
  return `${message} ${remedy}${command === null ? '' : ` (${command})`}`;
}

/**
 * Attaches to a capture that runs already.
 * @throws {CaptureError} when nothing answers at the socket
 */
export function attachCapture(controlSocket: string): Promise<RunningCapture> {
  return connectCapture(controlSocket);
}

/** Captures of this user that run, whoever started them; sockets of ended ones are removed. */
export async function findRunningCaptures(): Promise<readonly FoundCapture[]> {
  const found = await Promise.all(controlSockets().map(probe));
  return found.filter((each) => each !== null);
}

async function probe(controlSocket: string): Promise<FoundCapture | null> {
  try {
    const capture = await connectCapture(controlSocket);
    const { pid, file } = capture;
    capture.detach();
    return { controlSocket, pid, file };
  } catch (error) {
    // Refused: nobody listens any more, and a socket's name is never used twice.
    if (error instanceof CaptureError && error.message.includes('ECONNREFUSED')) rmSync(controlSocket, { force: true });
    return null;
  }
}

/**
 * What passes interfaces, twice a second, from the system's own counters: no packet is captured and no
 * right is needed. Without the helper there are no counters.
 */
export function watchInterfaces(names: readonly string[], onCounters: (counters: WatchCounters) => void): InterfaceWatch {
  const helper = runnableHelper();
  if (helper === null || names.length === 0) return { stop: () => undefined };
  return followHelper(helper, ['watch', ...names.flatMap((name) => ['-i', name])], (line) => {
    const { data } = watchLine.safeParse(parseJson(line));
    if (data !== undefined) onCounters(data);
  });
}
