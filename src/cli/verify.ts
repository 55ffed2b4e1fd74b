/**
 * `plainproof verify`: do two files hold the same function?
 *
 * The pipeline is imported when the command runs, so that help and usage errors cost nothing.
 */
import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { success, type Failure, type Result } from '../model/failure.ts';
import type { Certified } from '../certificate/author.ts';
import type { Model } from '../model/model.ts';
import { layoutAssumptions, signatureMismatch } from '../model/signature.ts';
import type { OpenModel } from '../formats/read-model.ts';
import type { Source } from '../formats/source.ts';
import type { KernelName } from '../kernels/kernel.ts';
import type { KernelErrors, ModelSummary, VerdictRecord } from '../report/record.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Checking } from '../checking/checking.ts';
import { exitCodeOf } from './exit-code.ts';
import { inputRange, kernelList, nonNegative, positiveInteger, type InputRange } from './option.ts';
import { print, reportFailure, writeWhole } from './output.ts';
import type { VerifyOptions } from '../verify.ts';
import { runDetails } from './run-details.ts';

interface Options {
  readonly inputRange?: InputRange;
  readonly maxUlps?: number;
  readonly rlimit?: number;
  readonly kernels?: readonly KernelName[];
  readonly json?: string;
  readonly account?: boolean;
  readonly html?: string;
  readonly markdown?: string;
  readonly certificate?: string;
  readonly check: boolean;
  readonly evidence: boolean;
}

/** Whether to keep what a report shows besides the verdict. */
function isDetailed({ account = false, html, markdown }: Options): boolean {
  return account || html !== undefined || markdown !== undefined;
}

export function declareVerify(program: Command, end: (code: number) => void): void {
  program
    .command('verify')
    .summary('prove or refute that two models compute the same function')
    .description(
      'Decides whether two models compute the same function for every input.\n' +
        'Exit code: 0 proved, 1 refuted, 2 undecided, 64 wrong usage, 65 a file that cannot be read.',
    )
    .argument('<original>', 'model file: ONNX, Keras layers-model or tfjs graph-model')
    .argument('<converted>', 'model file that claims to compute the same')
    .option('--input-range <lo,hi>', 'assume that every input value lies in this range', inputRange)
    .option(
      '--max-ulps <n>',
      'call a coefficient rounded, not different, up to this many float32 units in the last place',
      nonNegative,
    )
    .option('--rlimit <n>', "resource limit of one solver query, in z3's units", positiveInteger)
    .option(
      '--kernels <names>',
      'also compare layer by layer on real kernels: wasm,cpu,tensorflow,onnxruntime',
      kernelList,
    )
    .option('--json <file>', 'write the verdict as JSON; - writes it to stdout instead of the text')
    .option('--html <file>', 'write a report as a page that needs no other file')
    .option(
      '--markdown <file>',
      'write a report as Markdown; - writes it to stdout instead of the text',
    )
    .option('--account', 'keep in the JSON what each layer is, for `plainproof report`')
    .option(
      '--certificate <file>',
      'write why the proof holds, for `plainproof check`, and call nothing proved without that',
    )
    .option('--no-check', 'believe the prover: do not let the checker look at its proof')
    .option('--no-evidence', 'leave out of the page what the solver answered for each theorem')
    .action(async (original: string, converted: string, options: Options) => {
      end(await runVerify(original, converted, options));
    });
}

async function summary(
  path: string,
  source: Source | null,
  detailed: boolean,
): Promise<ModelSummary> {
  if (source === null) return { path, sha256: null, parameters: null, macs: null };
  const { summaryOf } = await import('../report/model-summary.ts');
  return summaryOf(source, detailed);
}

/** A layer nobody here understands leaves the question open; any other failure is the file's. */
function undecided(path: string, failure: Failure): Verdict {
  const where = failure.node === '' ? path : `${path}: ${failure.node}`;
  const reason = `${where}: ${failure.reason}`;
  return { verdict: 'undecided', assumptions: [], reason, firstDifference: null };
}

