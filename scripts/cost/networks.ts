/** The networks that are compared: of one depth and widths, between the same stem and classifier. */
import { repVgg } from '../../src/blocks/rep-vgg.ts';
import { resnet } from '../../src/blocks/resnet.ts';
import { convert } from '../../src/convert/convert.ts';
import { Draft } from '../../src/convert/draft.ts';
import { foldBatchNorms } from '../../src/convert/fold.ts';
import { describeFailure, type Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import type { Depth, NetworkName } from './record.ts';

const seed = 20211101;

/** The share of channels with which the paper trains RM-RepVGG. */
export const reserve = 0.75;

export interface Pair {
  readonly name: NetworkName;
  readonly training: Model;
  readonly deployed: Model;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(describeFailure('model', result.failure));
  return result.value;
}

/** Batch norms folded, shortcuts kept: what any runtime makes of a residual network. */
function folded(model: Model): Model {
  const draft = new Draft(model);
  foldBatchNorms(draft);
  return must(draft.finish());
}

/** Without shortcuts and branches. */
function plain(model: Model): Model {
  const options = { strategy: 'auto', inputRange: null, foldBatchNorm: true, fuse: false } as const;
  const { model: deployed, kept } = must(convert(model, options));
  if (kept.length > 0) throw new Error(`${kept[0].add} stays: ${kept[0].reason}`);
  return deployed;
}

/** In the order of `networkNames`; the RM of a ResNet is trained as that ResNet, the very same model. */
export function pairsOf(depth: Depth): readonly Pair[] {
  const residual = must(resnet(depth, { seed }));
  const vgg = must(repVgg(depth, { seed }));
  const reserving = must(repVgg(depth, { seed, reserve }));
  return [
    { name: 'ResNet', training: residual, deployed: folded(residual) },
    { name: 'RepVGG', training: vgg, deployed: plain(vgg) },
    { name: 'RM of the ResNet', training: residual, deployed: plain(residual) },
    { name: 'RM-RepVGG', training: reserving, deployed: plain(reserving) },
  ];
}
