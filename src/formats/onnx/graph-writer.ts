/**
 * Collects nodes, initializers and names for a graph that is being written.
 *
 * Knows what ONNX asks of a graph and a model does not have: every tensor has a unique name, a tensor has
 * a rank, equal constants are stored once. A vector is kept as batch × features or as batch × channels ×
 * 1 × 1, whatever computes it, and turned into the other form where a reader needs that.
 */
import type { TensorId } from '../../model/layer.ts';
import type { AttributeSpec, InitializerSpec, NodeSpec } from './encode.ts';

export type Rank = 2 | 4;

/** Names under which a tensor exists, by rank; the first one made is its base. */
interface Forms {
  readonly base: string;
  readonly names: Map<Rank, string>;
}

/** Words of a tensor that its hash looks at; equal hashes are compared in full. */
const hashedWords = 256;

export class GraphWriter {
  readonly nodes: NodeSpec[] = [];
  readonly initializers: InitializerSpec[] = [];
  readonly #taken: Set<string>;
  readonly #nodeNames: Set<string>;
  readonly #forms = new Map<TensorId, Forms>();
  readonly #byHash = new Map<string, InitializerSpec[]>();

  /** Names that are spoken for: of the graph's inputs and outputs, and of the layers' own nodes. */
  constructor(ports: readonly string[], layers: readonly string[]) {
    this.#taken = new Set(ports);
    this.#nodeNames = new Set(layers);
  }

  /** A name for a tensor. */
  unique(wanted: string): string {
    return unusedName(this.#taken, wanted);
  }

  node(
    operator: string,
    name: string,
    wiring: { readonly inputs: readonly string[]; readonly output: string },
    attributes: readonly AttributeSpec[] = [],
  ): void {
    this.nodes.push({
      operator,
      name,
      inputs: wiring.inputs,
      outputs: [wiring.output],
      attributes,
    });
  }

  /** A node besides the layers' own; it gets a suffix where its name is taken, for runtimes insist. */
  helper(
    operator: string,
    name: string,
    wiring: { readonly inputs: readonly string[]; readonly output: string },
    attributes: readonly AttributeSpec[] = [],
  ): void {
    this.node(operator, unusedName(this.#nodeNames, name), wiring, attributes);
  }

  define(tensor: TensorId, name: string, rank: Rank): void {
    this.#forms.set(tensor, { base: name, names: new Map([[rank, name]]) });
  }

  /** Says that two tensors are the same values: the second needs no node. */
  alias(tensor: TensorId, of: TensorId): void {
    const forms = this.#forms.get(of);
    if (forms !== undefined) this.#forms.set(tensor, forms);
  }

  /** The rank a tensor exists in already, 4 where it does in both. */
  rank(tensor: TensorId): Rank {
    return this.#forms.get(tensor)?.names.has(4) === true ? 4 : 2;
  }

  base(tensor: TensorId): string {
    return this.#forms.get(tensor)?.base ?? '';
  }

  /** The tensor's name in a rank, null where it does not exist in it yet. */
  existing(tensor: TensorId, rank: Rank): string | null {
    return this.#forms.get(tensor)?.names.get(rank) ?? null;
  }

  /** The tensor's name in a rank; made where it is not there yet (only vectors have both). */
  as(tensor: TensorId, rank: Rank): string {
    const known = this.existing(tensor, rank);
    if (known !== null) return known;
    const name = this.unique(`${this.base(tensor)}/${rank === 2 ? 'vector' : 'image'}`);
    this.turn(tensor, rank, name);
    this.#forms.get(tensor)?.names.set(rank, name);
    return name;
  }

  /** Adds the node that gives a tensor the other rank under the name `output`. */
  turn(tensor: TensorId, rank: Rank, output: string): void {
    const from = this.existing(tensor, rank === 2 ? 4 : 2) ?? '';
    const name = `${this.base(tensor)}/${rank === 2 ? 'vector' : 'image'}`;
    if (rank === 2) {
      const axis: AttributeSpec = { name: 'axis', kind: 'int', value: 1 };
      this.helper('Flatten', name, { inputs: [from], output }, [axis]);
    } else {
      const axes = this.integers(`${name}.axes`, [2, 3]);
      this.helper('Unsqueeze', name, { inputs: [from, axes], output });
    }
  }

  floats(wanted: string, values: Float32Array, dims: readonly number[]): string {
    return this.#initializer(wanted, values, dims);
  }

  integers(wanted: string, values: readonly number[]): string {
    return this.#initializer(wanted, BigInt64Array.from(values, BigInt), [values.length]);
  }

  #initializer(
    wanted: string,
    values: Float32Array | BigInt64Array,
    dims: readonly number[],
  ): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const kind = values instanceof Float32Array ? 'f' : 'i';
    const key = `${kind}${dims.join('×')}:${sampledHash(bytes)}`;
    const candidates = this.#byHash.get(key) ?? [];
    for (const { name, values: other } of candidates) {
      const otherBytes = Buffer.from(other.buffer, other.byteOffset, other.byteLength);
      if (otherBytes.equals(bytes)) return name;
    }
    const spec = { name: this.unique(wanted), dims, values };
    this.initializers.push(spec);
    this.#byHash.set(key, [...candidates, spec]);
    return spec.name;
  }
}

function unusedName(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}#${n}`;
  taken.add(name);
  return name;
}

/** FNV-1a over bytes spread evenly over the tensor. */
function sampledHash(bytes: Uint8Array): number {
  const step = Math.max(1, Math.floor(bytes.length / (4 * hashedWords)));
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at += step) {
    hash = Math.imul(hash ^ bytes[at], 0x01000193) >>> 0;
  }
  return hash;
}
