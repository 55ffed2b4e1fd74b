/**
 * Claim: whatever the network, with or without shortcuts, and whatever the plan, the small network computes the
 * function of the masked one for every input, up to one rounding of each bias; all kernels run it; and of each layer
 * that was named, what is not in the plan is gone or listed with a reason.
 * Source: theorem `constant-channel`; network slimming, arXiv 1708.06519.
 * Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOnKernels } from '../../src/kernel-comparison.ts';
import { prune } from '../../src/prune/prune.ts';
import { findSites } from '../../src/prune/site.ts';
import { verify } from '../../src/verify.ts';
import { built } from '../../test/blocks/support.ts';
import { degeneracy } from '../completeness/degeneracy.ts';
import { hold, patience } from '../runs.ts';
import { arbitraryPruning, drawModel, drawOptions } from './recipe.ts';

test(
  'the small network is proved equal to the masked one',
  async () => {
    await hold(
      fc.asyncProperty(arbitraryPruning, async (recipe) => {
        const model = drawModel(recipe);
        const { masked, small } = built(prune(model, drawOptions(model, recipe)));
        const verdict = await verify(masked, small);
        // Channels that are functions of one number may be taken for each other: known-gaps.ts.
        if (verdict.verdict === 'undecided' && degeneracy(masked).proportional) return;
        expect(verdict.verdict === 'undecided' ? verdict.reason : verdict.verdict).toBe('proved');
      }),
      { runs: 150 },
    );
  },
  patience(120_000),
);

test(
  'what is not kept is gone, or listed; the plan in the end gives the same again',
  async () => {
    await hold(
      fc.property(arbitraryPruning, (recipe) => {
        const model = drawModel(recipe);
        const options = drawOptions(model, recipe);
        const pruning = built(prune(model, options));
        const keep = 'plan' in options ? options.plan.keep : new Map<string, number[]>();
        const small = new Map(findSites(pruning.small).map(({ layer }) => [layer.name, layer]));
        for (const { layer } of findSites(model)) {
          const wanted = keep.get(layer.name);
          if (wanted === undefined) continue;
          const listed = pruning.kept.filter((each) => each.layer === layer.name);
          const stayed = listed.reduce((sum, { channels }) => sum + channels.length, 0);
          const { outChannels } = small.get(layer.name) ?? layer;
          // Channels that depend on masked ones alone go as well, so there may be fewer.
          expect(outChannels).toBeLessThanOrEqual(wanted.length + stayed);
          expect(outChannels).toBeGreaterThan(0);
        }
        const again = built(prune(model, { plan: pruning.plan }));
        expect(again.kept).toEqual([]);
        expect(again.small).toEqual(pruning.small);
        expect(again.masked).toEqual(pruning.masked);
      }),
      { runs: 150 },
    );
  },
  patience(60_000),
);

test(
  'kernels run both as the semantics say',
  async () => {
    await hold(
      fc.asyncProperty(arbitraryPruning, async (recipe) => {
        const model = drawModel(recipe);
        const { masked, small } = built(prune(model, drawOptions(model, recipe)));
        const kernels = ['cpu', 'onnxruntime'] as const;
        const compared = built(
          await compareOnKernels(masked, small, { kernels, inputRange: null }),
        );
        for (const { original, converted } of compared) {
          expect(original.worstRatio).toBeLessThanOrEqual(1);
          expect(converted.worstRatio).toBeLessThanOrEqual(1);
        }
      }),
      { runs: 15 },
    );
  },
  patience(60_000),
);
