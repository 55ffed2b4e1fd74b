/**
 * How far a reserved value drifts through batch norms that are meant to be the identity, in float32.
 *
 * A computation, not a proof: every operation is rounded by Math.fround, in the two arrangements runtimes use. The
 * real kernels' own drift is measured in properties/.
 */
const round = Math.fround;

/** γ, σ², μ, β and ε of one channel, as float32 values. */
export interface UnitBatchNorm {
  readonly gamma: number;
  readonly variance: number;
  readonly mean: number;
  readonly beta: number;
  readonly epsilon: number;
}

/** What a converter writes into the k-th block. */
export interface Recipe {
  readonly name: string;
  readonly block: (k: number) => UnitBatchNorm;
}

/** Whether the scale is γ/√(σ²+ε), or γ times the rounded inverse of the root. */
export const arrangements = ['quotient', 'inverse'] as const;
export type Arrangement = (typeof arrangements)[number];

/** Uniform in [0, 1), a function of k alone: a multiplicative hash with Knuth's MMIX multiplier. */
function uniform(k: number): number {
  let state = Math.imul(k + 1, 0x9e3779b1);
  for (let i = 0; i < 3; i++) state = (Math.imul(state, 1284865837) + 3037000493) ^ (state >>> 15);
  return (state >>> 0) / 2 ** 32;
}

function unit(epsilon: number): UnitBatchNorm {
  return { gamma: 1, variance: round(1 - epsilon), mean: 0, beta: 0, epsilon };
}

function taken(epsilon: number): UnitBatchNorm {
  return { gamma: 1, variance: 1, mean: 0, beta: 0, epsilon };
}

/** Keeps the statistics of some source block and undoes them. */
function undone(k: number): UnitBatchNorm {
  const [variance, mean] = [round(0.25 + 4 * uniform(2 * k)), round(4 * uniform(2 * k + 1) - 2)];
  const epsilon = round(1e-5);
  return { gamma: root(variance, epsilon), variance, mean, beta: mean, epsilon };
}

export const recipes: readonly Recipe[] = [
  { name: 'γ=1, σ²=fl(1−ε), μ=β=0, ε=10⁻⁵', block: () => unit(round(1e-5)) },
  { name: 'γ=1, σ²=fl(1−ε), μ=β=0, ε=10⁻³', block: () => unit(round(1e-3)) },
  { name: 'γ=√(σ²+ε), β=μ, statistics of the source', block: undone },
  { name: 'γ=σ²=1, μ=β=0, ε=10⁻⁵', block: () => taken(round(1e-5)) },
  { name: 'γ=σ²=1, μ=β=0, ε=10⁻³', block: () => taken(round(1e-3)) },
];

function root(variance: number, epsilon: number): number {
  return round(Math.sqrt(round(variance + epsilon)));
}

function scaleOf({ gamma, variance, epsilon }: UnitBatchNorm, arrangement: Arrangement): number {
  const divisor = root(variance, epsilon);
  switch (arrangement) {
    case 'quotient':
      return round(gamma / divisor);
    case 'inverse':
      return round(gamma * round(1 / divisor));
  }
}

/** The value after so many blocks; `value` is a float32. */
function through(of: {
  readonly recipe: Recipe;
  readonly arrangement: Arrangement;
  readonly value: number;
  readonly blocks: number;
}): number {
  const { recipe, arrangement, blocks } = of;
  let { value } = of;
  for (let k = 0; k < blocks; k++) {
    const block = recipe.block(k);
    const scale = scaleOf(block, arrangement);
    value = round(round(round(value - block.mean) * scale) + block.beta);
  }
  return value;
}

/** Values of ordinary size, none of them special. */
const samples = [0.001, 0.1, 0.7, 1, 3.3, 47].map(round);

/** Largest |value after − value before| / |value before| over the samples. */
export function drift(recipe: Recipe, arrangement: Arrangement, blocks: number): number {
  return Math.max(
    ...samples.map((value) => {
      const after = through({ recipe, arrangement, value, blocks });
      return Math.abs(after - value) / value;
    }),
  );
}

function inWords(relative: number): string {
  return relative === 0 ? '0' : relative.toExponential(1);
}

/** Markdown: the drift after one block and after a thousand. */
export function driftTable(): string {
  const rows = recipes.flatMap((recipe) =>
    arrangements.map((arrangement) => {
      const [once, often] = [1, 1000].map((blocks) => inWords(drift(recipe, arrangement, blocks)));
      return `| ${recipe.name} | ${arrangement} | ${once} | ${often} |`;
    }),
  );
  const head = '| parameters | scale | after 1 block | after 1,000 blocks |';
  return [head, '|---|---|---|---|', ...rows].join('\n');
}
