/**
 * Records what a case does to the world: paths opened, programs started, connections, threads.
 *
 * Node's modules are wrapped in place, and the bindings of ES modules renewed. Native code that opens files of
 * its own (onnxruntime) is not seen, nor are threads and child processes, which is why both are told: only
 * those of this program are allowed.
 */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import workers from 'node:worker_threads';

/** How many of its first arguments are paths, by the name of a function of `fs` and whether it writes. */
const reading: Readonly<Record<string, number>> = {
  ...{
    readFile: 1,
    readdir: 1,
    opendir: 1,
    createReadStream: 1,
    readlink: 1,
    watch: 1,
    watchFile: 1,
  },
};
const writing: Readonly<Record<string, number>> = {
  ...{ writeFile: 1, appendFile: 1, mkdir: 1, mkdtemp: 1, rm: 1, rmdir: 1, unlink: 1, truncate: 1 },
  ...{ chmod: 1, chown: 1, utimes: 1, lutimes: 1, createWriteStream: 1 },
  ...{ rename: 2, copyFile: 2, cp: 2, link: 2, symlink: 2 },
};

const real = fs.realpathSync.native;

/** Where a path leads, its last part too if it is there. */
function destination(file: string): string {
  const absolute = path.resolve(file);
  try {
    return real(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(destination(parent), path.basename(absolute));
  }
}

function pathOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof URL) return value.protocol === 'file:' ? fileURLToPath(value) : value.href;
  return Buffer.isBuffer(value) ? value.toString() : null;
}

function inside(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file === folder || file.startsWith(folder + path.sep));
}

export interface Rules {
  /** Folders that may be read. */
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  /** Modules that may be started as processes or threads. */
  readonly modules: readonly string[];
}

type Callable = (...args: readonly unknown[]) => unknown;

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

function wrap(holder: object, name: string, before: (args: readonly unknown[]) => void): void {
  const original: unknown = Reflect.get(holder, name);
  if (!isCallable(original)) return;
  const wrapped = new Proxy(original, {
    apply(target, self, args) {
      before(args);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, self) {
      before(args);
      const made: unknown = Reflect.construct(target, args, self);
      return typeof made === 'object' && made !== null ? made : {};
    },
  });
  Reflect.set(holder, name, wrapped);
}

export class Access {
  readonly #rules: Rules;
  #seen: string[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#wrapFiles();
    this.#wrapOthers();
    syncBuiltinESMExports();
  }

  /** What was done against the rules since it was last asked. */
  take(): readonly string[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  #judge(name: string, value: unknown, isWrite: boolean): void {
    const file = pathOf(value);
    if (file === null || file.includes('\0')) return;
    const { readable, writable } = this.#rules;
    const target = destination(file);
    if (inside(target, writable) || (!isWrite && inside(target, readable))) return;
    this.#seen.push(`${name} ${target}`);
  }

  #wrapFiles(): void {
    const judged = (names: Readonly<Record<string, number>>, isWrite: boolean): void => {
      for (const [name, count] of Object.entries(names)) {
        const before = (args: readonly unknown[]): void => {
          for (const arg of args.slice(0, count)) this.#judge(name, arg, isWrite);
        };
        wrap(fs, name, before);
        wrap(fs, `${name}Sync`, before);
        wrap(fs.promises, name, before);
      }
    };
    judged(reading, false);
    judged(writing, true);
    const opened = ([file, flags = 'r']: readonly unknown[]): void => {
      const isWrite = typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(String(flags));
      this.#judge('open', file, isWrite);
    };
    for (const holder of [fs, fs.promises]) wrap(holder, 'open', opened);
    wrap(fs, 'openSync', opened);
  }

  #wrapOthers(): void {
    const started = (name: string) => {
      return ([file]: readonly unknown[]): void => {
        const what = pathOf(file) ?? String(file);
        if (!this.#rules.modules.includes(what)) this.#seen.push(`${name} ${what}`);
      };
    };
    for (const name of [
      'spawn',
      'exec',
      'execFile',
      'fork',
      'spawnSync',
      'execSync',
      'execFileSync',
    ]) {
      wrap(childProcess, name, started(name));
    }
    wrap(workers, 'Worker', started('Worker'));
    const refused = (name: string) => (): void => {
      this.#seen.push(name);
    };
    wrap(net.Socket.prototype, 'connect', refused('net connect'));
    wrap(net.Server.prototype, 'listen', refused('net listen'));
    for (const holder of [http, https]) {
      wrap(holder, 'request', refused('http request'));
      wrap(holder, 'get', refused('http get'));
    }
    wrap(dns, 'lookup', refused('dns lookup'));
    wrap(dgram, 'createSocket', refused('udp'));
    wrap(globalThis, 'fetch', refused('fetch'));
  }
}
