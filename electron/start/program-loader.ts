/**
 * Runs a program from its CommonJS chunks and V8's code cache: with 150 protocols, reading the
 * source again takes longer than all else that a start does.
 *
 * The build lays a cache beside each chunk (scripts/code-cache.mjs). V8 itself refuses one that
 * another version made, and then compiles the source as ever; that a cache belongs to its chunk
 * is sure because both come from one build, which replaces the folder as a whole.
 * Node's own loaders offer this from version 22 on only (module.enableCompileCache).
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';

/** What a chunk is wrapped in (https://nodejs.org/api/modules.html#the-module-wrapper). */
type Wrapped = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }, file: string, folder: string) => void;

/** The cache of a chunk, beside it. */
export function cacheFile(chunk: string): string {
  return `${chunk}.cache`;
}

export class ProgramLoader {
  /** By path: chunks that were run, for whoever makes their caches. */
  readonly scripts = new Map<string, Script>();
  private readonly modules = new Map<string, { exports: unknown }>();

  /** Runs a chunk, once, and gives its exports. Throws what the chunk throws. */
  load(file: string): unknown {
    const known = this.modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(file, module);
    const script = this.compile(file);
    this.scripts.set(file, script);
    const builtIn = createRequire(file);
    // A bundle names its own chunks as neighbours; everything else is Node's.
    const require = (id: string): unknown => (id.startsWith('./') && id.endsWith('.cjs') ? this.load(join(dirname(file), basename(id))) : builtIn(id));
    const run = script.runInThisContext() as Wrapped;
    run(module.exports, require, module, file, dirname(file));
    return module.exports;
  }

  /** A chunk as a script, from its cache where there is one that fits. The build leaves nothing but ASCII in chunks. */
  compile(file: string): Script {
    const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'latin1')}\n})`;
    const cachedData = existsSync(cacheFile(file)) ? readFileSync(cacheFile(file)) : undefined;
    return new Script(source, { filename: file, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER, ...(cachedData && { cachedData }) });
  }
}
