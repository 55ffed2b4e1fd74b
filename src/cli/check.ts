/**
 * `plainproof check`: does a certificate show that two files hold the same function?
 *
 * Loads the readers and the checker, and nothing of the prover; a certificate that is not accepted says nothing
 * against the models.
 */
import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Certificate } from '../certificate/certificate.ts';
import { libraryDigest } from '../certificate/library-digest.ts';
import { failed, type Result } from '../model/failure.ts';
import { exitCode } from './exit-code.ts';
import { print, reportFailure } from './output.ts';

/** Larger than any certificate is; a file is read into memory as a whole. */
const largest = 2 ** 28;

export function declareCheck(program: Command, end: (code: number) => void): void {
  program
    .command('check')
    .summary('check a certificate that verify has written')
    .description(
      'Checks with a small program of its own that a certificate shows two models to compute the same function.\n' +
        'Exit code: 0 it does, 2 it does not, 64 wrong usage, 65 a file that cannot be read.',
    )
    .argument('<certificate>', 'what verify --certificate has written')
    .argument('<original>', 'model file: ONNX, Keras layers-model or tfjs graph-model')
    .argument('<converted>', 'model file that is certified to compute the same')
    .action(async (certificate: string, original: string, converted: string) => {
      end(await runCheck(certificate, original, converted));
    });
}

async function readCertificate(file: string): Promise<Result<Certificate>> {
  const { certificateOf } = await import('../certificate/certificate-json.ts');
  let json: unknown;
  try {
    const { size } = await stat(file);
    if (size > largest) return failed('too-large', '', 'a certificate above 256 MiB');
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return failed('bad-attribute', '', 'not a certificate');
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot be read (${reason})`);
  }
  return certificateOf(json);
}

async function runCheck(file: string, original: string, converted: string): Promise<number> {
  const certificate = await readCertificate(file);
  if (!certificate.ok) return reportFailure(file, certificate.failure);
  const { openModel } = await import('../formats/read-model.ts');
  const opened = await Promise.all([openModel(original), openModel(converted)]);
  const [left, right] = opened;
  if (!left.ok) return reportFailure(original, left.failure);
  if (!right.ok) return reportFailure(converted, right.failure);
  const { check } = await import('../checker/check.ts');
  const checked = check(left.value.model, right.value.model, certificate.value);
  const digests: string[] = [];
  for (const [i, { finish }] of [left.value, right.value].entries()) {
    const source = await finish();
    if (!source.ok) return reportFailure([original, converted][i], source.failure);
    digests.push(source.value.sha256);
  }
  const reason = objection(certificate.value, digests, checked);
  if (reason !== null) {
    await print(`not accepted: ${reason}\n`);
    return exitCode.undecided;
  }
  const { inputRange, maxUlps } = certificate.value;
  const inputs =
    inputRange === null ? 'every finite input' : `inputs in [${inputRange.join(', ')}]`;
  await print(
    `accepted: ${converted} computes the function of ${original} for ${inputs}, ` +
      `every coefficient within ${Math.ceil(maxUlps * 1000) / 1000} units in the last place\n`,
  );
  return exitCode.proved;
}

function objection(
  { models, library }: Certificate,
  digests: readonly string[],
  checked: { readonly ok: true } | { readonly ok: false; readonly reason: string },
): string | null {
  for (const [i, which] of ['original', 'converted model'].entries()) {
    if (models[i] !== digests[i]) return `it is about another ${which}, of SHA-256 ${models[i]}`;
  }
  if (library !== libraryDigest) return 'it cites another library of theorems';
  return checked.ok ? null : checked.reason;
}
