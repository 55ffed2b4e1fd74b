/**
 * Builds a model layer by layer, checking every shape on the way.
 *
 * Readers, converters and tests all build models through this one door, so a `Model` in hand is always
 * well formed. The first failure is kept and reported by `finish`; after it, `add` does nothing, which
 * spares every caller a branch after every line. It does not sort: layers come in computable order.
 */
import { failed, success, type Failure, type FailureCode, type Result } from './failure.ts';
import { inferShape, largestTensor } from './infer-shape.ts';
import type { Layer, LayerSpec, TensorId } from './layer.ts';
import type { Layout, Model, Port, TensorInfo } from './model.ts';
import { elements, printShape, type Shape } from './shape.ts';

export class ModelBuilder {
  readonly #tensors: TensorInfo[] = [];
  readonly #layers: Layer[] = [];
  readonly #inputs: Port[] = [];
  readonly #outputs: Port[] = [];
  readonly #names = new Set<string>();
  /** For every name wanted more than once, the next suffix to try. */
  readonly #suffixes = new Map<string, number>();
  readonly #checkedLater: (values: Float32Array) => boolean;
  #failure: Failure | null = null;

  /** `checkedLater`: arrays that the caller will look through for numbers that are not finite. */
  constructor(checkedLater: (values: Float32Array) => boolean = () => false) {
    this.#checkedLater = checkedLater;
  }

  /** The first failure so far; callers may look in order to stop early. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Records a failure of the caller's own; only the first one counts. */
  fail(code: FailureCode, node: string, reason: string): void {
    this.#failure ??= { code, node, reason };
  }

  shape(tensor: TensorId): Shape {
    return this.#tensors[tensor]?.shape ?? { channels: 1, height: 1, width: 1 };
  }

  input(
    name: string,
    shape: Shape,
    layout: Layout = 'nchw',
    batch: number | null = null,
  ): TensorId {
    const sides = [shape.channels, shape.height, shape.width];
    if (sides.some((n) => !Number.isSafeInteger(n) || n < 1)) {
      this.fail('bad-shape', name, `input of ${printShape(shape)}`);
    } else if (elements(shape) > largestTensor) {
      this.fail('too-large', name, `input of ${printShape(shape)} values`);
    }
    const tensor = this.#tensor(name, shape);
    this.#inputs.push({ name, tensor, layout, batch });
    return tensor;
  }

  /** Adds a layer and returns its result. A name in use gets a suffix: names identify layers in verdicts. */
  add(spec: LayerSpec): TensorId {
    if (this.#failure !== null) return 0;
    const name = this.#unusedName(spec.name);
    const shape = inferShape(
      spec,
      spec.inputs.map((t) => this.shape(t)),
      this.#checkedLater,
    );
    if (!shape.ok) {
      this.#failure = shape.failure;
      return 0;
    }
    const output = this.#tensor(name, shape.value);
    this.#layers.push({ ...spec, name, output });
    return output;
  }

  output(
    name: string,
    tensor: TensorId,
    layout: Layout = 'nchw',
    batch: number | null = null,
  ): void {
    if (
      layout === 'vector' &&
      (this.shape(tensor).height !== 1 || this.shape(tensor).width !== 1)
    ) {
      this.fail('bad-shape', name, `output of ${printShape(this.shape(tensor))} is no vector`);
    }
    this.#outputs.push({ name, tensor, layout, batch });
  }

  finish(): Result<Model> {
    if (this.#failure !== null) return { ok: false, failure: this.#failure };
    if (this.#inputs.length === 0) return failed('not-a-model', '', 'the model has no input');
    if (this.#outputs.length === 0) return failed('not-a-model', '', 'the model has no output');
    return success({
      inputs: this.#inputs,
      outputs: this.#outputs,
      tensors: this.#tensors,
      layers: this.#layers,
    });
  }

  #tensor(name: string, shape: Shape): TensorId {
    this.#tensors.push({ name, shape });
    return this.#tensors.length - 1;
  }

  #unusedName(wanted: string): string {
    let name = wanted;
    // Going on from the last suffix tried keeps many layers of one name from taking quadratic time.
    let n = this.#suffixes.get(wanted) ?? 2;
    for (; this.#names.has(name); n++) name = `${wanted}#${n}`;
    if (name !== wanted) this.#suffixes.set(wanted, n);
    this.#names.add(name);
    return name;
  }
}
