/**
 * A proof's certificate on disk, checked in a process of its own by the command that a stranger would use.
 *
 * The file gets its name only once it has been accepted.
 */
import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Certified } from '../certificate/certify.ts';
import type { Source } from '../formats/source.ts';
import { success, type Result } from '../model/failure.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { exitCode } from './exit-code.ts';
import { writeWhole } from './output.ts';

/** The verdict; but undecided where it is a proof whose certificate is not accepted, or cannot be made. */
export async function confirmed(
  file: string,
  verdict: Verdict,
  certified: Certified,
  sources: readonly (Source | null)[],
): Promise<Result<Verdict>> {
  if (verdict.verdict !== 'proved') return success(verdict);
  const models = sources.flatMap((source) => (source === null ? [] : [source]));
  const written = await writeCertificate(file, certified, models);
  if (!written.ok) return { ok: false, failure: { ...written.failure, node: file } };
  const { value: reason } = written;
  if (reason === null) return success(verdict);
  const { assumptions } = verdict;
  return success({ verdict: 'undecided', assumptions, reason, firstDifference: null });
}

/** Null where the certificate is written and accepted, else why there is none. */
async function writeCertificate(
  file: string,
  certified: Certified,
  models: readonly Source[],
): Promise<Result<string | null>> {
  if (!certified.ok)
    return success(`there is a proof, but no certificate of it: ${certified.reason}`);
  const { certificateText } = await import('../certificate/certificate-json.ts');
  const { libraryDigest } = await import('../certificate/library-digest.ts');
  const [original, converted] = models;
  const certificate = {
    ...certified.argument,
    models: [original.sha256, converted.sha256] as const,
    library: libraryDigest(),
  };
  const unchecked = `${file}.unchecked`;
  const written = await writeWhole(unchecked, certificateText(certificate));
  if (!written.ok) return written;
  const rejection = await reject(unchecked, [original.path, converted.path]);
  if (rejection === null) await rename(unchecked, file);
  else await rm(unchecked, { force: true });
  return success(rejection);
}

async function reject(certificate: string, models: readonly string[]): Promise<string | null> {
  const main = path.join(import.meta.dirname, `main${path.extname(import.meta.filename)}`);
  const argv = [...process.execArgv, main, 'check', '--', certificate, ...models];
  const { status, said } = await new Promise<{ status: number | null; said: string }>((resolve) => {
    const child = execFile(process.execPath, argv, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, said: `${stdout}${stderr}`.trim() });
    });
  });
  if (status === exitCode.proved) return null;
  const ended = status === null ? 'its process was ended' : `exit code ${status}`;
  return `the checker does not accept the certificate: ${said === '' ? ended : said}`;
}