/** A verdict that nobody may be told yet, for the files are still being looked through. */
interface Judged {
  readonly verdict: Verdict;
  readonly kernels: readonly KernelErrors[];
  /** Seconds that kernels took. */
  readonly onKernels: number;
  /** Null without a proof, or where nothing is to be checked. */
  readonly certified: Certified | null;
}

/**
 * V8 inlines less into what it optimizes: a proof is over in the time that optimizing takes, and compiling large
 * functions costs up to a fifth of it. Read anew at each compilation, so it may be set late.
 */
const quickToCompile = '--max-inlined-bytecode-size-cumulative=200';

async function runVerify(original: string, converted: string, options: Options): Promise<number> {
  const isChecked = options.check || options.certificate !== undefined;
  // The checker reads the files while the prover works.
  const { Checking } = await import('../checking/checking.ts');
  const checking = isChecked ? new Checking([original, converted]) : null;
  try {
    return await verified(original, converted, options, checking);
  } finally {
    checking?.close();
  }
}

async function verified(
  original: string,
  converted: string,
  options: Options,
  checking: Checking | null,
): Promise<number> {
  setFlagsFromString(quickToCompile);
  // The engine is loaded while the files are read.
  const engine = import('../verify.ts');
  const { openModel } = await import('../formats/read-model.ts');
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;

  const paths = [original, converted];
  const opened: (OpenModel | null)[] = [];
  let failure: Verdict | null = null;
  const [opens] = await Promise.all([Promise.all(paths.map((path) => openModel(path))), engine]);
  for (const [i, open] of opens.entries()) {
    const path = paths[i];
    if (!open.ok && open.failure.code !== 'unsupported-operator') {
      return reportFailure(path, open.failure);
    }
    opened.push(open.ok ? open.value : null);
    if (!open.ok) failure ??= undecided(path, open.failure);
  }
  const read = elapsed();

  const judging = judge(opened, converted, options, checking);
  // Should the files turn out bad, what was made of them does not matter, not even that it broke.
  judging.catch(() => null);
  const sources: (Source | null)[] = [];
  for (const [i, open] of opened.entries()) {
    const source = open === null ? null : await open.finish();
    if (source?.ok === false) return reportFailure(paths[i], source.failure);
    sources.push(source === null ? null : source.value);
  }
  const judged = await judging;
  if (!judged.ok) return reportFailure(judged.file, judged.failure);
  const said = failure ?? judged.value?.verdict ?? null;
  if (said === null) throw new Error('two readable models without a verdict');
  const certified = judged.value?.certified ?? null;
  const confirmed = await confirm(said, checking, certified, sources, options);
  if (!confirmed.ok)
    return reportFailure(confirmed.failure.node, { ...confirmed.failure, node: '' });
  const verdict = confirmed.value;
  const total = elapsed();

  const detailed = isDetailed(options);
  const [first, second] = await Promise.all(
    paths.map((path, i) => summary(path, sources[i], detailed)),
  );
  const { kernels = [], onKernels = 0 } = judged.value ?? {};
  const timings = { read, kernels: onKernels, verify: total - read - onKernels, total };
  const run = detailed ? await runDetails(paths, options) : null;
  const record = { verdict, kernels, original: first, converted: second, timings, run };
  const written = await output(record, options);
  if (!written.ok) return reportFailure(written.failure.node, { ...written.failure, node: '' });
  return exitCodeOf(verdict);
}

