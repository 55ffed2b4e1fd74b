/**
 * Writes the certificate of a proof: what the numbering found of each channel, in the words of the checker.
 *
 * All searching is done here, and none of it has to be right: every statement is tried with the checker when it is
 * made, and what that rejects is not written. There are proofs that cannot be put into these words; then there is no
 * certificate, and the reason is returned.
 */
import { isAffineHere, makers } from '../checker/symbols.ts';
import type { Recorded } from '../equivalence/prove.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { Author, type Certified, type Guessed, type Header, type Models } from './author.ts';
import { factOf } from './facts.ts';
import { Finder } from './finder.ts';
import { judgeOf, type Judge } from './judge.ts';
import { Originals } from './originals.ts';
import { Symbols } from './symbols.ts';

function isRearrangement({ kind }: Layer): boolean {
  return kind === 'pad' || kind === 'select' || kind === 'concat' || kind === 'flatten';
}

/** Tensors of the converted model of which something may be worth saying, in order. */
function worthSaying(model: Model): ReadonlySet<TensorId> {
  const worth = new Set<TensorId>();
  const made = makers(model);
  for (const layer of model.layers) {
    if (!isAffineHere(layer)) worth.add(layer.output);
    if (layer.kind === 'globalAveragePool') worth.add(layer.inputs[0]);
    // What a convolution reads is multiplied with all its weights: better one symbol than many.
    if (layer.kind !== 'conv' && layer.kind !== 'dense') continue;
    const from = made[layer.inputs[0]];
    if (from === undefined || !isRearrangement(from)) worth.add(layer.inputs[0]);
  }
  return worth;
}

/** Writes the certificate of an attempt that was recorded, a proof. Uses up its numbering. */
export async function certify(
  recorded: Recorded,
  models: Models,
  header: Header,
  judge: Judge = judgeOf(models.original, models.converted),
): Promise<Certified> {
  const certified = await attempt(recorded, models, true, header, judge);
  return certified.ok ? certified : attempt(recorded, models, false, header, judge);
}

/** `isPartial`: an affine tensor may be claimed in part, and is not written out then. */
function attempt(
  recorded: Recorded,
  { original, converted }: Models,
  isPartial: boolean,
  header: Header,
  judge: Judge,
): Promise<Certified> {
  const originals = new Originals(recorded, original);
  const finder = new Finder(originals);
  const ours = recorded.numbering.trace('converted')?.steps ?? [];
  const worth = worthSaying(converted);
  const steps: Guessed[] = [];
  for (const step of ours) {
    const { layer, inputs } = step;
    if (layer === null || !worth.has(layer.output)) continue;
    const guesses = finder.channels(step, inputs.length === 0 ? null : ours[inputs[0]], isPartial);
    if (guesses !== null) steps.push({ layer, guesses });
  }
  const symbols = new Symbols(original);
  for (const { guesses } of steps) symbols.name(guesses);
  const theirs = recorded.numbering.trace('original')?.steps ?? [];
  const facts: Guessed[] = [];
  for (const step of theirs) {
    const { layer, inputs } = step;
    if (layer === null || !symbols.has(layer.output)) continue;
    const guesses = factOf(step, theirs[inputs[0]], originals, finder);
    if (guesses === null) continue;
    facts.push({ layer, guesses });
    symbols.name(guesses);
  }
  return new Author({ original, converted }, symbols, judge).write(facts, steps, header);
}
