/**
 * `npm run fuzz -- --minutes N [--target NAME] [--seed S]`: all targets in turn for so long, or one of them.
 * `--replay FOLDER` runs the one case in a folder and says what became of it. Ends with 1 where anything was
 * found.
 *
 * Every case is run in a process that is watched: ten seconds and a GiB for files below a MiB, no path outside
 * of the case's folder, no change to what all code shares, nothing in a file run as code.
 */
import { parseArgs } from 'node:util';
import { Campaign, subjectFile } from './campaign.ts';
import { readCaseFolder } from './corpus.ts';
import { targets, type Target } from './targets.ts';
import { WatchedProcess } from './watched-process.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
    replay: { type: 'string' },
  },
});

function chosenTargets(names: readonly string[]): readonly Target[] {
  const unknown = names.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `no target ${unknown}; there are ${targets.map(({ name }) => name).join(', ')}`,
    );
  }
  return names.length === 0 ? targets : targets.filter(({ name }) => names.includes(name));
}

async function replay(folder: string, target: Target): Promise<boolean> {
  const process = new WatchedProcess(subjectFile(target));
  const outcome = await process.run(readCaseFolder(folder));
  process.close();
  const { ending, finding, milliseconds } = outcome;
  console.log(`${target.name}: ${ending} in ${milliseconds.toFixed(0)} ms`);
  if (finding !== null) console.log(finding.message);
  return finding === null;
}

function row({ name }: Target, { statistics }: Campaign): string {
  const { cases, seconds, kept, findings, slowestMilliseconds, endings } = statistics;
  const rate = (cases / Math.max(1, seconds)).toFixed(0);
  const most = [...endings].sort(([, a], [, b]) => b - a).slice(0, 6);
  const shares = most.map(([ending, count]) => `${ending} ${((100 * count) / cases).toFixed(0)} %`);
  return (
    `${name.padEnd(14)} ${String(cases).padStart(8)} cases in ${seconds.toFixed(0)} s (${rate}/s), ` +
    `${kept} kept, slowest ${(slowestMilliseconds / 1000).toFixed(1)} s, ${findings} findings; ${shares.join(', ')}`
  );
}

async function fuzz(chosen: readonly Target[], minutes: number, seed: number): Promise<boolean> {
  console.log(`seed ${seed}`);
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  const end = performance.now() + minutes * 60_000;
  // A few rounds, so that a run that is ended early has seen everything.
  const rounds = Math.max(1, Math.round(minutes / 5));
  let found = 0;
  const campaigns = new Map<Target, Campaign>();
  for (let round = 0; round < rounds; round++) {
    for (const target of chosen) {
      const known = campaigns.get(target);
      const campaign = known ?? new Campaign(target, seed, (line) => console.log(line));
      if (known === undefined) {
        campaigns.set(target, campaign);
        await campaign.begin();
      }
      const share = (minutes * 60 * target.weight) / total / rounds;
      const left = (end - performance.now()) / 1000;
      await campaign.run(Math.min(share, left));
      campaign.pause();
    }
  }
  for (const [target, campaign] of campaigns) {
    console.log(row(target, campaign));
    found += campaign.statistics.findings;
    campaign.close();
  }
  return found === 0;
}

const seed = Number(values.seed);
const chosen = chosenTargets(values.target);
const good =
  values.replay === undefined
    ? await fuzz(chosen, Number(values.minutes), seed)
    : await replay(values.replay, chosen[0]);
process.exit(good ? 0 : 1);