async function confirm(
  verdict: Verdict,
  checking: Checking | null,
  certified: Certified | null,
  sources: readonly (Source | null)[],
  { certificate }: Options,
): Promise<Result<Verdict>> {
  if (checking === null) return success(verdict);
  const { confirmed } = await import('../checking/confirm.ts');
  const digests = sources.flatMap((source) => (source === null ? [] : [source.sha256]));
  const isNeeded = certificate !== undefined;
  const told = await confirmed(verdict, checking, { certified, digests, isNeeded });
  if (certificate !== undefined && told.accepted !== null) {
    const { certificateText } = await import('../certificate/certificate-json.ts');
    const { libraryDigest } = await import('../certificate/library-digest.ts');
    const subject = { models: [digests[0], digests[1]], library: libraryDigest } as const;
    const text = certificateText({ ...told.accepted, ...subject });
    const written = await writeWhole(certificate, text);
    if (!written.ok) return { ok: false, failure: { ...written.failure, node: certificate } };
  }
  return success(told.verdict);
}

type Judgement =
  | { readonly ok: true; readonly value: Judged | null }
  | { readonly ok: false; readonly file: string; readonly failure: Failure };

/** Null where a model is missing. */
async function judge(
  [left, right]: readonly (OpenModel | null)[],
  converted: string,
  options: Options,
  checking: Checking | null,
): Promise<Judgement> {
  if (left === null || right === null) return { ok: true, value: null };
  const mismatch = signatureMismatch(left.model, right.model);
  if (mismatch !== null) return { ok: false, file: converted, failure: mismatch };
  const start = performance.now();
  const kernels = await compareKernels(left.model, right.model, options);
  if (!kernels.ok) return { ok: false, file: '--kernels', failure: kernels.failure };
  const onKernels = (performance.now() - start) / 1000;
  let certified: Certified | null = null;
  const verdict = await decide(left.model, right.model, options, {
    ...(checking === null ? {} : { judge: checking }),
    onCertified: (found) => {
      certified = found;
    },
  });
  return { ok: true, value: { verdict, kernels: kernels.value, onKernels, certified } };
}

/** First, because a kernel that is not installed should not cost a proof before it is said. */
async function compareKernels(
  original: Model,
  converted: Model,
  options: Options,
): Promise<Result<readonly KernelErrors[]>> {
  if (options.kernels === undefined) return success([]);
  const { compareOnKernels } = await import('../kernel-comparison.ts');
  const { kernels, inputRange = null } = options;
  const latency = isDetailed(options);
  return compareOnKernels(original, converted, { kernels, inputRange, latency });
}

async function decide(
  original: Model,
  converted: Model,
  options: Options,
  certification: Pick<VerifyOptions, 'judge' | 'onCertified'>,
): Promise<Verdict> {
  const { verify } = await import('../verify.ts');
  const verdict = await verify(original, converted, {
    inputRange: options.inputRange ?? null,
    ...(options.maxUlps === undefined ? {} : { maxUlps: options.maxUlps }),
    ...(options.rlimit === undefined ? {} : { rlimit: options.rlimit }),
    ...(options.kernels === undefined ? {} : { kernels: options.kernels }),
    account: isDetailed(options),
    ...certification,
  });
  const layouts = layoutAssumptions(original, converted);
  return { ...verdict, assumptions: [...verdict.assumptions, ...layouts] };
}

async function output(record: VerdictRecord, options: Options): Promise<Result<null>> {
  const { json, html, markdown } = options;
  if (json !== undefined && json !== '-') {
    const { verdictJsonText } = await import('../report/json.ts');
    const written = await writeWhole(json, verdictJsonText(record));
    if (!written.ok) return { ok: false, failure: { ...written.failure, node: json } };
  }
  if (html !== undefined || markdown !== undefined) {
    const { writeReports } = await import('./write-report.ts');
    const written = await writeReports(record, options);
    if (!written.ok) return written;
  }
  if (json === '-') {
    const { verdictJsonText } = await import('../report/json.ts');
    await print(verdictJsonText(record));
  } else if (html !== '-' && markdown !== '-') {
    const { verdictText } = await import('../report/terminal.ts');
    await print(verdictText(record));
  }
  return success(null);
}
