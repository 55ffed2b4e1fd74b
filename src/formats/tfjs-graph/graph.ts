/**
 * A TensorFlow graph as tfjs stores it in JSON: named nodes with an operator, inputs and attributes.
 *
 * Protobuf's JSON mapping writes 64-bit integers as text and byte strings as base64; attributes are
 * decoded here. Knows nothing about what operators compute. Control dependencies order side effects, of
 * which inference has none, and are dropped.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import { isList, isObject, property, quote } from '../json.ts';

/** One result of a node. `slot` is the name of the result where the file gives it, as in `bn:y:0`. */
export interface Source {
  readonly node: string;
  readonly slot: string | null;
  readonly index: number;
}

export interface GraphNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly Source[];
  readonly attributes: unknown;
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Placeholders in the order the caller feeds them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly Source[];
}

function parseSource(text: string): Source | null {
  const [node, ...rest] = text.split(':');
  if (rest.length > 2) return null;
  const index = rest.length === 0 ? 0 : Number(rest.at(-1));
  if (!Number.isSafeInteger(index) || index < 0) return null;
  return { node, slot: rest.length === 2 ? rest[0] : null, index };
}

/** A number that JSON may hold as text, or null. */
function toNumber(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const number = Number(value);
  return value === '' || Number.isNaN(number) ? null : number;
}

function toText(value: unknown): string | null {
  if (typeof value === 'string') return Buffer.from(value, 'base64').toString('latin1');
  const codes = isList(value) ? value.filter((code) => typeof code === 'number') : [];
  return isList(value) && codes.length === value.length
    ? Buffer.from(codes).toString('latin1')
    : null;
}

/** Attribute values; each function gives null where the attribute is absent or of another type. */
export const attribute = {
  number(node: GraphNode, key: string): number | null {
    const value = property(node.attributes, key);
    return toNumber(property(value, 'i') ?? property(value, 'f'));
  },
  flag(node: GraphNode, key: string): boolean | null {
    const value = property(property(node.attributes, key), 'b');
    return typeof value === 'boolean' ? value : null;
  },
  text(node: GraphNode, key: string): string | null {
    return toText(property(property(node.attributes, key), 's'));
  },
  /** Names of types come as `DT_FLOAT` or as its number. */
  type(node: GraphNode, key: string): string | null {
    const value = property(property(node.attributes, key), 'type');
    if (value === 1) return 'DT_FLOAT';
    return typeof value === 'string' ? value : null;
  },
  numbers(node: GraphNode, key: string): readonly number[] | null {
    const list = property(property(node.attributes, key), 'list');
    if (!isObject(list)) return null;
    const values: unknown = list.i ?? list.f ?? [];
    const numbers = isList(values) ? values.map(toNumber).filter((n) => n !== null) : [];
    return isList(values) && numbers.length === values.length ? numbers : null;
  },
  texts(node: GraphNode, key: string): readonly string[] | null {
    const list = property(property(node.attributes, key), 'list');
    if (!isObject(list)) return null;
    const values: unknown = list.s ?? [];
    const texts = isList(values) ? values.map(toText).filter((text) => text !== null) : [];
    return isList(values) && texts.length === values.length ? texts : null;
  },
  /** Extents of a shape attribute, −1 where unknown; null without a shape of known rank. */
  shape(node: GraphNode, key: string): readonly number[] | null {
    const shape = property(property(node.attributes, key), 'shape');
    if (!isObject(shape) || shape.unknownRank === true) return null;
    const dims: unknown = shape.dim ?? [];
    if (!isList(dims)) return null;
    return dims.map((dim) => toNumber(property(dim, 'size')) ?? -1);
  },
} as const;

function readNode(builder: ModelBuilder, entry: unknown): GraphNode | null {
  const name = property(entry, 'name');
  const operator = property(entry, 'op');
  const inputs = property(entry, 'input') ?? [];
  if (typeof name !== 'string' || typeof operator !== 'string' || !isList(inputs)) {
    builder.fail(
      'not-a-model',
      typeof name === 'string' ? name : '',
      'a node without name, op or inputs',
    );
    return null;
  }
  const sources: Source[] = [];
  for (const input of inputs) {
    if (typeof input === 'string' && input.startsWith('^')) continue;
    const source = typeof input === 'string' ? parseSource(input) : null;
    if (source === null) {
      builder.fail('not-a-model', name, `input ${quote(input)} is not understood`);
      return null;
    }
    sources.push(source);
  }
  return { name, operator, inputs: sources, attributes: property(entry, 'attr') };
}

/** Names of the tensors a signature lists, in its order. */
function signed(signature: unknown, side: 'inputs' | 'outputs'): readonly Source[] {
  const ports = property(signature, side);
  if (!isObject(ports)) return [];
  const sources = Object.values(ports).map((port) => {
    const name = property(port, 'name');
    return typeof name === 'string' ? parseSource(name) : null;
  });
  return sources.filter((source) => source !== null);
}

/** Reads nodes, inputs and outputs; what is wrong goes to the builder, and the result is then null. */
export function readGraph(
  builder: ModelBuilder,
  topology: unknown,
  signature: unknown,
): Graph | null {
  const entries = property(topology, 'node');
  if (!isList(entries)) {
    builder.fail('not-a-model', '', 'the graph has no list of nodes');
    return null;
  }
  const nodes = new Map<string, GraphNode>();
  const read = new Set<string>();
  for (const entry of entries) {
    const node = readNode(builder, entry);
    if (node === null) return null;
    if (nodes.has(node.name)) {
      builder.fail('not-a-model', node.name, 'two nodes of one name');
      return null;
    }
    nodes.set(node.name, node);
    for (const source of node.inputs) read.add(source.node);
  }
  const all = [...nodes.values()];
  const inputs = signed(signature, 'inputs').map((source) => source.node);
  const placeholders = all.filter((node) => node.operator === 'Placeholder');
  const outputs = signed(signature, 'outputs');
  const loose = all.filter((node) => !read.has(node.name) && node.operator !== 'Placeholder');
  return {
    nodes,
    inputs: inputs.length > 0 ? inputs : placeholders.map((node) => node.name),
    outputs:
      outputs.length > 0
        ? outputs
        : loose.map((node) => ({ node: node.name, slot: null, index: 0 })),
  };
}
