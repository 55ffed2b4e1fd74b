/**
 * The process that runs cases of one subject, watched from inside (access, prototypes, code that ran) and from
 * outside (time and memory, watched-process.ts). Arguments: the subject's module, and a folder for it alone.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Wrong, type Subject } from '../subject.ts';
import { Access } from './access.ts';
import { Coverage } from './coverage.ts';
import { makeFolders, putFiles } from './folder.ts';
import { Intrinsics } from './intrinsics.ts';
import { isRequest, type Complaint, type Reply, type Request } from './messages.ts';

/** Taken before anything is watched. */
const readWhole = readFileSync;

/**
 * Most memory this process has had, in bytes. What resource usage says begins with the peak of the process that
 * started this one, so Linux is asked where it tells.
 */
function peakOf(): number {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readWhole('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

const root = path.resolve(import.meta.dirname, '../..');
const [, , module, base] = process.argv;

const folders = makeFolders(base);
process.env['XDG_CACHE_HOME'] = folders.home;
process.env['TMPDIR'] = folders.home;

function isSubject(value: unknown): value is Subject {
  return typeof value === 'function';
}

const loaded: unknown = await import(pathToFileURL(module).href);
const subject =
  typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'default') : null;
if (!isSubject(subject)) throw new Error(`${module} has no subject`);
const run: Subject = subject;

let unhandled: unknown = null;
process.on('unhandledRejection', (error) => (unhandled ??= error));
process.on('uncaughtException', (error) => (unhandled ??= error));

const source = ['src', 'node_modules', 'schemas', 'fuzz', 'package.json', 'tsconfig.json'];
const readable = source.map((name) => path.join(root, name));
const access = new Access({
  // Node's modules are hard links or a real folder; where they are a link, what it leads to.
  readable,
  writable: [folders.files, folders.home],
  modules: ['src/solver/child.js', 'src/formats/digest-worker.js'].map((name) =>
    path.join(root, name),
  ),
});
const intrinsics = new Intrinsics();
const coverage = new Coverage(pathToFileURL(path.join(root, 'src/')).href);

function tell(reply: Reply): void {
  process.send?.(reply);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function complaintAbout(error: unknown): Complaint {
  return { kind: error instanceof Wrong ? 'wrong' : 'crash', message: textOf(error) };
}

async function answer({ id, files }: Request): Promise<void> {
  putFiles(folders.files, new Map(files));
  access.take();
  coverage.take();
  let ending = '';
  let complaint: Complaint | null = null;
  try {
    ending = await run(folders.files);
  } catch (error) {
    ending = 'exception';
    complaint = complaintAbout(error);
  }
  // What was left behind to happen later happens now.
  await new Promise((resolve) => setImmediate(resolve));
  const [seen] = access.take();
  const [change] = intrinsics.changes();
  if (unhandled !== null) complaint ??= complaintAbout(unhandled);
  if (seen !== undefined) complaint ??= { kind: 'access', message: seen };
  if (change !== undefined) complaint ??= { kind: 'pollution', message: change };
  unhandled = null;
  const peakBytes = peakOf();
  const bytes = process.memoryUsage.rss();
  tell({ kind: 'done', id, ending, complaint, fresh: coverage.take(), peakBytes, bytes });
}

process.on('message', (message: unknown) => {
  if (isRequest(message)) void answer(message);
});
process.on('disconnect', () => process.exit());
tell({ kind: 'ready' });
