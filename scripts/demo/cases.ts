/** What the demo converts: real networks, one pretrained, and one mistake. */
import path from 'node:path';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { resnet } from '../../src/blocks/resnet.ts';
import { extractNsfwjs } from '../extract-nsfwjs.ts';
import { save, type Case } from './case.ts';
import { misread } from './count-channels.ts';

const seed = 20211101;

function resnetFile(depth: 18 | 34 | 50, stages: number): (folder: string) => Promise<string> {
  const part = stages === 4 ? '' : `-stage${stages}`;
  return (to) => save(path.join(to, `resnet${depth}${part}.onnx`), resnet(depth, { seed, stages }));
}

function nsfwjs(to: string): Promise<string> {
  return extractNsfwjs(path.join(to, 'nsfwjs-mobilenet-v2'));
}

const keep = { strategy: 'auto', inputRange: null, foldBatchNorm: false, fuse: false } as const;
const fold = { ...keep, foldBatchNorm: true } as const;
const mobilenet = { inputRange: { lower: 0, upper: 1 }, foldBatchNorm: true, fuse: true } as const;

export const cases: readonly Case[] = [
  {
    title: 'MobileNetV2 (nsfwjs)',
    name: 'mobilenet-prelu',
    original: nsfwjs,
    options: { ...mobilenet, strategy: 'prelu' },
    expected: 'proved',
  },
  {
    title: 'MobileNetV2 (nsfwjs)',
    name: 'mobilenet-shift',
    original: nsfwjs,
    options: { ...mobilenet, strategy: 'shift' },
    expected: 'proved',
  },
  {
    title: 'ResNet-18, batch norms kept',
    name: 'resnet18-kept',
    original: resnetFile(18, 4),
    options: keep,
    expected: 'proved',
  },
  {
    title: 'ResNet-18, folded',
    name: 'resnet18-folded',
    original: resnetFile(18, 4),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-34, batch norms kept',
    name: 'resnet34-kept',
    original: resnetFile(34, 4),
    options: keep,
    expected: 'proved',
  },
  {
    title: 'ResNet-34, folded',
    name: 'resnet34-folded',
    original: resnetFile(34, 4),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-50, first stage',
    name: 'resnet50-stage1-folded',
    original: resnetFile(50, 1),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'CIFAR ResNet-1202',
    name: 'cifar1202-folded',
    original: (to) => save(path.join(to, 'cifar1202.onnx'), cifarResnet({ depth: 1202, seed })),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-20, equal widths, WRONG',
    name: 'wrong-projection',
    original: (to) =>
      save(
        path.join(to, 'resnet20-equal-widths.onnx'),
        cifarResnet({ depth: 20, seed, widths: [16, 16, 16] }),
      ),
    options: fold,
    mistake: misread,
    expected: 'refuted',
    kernels: ['wasm'],
  },
];
