/** A case of a target from another: one to three changes to its files, each of a kind that fits the file. */
import path from 'node:path';
import type { Draw } from '../draw.ts';
import { mutateBytes } from './bytes.ts';
import { mutateJson, nudgeJson } from './json.ts';
import { mutateProtobuf, nudgeProtobuf } from './protobuf.ts';
import { mutateSource } from './source.ts';

/** Contents by name; names have no folder in them. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What is promised is promised of files below this. */
const largestFile = 2 ** 20;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function mutateFile(
  name: string,
  bytes: Uint8Array,
  other: Uint8Array | null,
  draw: Draw,
): Uint8Array {
  const structural = draw.chance(0.95);
  switch (structural ? path.extname(name) : '') {
    case '.onnx':
      return mutateProtobuf(bytes, other, draw) ?? mutateBytes(bytes, draw);
    case '.json': {
      const donor = other === null ? null : decoder.decode(other);
      const text = mutateJson(decoder.decode(bytes), donor, draw);
      return text === null ? mutateBytes(bytes, draw) : encoder.encode(text);
    }
    case '.ts':
      return encoder.encode(mutateSource(decoder.decode(bytes), draw));
    default:
      return mutateBytes(bytes, draw);
  }
}

/** One number or name that is another, so that what is read is wrong rather than broken; null where there is none. */
function nudgeFile(name: string, bytes: Uint8Array, draw: Draw): Uint8Array | null {
  if (name.endsWith('.onnx')) return nudgeProtobuf(bytes, draw);
  if (!name.endsWith('.json')) return null;
  const text = nudgeJson(decoder.decode(bytes), draw);
  return text === null ? null : encoder.encode(text);
}

/** `corpus`: whole cases to take parts from. */
export function mutated(files: Files, corpus: readonly Files[], draw: Draw): Files {
  const result = new Map(files);
  const names = [...files.keys()].sort();
  const described = names.filter((name) => /\.(?:onnx|json|ts)$/.test(name));
  const isGentle = draw.chance(0.5);
  for (let changes = draw.amount(3); changes > 0; changes--) {
    // What lies beside them is weights.
    const name = draw.pick(draw.chance(0.85) ? described : names);
    const before = result.get(name) ?? new Uint8Array(0);
    const other = draw.pick(corpus).get(name) ?? null;
    const nudged = isGentle ? nudgeFile(name, before, draw) : null;
    const bytes = nudged ?? mutateFile(name, before, other, draw);
    if (bytes.length < largestFile) result.set(name, bytes);
  }
  return result;
}
