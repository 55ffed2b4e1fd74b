/**
 * A case made small that still shows the same finding: parts are left out for as long as that goes.
 *
 * First whole fields and nodes where the file can be read as a tree, then stretches of bytes, each from halves
 * down to single ones.
 */
import path from 'node:path';
import type { Files } from './mutate/case.ts';
import { jsonText, parseJson, placesOf } from './mutate/json.ts';
import { messageBytes, parseMessage, slotsOf } from './mutate/protobuf-tree.ts';

type Without = (bytes: Uint8Array, from: number, count: number) => Uint8Array | null;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Leaves out `count` fields from the `from`-th on; null where there are none. */
const withoutFields: Without = (bytes, from, count) => {
  const fields = parseMessage(bytes);
  if (fields === null) return null;
  const dropped = slotsOf(fields).slice(from, from + count);
  if (dropped.length === 0) return null;
  for (const { list, field } of dropped) {
    const at = list.indexOf(field);
    if (at >= 0) list.splice(at, 1);
  }
  return messageBytes(fields);
};

const withoutNodes: Without = (bytes, from, count) => {
  const value = parseJson(decoder.decode(bytes));
  if (value === null) return null;
  const root = { value };
  // The first place is the whole, which cannot be left out.
  const dropped = placesOf(root).slice(from + 1, from + 1 + count);
  if (dropped.length === 0) return null;
  for (const place of dropped) place.put();
  return encoder.encode(jsonText(root.value));
};

const withoutBytes: Without = (bytes, from, count) => {
  if (from >= bytes.length) return null;
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + count)]);
};

interface Patience {
  readonly tries: number;
  readonly milliseconds: number;
}

/** `shows`: whether a case shows the finding still. */
export async function shrunk(
  files: Files,
  shows: (files: Files) => Promise<boolean>,
  patience: Patience = { tries: 400, milliseconds: 60_000 },
): Promise<Files> {
  const end = performance.now() + patience.milliseconds;
  let tries = 0;
  let smallest = files;
  const attempt = async (name: string, bytes: Uint8Array): Promise<boolean> => {
    tries += 1;
    const candidate = new Map(smallest).set(name, bytes);
    if (!(await shows(candidate))) return false;
    smallest = candidate;
    return true;
  };
  const mayGoOn = (): boolean => tries < patience.tries && performance.now() < end;
  const leaveOut = async (name: string, without: Without): Promise<void> => {
    for (let count = 256; count >= 1 && mayGoOn(); count = Math.floor(count / 4)) {
      for (let from = 0; mayGoOn();) {
        const bytes = without(smallest.get(name) ?? new Uint8Array(0), from, count);
        if (bytes === null) break;
        if (!(await attempt(name, bytes))) from += count;
      }
    }
  };
  for (const name of [...files.keys()]) {
    const extension = path.extname(name);
    if (extension === '.onnx') await leaveOut(name, withoutFields);
    else if (extension === '.json') await leaveOut(name, withoutNodes);
    else await leaveOut(name, withoutBytes);
  }
  return smallest;
}
