/** The networks that are pruned: a ResNet-18 with seeded weights and the pretrained MobileNetV2 of nsfwjs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resnet } from '../../src/blocks/resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import { Draft } from '../../src/convert/draft.ts';
import { foldBatchNorms } from '../../src/convert/fold.ts';
import { readModel } from '../../src/formats/read-model.ts';
import type { Model } from '../../src/model/model.ts';
import { must } from '../demo/case.ts';
import { extractNsfwjs } from '../extract-nsfwjs.ts';
import type { Subject } from './record.ts';

const seed = 20211101;

async function trained(subject: Subject): Promise<Model> {
  switch (subject) {
    case 'ResNet-18':
      return must(subject, resnet(18, { seed }));
    case 'MobileNetV2': {
      const folder = await mkdtemp(path.join(tmpdir(), 'pruning-'));
      try {
        const file = await extractNsfwjs(folder);
        return must(file, await readModel(file)).model;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

export interface Networks {
  /** As trained. */
  readonly residual: Model;
  /** Batch norms folded, shortcuts kept. */
  readonly residualFolded: Model;
  /** After RM, batch norms kept where no merge needed them folded. */
  readonly plain: Model;
  /** After RM, folded. */
  readonly plainFolded: Model;
  /** After RM, folded, and neighbouring convolutions fused. */
  readonly plainFused: Model;
}

/**
 * How channels pass the activations of a branch. A ReLU6 could be passed shifted as well, and cheaper; but then a
 * channel masked to zero does not stand for zero.
 */
const strategies = { 'ResNet-18': 'nonnegative', MobileNetV2: 'prelu' } as const;

function withoutShortcuts(
  subject: Subject,
  model: Model,
  form: { readonly foldBatchNorm: boolean; readonly fuse: boolean },
): Model {
  const { model: plain, kept } = must(
    subject,
    convert(model, { strategy: strategies[subject], inputRange: null, ...form }),
  );
  if (kept.length > 0) throw new Error(`${kept[0].add} stays: ${kept[0].reason}`);
  return plain;
}

const made = new Map<Subject, Networks>();

/** Made once. */
export async function networksOf(subject: Subject): Promise<Networks> {
  const known = made.get(subject);
  if (known !== undefined) return known;
  const residual = await trained(subject);
  const draft = new Draft(residual);
  foldBatchNorms(draft);
  const networks = {
    residual,
    residualFolded: must(subject, draft.finish()),
    plain: withoutShortcuts(subject, residual, { foldBatchNorm: false, fuse: false }),
    plainFolded: withoutShortcuts(subject, residual, { foldBatchNorm: true, fuse: false }),
    plainFused: withoutShortcuts(subject, residual, { foldBatchNorm: true, fuse: true }),
  };
  made.set(subject, networks);
  return networks;
}
