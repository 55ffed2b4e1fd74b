/**
 * Whole networks have certificates: blocks in a row, where a channel that one layer reserves is handed on by many, and
 * dead channels make one layer's result another's.
 */
import { expect, test } from 'vitest';
import { cifarResnet, preActivationResnet } from '../../src/blocks/cifar-resnet.ts';
import { mobilenetV2 } from '../../src/blocks/mobilenet-v2.ts';
import { resnet } from '../../src/blocks/resnet.ts';
import { certify } from '../../src/certificate/certify.ts';
import { check } from '../../src/checker/check.ts';
import { convert } from '../../src/convert/convert.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import { built } from '../convert/support.ts';

const image = { height: 32, width: 32 };

const networks: Readonly<Record<string, () => Result<Model>>> = {
  'ResNet-18': () => resnet(18, { seed: 1, image }),
  'CIFAR ResNet-56': () => cifarResnet({ depth: 56, seed: 2, image }),
  'pre-activation ResNet-20': () => preActivationResnet({ depth: 20, seed: 3, image }),
  MobileNetV2: () => mobilenetV2({ seed: 4, image, width: 0.25 }),
};

const cases = Object.entries(networks).flatMap(([name, make]) =>
  [false, true].map((foldBatchNorm) => ({ name, make, foldBatchNorm })),
);

test.each(cases)(
  '$name, fold $foldBatchNorm',
  { timeout: 60_000 },
  async ({ make, foldBatchNorm }) => {
    const original = built(make());
    const options = { strategy: 'auto', inputRange: null, foldBatchNorm, fuse: false } as const;
    const converted = built(convert(original, options)).model;
    const inputRange = { lower: -Infinity, upper: Infinity };
    const attempt = prove(original, converted, { inputRange, maxUlps: 16, record: true });
    if (attempt.kind !== 'equal' || attempt.recorded === null) throw new Error('not proved');
    const header = { theorems: attempt.theorems, inputRange: null, maxUlps: 16 };
    const certified = await certify(attempt.recorded, { original, converted }, header);
    if (!certified.ok) throw new Error(certified.reason);
    expect(check(original, converted, certified.argument).ok).toBe(true);
  },
);
