/** The command line: `layerscope read|stat|serve|interfaces|capture`. Exit status: 0 done, 1 the file is at fault, 2 the command is. */
import { IpcError } from '../../shared/ipc/errors.ts';
import { CommandError } from './command-error.ts';
import { VERSION } from './version.ts';

const USAGE = `layerscope ${VERSION}: read captures and see the layers of a network

  layerscope read FILE    print packets, in tshark's option letters
      -T text|fields|json what to print; text is one line a packet
      -e FIELD            a field for -T fields or json, several times
      -E KEY=VALUE        header=y|n separator=/t|/s|C occurrence=f|l|a aggregator=,|/s|C quote=d|s|n
      -c N                only the first N packets
      -Y FILTER           only packets that match a display filter (docs/display-filter.md)
      --macros FILE       what its macros stand for: Wireshark's dmacros, or dfilter_macros of before 4.4
      -V                  the whole header tree, as text
      -f, --follow        print packets as they come, and go on as FILE grows, until Ctrl+C
      -o KEY:VALUE        checksums:true verifies checksums (also tshark's tcp.check_checksum:TRUE and its like);
                          tcp.reassemble_out_of_order:true waits for what comes late
      -d TABLE==KEY,PROTO decodes as PROTO, for example -d tcp.port==8888,http (also udp.port, ip.proto, ethertype)
      --memory-budget MB  memory for the index; the rest of it goes to a temporary file (default: a quarter
                          of the machine's memory); stat and serve take it, too
  layerscope stat FILE    what the capture is and how fast it opened
      --json              as JSON
      --deep              waits until every row is final, and says how long that took
  layerscope serve [FILE] open a window in a browser, from a host on this machine only
      --no-open           print the address instead
      -f, --follow        read on as FILE grows
      --port N            port to listen on (default: any free one)
  layerscope interfaces   what can be captured on; --json for programs
  layerscope capture      capture, in dumpcap's option letters, until Ctrl+C
      -i IF               interface, several times; options after one are for that one, others for all
      -f BPF -s N -p -I   capture filter, bytes kept of each packet, not promiscuous, monitor mode
      -B MB -y TYPE       size of the kernel's buffer, link type
      --time-stamp-type TYPE, --time-stamp-precision micro|nano
                          clock of the time stamps (layerscope interfaces lists them), and how fine they are
      -w FILE             file to write, - for standard output (default: one in the user's capture folder)
      -c N                only the first N packets
      -a COND             stop after duration:S filesize:KB packets:N files:N
      -b COND             next file after duration:S filesize:KB packets:N; files:N keeps the last N
      -P                  print packets as they come, as read does
      -q                  no counts while capturing
  FILE may be compressed with gzip, zstd or lz4, a named pipe, or - for standard input; with --follow also a
  folder into which another program writes a ring of files.
  layerscope --version, layerscope --help`;

async function main(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  switch (command) {
    // Loaded when asked for: the web host is most of the program, and reading needs none of it.
    case 'read':
      return (await import('./read.ts')).readCommand(rest);
    case 'stat':
      return (await import('./stat.ts')).statCommand(rest);
    case 'serve':
      return (await import('./serve.ts')).serveCommand(rest);
    case 'interfaces':
      return (await import('./interfaces.ts')).interfacesCommand(rest);
    case 'capture':
      return (await import('./capture.ts')).captureCommand(rest);
    case '--version':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case undefined:
    case 'help':
    case '-h':
    case '--help':
      process.stdout.write(`${USAGE}\n`);
      return command === undefined ? 2 : 0;
    default:
      throw new CommandError(`There is no command "${command}". Commands: read, stat, serve, interfaces, capture; layerscope --help explains them.`);
  }
}

// A reader that has seen enough (head, less) closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

/** They have closed what they opened when they answer, and leave nothing behind that would have to run. */
const ENDED_BY_ANSWER: readonly (string | undefined)[] = ['read', 'stat'];

/** Ends the process once all is written. Left to itself it would first take the memory of an index apart, which the system does anyway. */
function endWhenWritten(): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}

const words = process.argv.slice(2);
main(words).then(
  (status) => {
    process.exitCode = status;
    if (ENDED_BY_ANSWER.includes(words[0])) endWhenWritten();
  },
  (error: unknown) => {
    if (error instanceof CommandError || error instanceof IpcError) process.stderr.write(`layerscope: ${error.message}\n`);
    else process.stderr.write(`layerscope: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    // The web host refuses a file, or a port, in words for the user.
    process.exitCode = error instanceof IpcError ? 1 : 2;
  },
);
