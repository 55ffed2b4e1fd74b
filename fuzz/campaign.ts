/**
 * Fuzzes one target for a time: draws a case of the corpus, changes it, has it run, keeps what reached new code,
 * and makes small what went wrong.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  corpusFolder,
  discoveredFolder,
  readCases,
  regressionsFolder,
  writeCase,
} from './corpus.ts';
import { Reached } from './child/coverage.ts';
import { Draw } from './draw.ts';
import { saveFinding, signature } from './findings.ts';
import { mutated, type Files } from './mutate/case.ts';
import { shrunk } from './shrink.ts';
import type { Target } from './targets.ts';
import { WatchedProcess, type Finding } from './watched-process.ts';

export interface Statistics {
  cases: number;
  seconds: number;
  /** Cases kept since they reached new code. */
  kept: number;
  findings: number;
  slowestMilliseconds: number;
  readonly endings: Map<string, number>;
}

/** At most so many cases of each target are kept from run to run. */
const mostKept = 400;

export function subjectFile({ subject }: Target): string {
  return path.join(import.meta.dirname, 'subjects', `${subject}.ts`);
}

function digest(files: Files): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  return hash.digest('hex').slice(0, 16);
}

export class Campaign {
  readonly #target: Target;
  readonly #process: WatchedProcess;
  readonly #draw: Draw;
  readonly #seed: number;
  readonly #tell: (line: string) => void;
  readonly #corpus: Files[];
  readonly #kept = new Set<string>();
  readonly #known = new Set<string>();
  readonly #reached = new Reached();
  readonly statistics: Statistics;

  constructor(target: Target, seed: number, tell: (line: string) => void) {
    this.#target = target;
    this.#seed = seed;
    this.#tell = tell;
    this.#process = new WatchedProcess(subjectFile(target));
    this.#draw = new Draw(seed);
    const folders = [corpusFolder, regressionsFolder, discoveredFolder];
    const stored = folders.map((folder) => readCases(path.join(folder, target.name)));
    this.#corpus = stored.flat().map(({ files }) => files);
    for (const { name } of stored[2]) this.#kept.add(name);
    this.statistics = {
      ...{ cases: 0, seconds: 0, kept: 0, findings: 0, slowestMilliseconds: 0 },
      endings: new Map(),
    };
  }

  /** The corpus itself first, so that what it reaches is not taken for new. */
  async begin(): Promise<void> {
    for (const files of this.#corpus) await this.#try(files, true);
  }

  async run(seconds: number): Promise<void> {
    const start = performance.now();
    while (performance.now() - start < seconds * 1000) {
      // What was kept last leads on most often.
      const recent = this.#draw.chance(0.3) ? this.#corpus.slice(-20) : this.#corpus;
      await this.#try(mutated(this.#draw.pick(recent), this.#corpus, this.#draw), false);
    }
    this.statistics.seconds += (performance.now() - start) / 1000;
  }

  async #try(files: Files, isOld: boolean): Promise<void> {
    const { ending, finding, fresh, milliseconds } = await this.#process.run(files);
    const { statistics } = this;
    statistics.cases += 1;
    statistics.endings.set(ending, (statistics.endings.get(ending) ?? 0) + 1);
    if (finding === null) {
      statistics.slowestMilliseconds = Math.max(statistics.slowestMilliseconds, milliseconds);
      const { counts = [''] } = this.#target;
      const counted = fresh.filter(({ name }) => counts.some((folder) => name.includes(folder)));
      if (this.#reached.add(counted).length > 0 && !isOld) this.#keep(files);
      return;
    }
    const mark = signature(finding);
    if (this.#known.has(mark)) return;
    this.#known.add(mark);
    statistics.findings += 1;
    await this.#report(files, finding);
  }

  #keep(files: Files): void {
    const name = digest(files);
    if (this.#kept.has(name) || this.#kept.size >= mostKept) return;
    this.#kept.add(name);
    this.#corpus.push(files);
    this.statistics.kept += 1;
    writeCase(path.join(discoveredFolder, this.#target.name, name), files);
  }

  async #report(files: Files, finding: Finding): Promise<void> {
    const mark = signature(finding);
    const { name } = this.#target;
    const slow = finding.kind === 'hang';
    const small = await shrunk(
      files,
      async (candidate) => {
        const { finding: again } = await this.#process.run(candidate);
        return again !== null && signature(again) === mark;
      },
      { tries: slow ? 12 : 400, milliseconds: 60_000 },
    );
    const folder = saveFinding(name, finding, small, this.#seed);
    this.#tell(`${name}: ${finding.kind}: ${finding.message.split('\n')[0]}; ${folder}`);
  }

  /** Gives back the memory of its process until it goes on. */
  pause(): void {
    this.#process.pause();
  }

  close(): void {
    this.#process.close();
  }
}
