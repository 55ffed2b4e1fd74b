/**
 * What `check` does with a certificate and two models, and whether what it accepts is true: both models are evaluated,
 * by code that the checker is no part of. A case with one model is about that and itself.
 *
 * Digests say `<original>`, `<converted>` and `<library>` and are put in here, as whoever forges a certificate would:
 * a changed model would else be rejected for its digest alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { certificateOf } from '../../src/certificate/certificate-json.ts';
import { libraryDigest } from '../../src/certificate/library-digest.ts';
import { declareCheck } from '../../src/cli/check.ts';
import { exitCode } from '../../src/cli/exit-code.ts';
import type { Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { statistics } from '../../src/model/statistics.ts';
import { Random } from '../../src/networks/random.ts';
import { gap, inputsOf } from '../../test/pairs/gap.ts';
import { demand, type Subject } from '../subject.ts';
import { readCase } from './reading.ts';

/** Beyond what `verify` calls a rounding, a certificate says little, and nothing that can be measured. */
const mostUlps = 16;

/** A model that takes longer to evaluate a few times than checking may is not judged. */
const most = 2 ** 19;

function isSmall(model: Model): boolean {
  const entries = model.tensors.reduce((sum, { shape }) => sum + elements(shape), 0);
  return entries < most && statistics(model).macs < most;
}

async function codeOf(...args: readonly string[]): Promise<number> {
  let code = -1;
  const program = new Command().exitOverride();
  declareCheck(program, (said) => (code = said));
  await program.parseAsync(['check', ...args], { from: 'user' });
  return code;
}

const subject: Subject = async (folder) => {
  const at = (name: string): string => path.join(folder, name);
  const file = at('certificate.json');
  const converted = existsSync(at('converted.onnx')) ? 'converted.onnx' : 'original.onnx';
  const first = await readCase(at('original.onnx'));
  if (!first.ok) return first.failure.code;
  const second = converted === 'original.onnx' ? first : await readCase(at(converted));
  if (!second.ok) return second.failure.code;
  const [original, other] = [first.value, second.value];
  const text = readFileSync(file, 'utf8')
    .replaceAll('"<original>"', `"${original.sha256}"`)
    .replaceAll('"<converted>"', `"${other.sha256}"`)
    .replaceAll('"<library>"', `"${libraryDigest}"`);
  writeFileSync(file, text);
  const code = await codeOf(file, at('original.onnx'), at(converted));
  if (code === exitCode.unreadable) return 'no certificate';
  if (code === exitCode.undecided) return 'rejected';
  demand(code === exitCode.proved, `exit code ${code}`);
  const certificate = certificateOf(JSON.parse(text));
  demand(certificate.ok, 'accepted and not read');
  const { inputRange, maxUlps } = certificate.value;
  if (maxUlps > mostUlps) return 'accepted, loose';
  if (!isSmall(original.model) || !isSmall(other.model)) return 'accepted, large';
  const pair = { original: original.model, converted: other.model };
  const range = inputRange === null ? null : { lower: inputRange[0], upper: inputRange[1] };
  const forgiven = { original: maxUlps, converted: maxUlps };
  for (const inputs of inputsOf({ ...pair, inputRange: range }, new Random(1, 'fine'))) {
    demand(!(gap(pair, inputs, forgiven).excess > 0), 'accepted, and the models differ');
  }
  return 'accepted';
};

export default subject;
