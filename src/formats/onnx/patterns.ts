/**
 * Two nodes that are one layer: x · Sigmoid(x) is silu, Min(Max(x, l), u) is one clip. Recognised before
 * either becomes a layer, and only where nothing else reads what is between them.
 */
import type { Activation } from './axes.ts';
import type { Constant } from './constant.ts';
import type { NodeProto } from './messages.ts';
import type { Value } from './node-reader.ts';
import type { Operator } from './operators.ts';
import { silu } from './operators/activation.ts';
import { clipBetween } from './operators/arithmetic.ts';

/** What to read in a later node's place. */
export interface Fused {
  readonly operator: Operator;
  readonly inputs: readonly Value[];
}

/** How patterns look around; `value` is null for what is not known yet. */
export interface Surroundings {
  onlyReader(name: string): NodeProto | null;
  value(name: string): Value | null;
}

/** The later node of a pattern that starts at `node`, and what it is; null where none does. */
export function fusedReader(
  node: NodeProto,
  around: Surroundings,
): { readonly reader: NodeProto; readonly fused: Fused } | null {
  if (node.operator !== 'Sigmoid' && node.operator !== 'Max') return null;
  const output = node.outputs[0] ?? '';
  const reader = around.onlyReader(output);
  if (reader === null || reader.inputs.length !== 2 || reader.domain !== node.domain) return null;
  const other = reader.inputs[0] === output ? reader.inputs[1] : reader.inputs[0];
  if (node.operator === 'Sigmoid') {
    const value = around.value(node.inputs[0] ?? '');
    const same = reader.operator === 'Mul' && other === node.inputs[0];
    if (!same || value?.kind !== 'activation' || node.attributes.length > 0) return null;
    return { reader, fused: { operator: silu, inputs: [value] } };
  }
  if (reader.operator !== 'Min' || node.inputs.length !== 2) return null;
  const operands = node.inputs.map((name) => around.value(name));
  const value = operands.find((v): v is Activation => v?.kind === 'activation');
  const lower = operands.find((v): v is Constant => v?.kind === 'constant');
  const upper = around.value(other);
  if (value === undefined || lower === undefined || upper?.kind !== 'constant') return null;
  return { reader, fused: { operator: clipBetween, inputs: [value, lower, upper] } };
}
