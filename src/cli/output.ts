/**
 * Everything the commands write: lines to the terminal, files as a whole or not at all.
 *
 * A reader that goes away (`plainproof inspect m.onnx | head`) is no error of ours: what it no longer
 * reads is dropped and the exit code stays that of the verdict.
 */
import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { describeFailure, failed, success, type Failure, type Result } from '../model/failure.ts';
import { exitCode } from './exit-code.ts';

/** To be called once; without it Node reports a broken pipe as an uncaught exception. */
export function ignoreBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      // What was to be said cannot be: that must not pass for having been said.
      if (stream === process.stdout) {
        process.stderr.write(
          `plainproof: stdout: cannot be written (${error.code ?? error.message})\n`,
        );
      }
      process.exit(exitCode.unreadable);
    });
  }
}

/**
 * Settles when the text has been handed over, or when nobody is there to take it. Where it cannot be written, the
 * process ends instead (see above).
 */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) resolve();
      else if ('code' in error && error.code === 'EPIPE') resolve();
    });
  });
}

/** Names come from files: an escape sequence in one must not reach the terminal. */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (c) => (c === '\n' ? c : '\uFFFD'));
}

export function print(text: string): Promise<void> {
  return write(process.stdout, harmless(text));
}

/** Beside what the command has to say: progress, and remarks where stdout is read by a program. */
export function printAside(text: string): Promise<void> {
  return write(process.stderr, harmless(text));
}

/** One line on stderr for a failure of the user's files; the exit code to end with. */
export async function reportFailure(file: string, failure: Failure): Promise<number> {
  const line = describeFailure(file, failure).replace(/\s+/g, ' ');
  await write(process.stderr, `plainproof: ${harmless(line)}\n`);
  return exitCode.unreadable;
}

/** One line on stderr for a command that asks for what there is not; the exit code to end with. */
export async function reportUsage(message: string): Promise<number> {
  await write(process.stderr, `plainproof: ${harmless(message)}\n`);
  return exitCode.usage;
}

/** Writes beside the target and renames, so that nobody ever reads half a file. */
export async function writeWhole(file: string, text: string): Promise<Result<null>> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, file);
    return success(null);
  } catch (error) {
    // What keeps it from being written may keep it from being removed.
    await rm(temporary, { force: true }).catch(() => null);
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('cannot-write', '', `cannot be written (${reason})`);
  }
}
