/** A case of a target from another: one to four changes to its files, each of a kind that fits the file. */
import path from 'node:path';
import type { Draw } from '../draw.ts';
import { mutateBytes } from './bytes.ts';
import { mutateJson } from './json.ts';
import { mutateProtobuf } from './protobuf.ts';
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

/** `corpus`: whole cases to take parts from. */
export function mutated(files: Files, corpus: readonly Files[], draw: Draw): Files {
  const result = new Map(files);
  const names = [...files.keys()].sort();
  const described = names.filter((name) => /\.(?:onnx|json|ts)$/.test(name));
  for (let changes = draw.amount(3); changes > 0; changes--) {
    // What lies beside them is weights.
    const name = draw.pick(draw.chance(0.85) ? described : names);
    const other = draw.pick(corpus).get(name) ?? null;
    const bytes = mutateFile(name, result.get(name) ?? new Uint8Array(0), other, draw);
    if (bytes.length < largestFile) result.set(name, bytes);
  }
  return result;
}
