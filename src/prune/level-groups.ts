/**
 * Keeps the groups of a grouped convolution equally wide, as every format demands: of the classes that are to go,
 * those that have to stay for it.
 *
 * A group may go as a whole, inputs and outputs. Every other one keeps as many inputs as the widest, and as many
 * outputs. One class may hold channels of several groups, and then counts in each.
 */
interface Grouping {
  readonly groups: number;
  /** The class of each input channel. */
  readonly inputs: readonly number[];
  /** The class of each output channel. */
  readonly outputs: readonly number[];
  readonly going: ReadonlySet<number>;
  /** What is worth more stays first. */
  readonly worth: (root: number) => number;
}

function split(classes: readonly number[], groups: number): readonly (readonly number[])[] {
  const width = classes.length / groups;
  return Array.from({ length: groups }, (_, g) => classes.slice(g * width, (g + 1) * width));
}

/** Classes to keep so that the side has `wanted` channels of the group. */
function missing(side: readonly number[], wanted: number, grouping: Grouping): readonly number[] {
  const { going, worth } = grouping;
  const kept = side.filter((root) => !going.has(root)).length;
  if (kept >= wanted) return [];
  const candidates = side.filter((root) => going.has(root));
  return candidates.sort((a, b) => worth(b) - worth(a) || a - b).slice(0, wanted - kept);
}

/** Classes that have to stay; empty where the groups are equal as it is. */
export function levelGroups(grouping: Grouping): readonly number[] {
  const { groups, going } = grouping;
  const inputs = split(grouping.inputs, groups);
  const outputs = split(grouping.outputs, groups);
  const kept = (side: readonly number[]): number => side.filter((root) => !going.has(root)).length;
  const alive = inputs.flatMap((_, g) => (kept(inputs[g]) + kept(outputs[g]) > 0 ? [g] : []));
  const widest = (sides: readonly (readonly number[])[]): number =>
    Math.max(1, ...alive.map((g) => kept(sides[g])));
  const [wantedInputs, wantedOutputs] = [widest(inputs), widest(outputs)];
  return alive.flatMap((g) => [
    ...missing(inputs[g], wantedInputs, grouping),
    ...missing(outputs[g], wantedOutputs, grouping),
  ]);
}
