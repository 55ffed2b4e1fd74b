/** What was measured, as the tables of reports/multiply-add.md. */
import type { KernelName } from '../../src/kernels/kernel.ts';
import { layers } from './shapes.ts';
import type { Count, Passing } from './measure.ts';

/** `yes`, or how many of the reserved values came back otherwise. */
export function cell({ values, altered }: Count): string {
  return altered === 0 ? 'yes' : `no: ${altered} of ${values}`;
}

function table(passings: readonly Passing[], of: (passing: Passing) => Count): string {
  const kernels: readonly KernelName[] = [...new Set(passings.map(({ kernel }) => kernel))];
  const rows = [...layers.keys()].map((layer) => {
    const cells = kernels.map((kernel) => {
      const found = passings.find((one) => one.kernel === kernel && one.layer === layer);
      return found === undefined ? '' : cell(of(found));
    });
    return `| ${[layer, ...cells].join(' | ')} |`;
  });
  const head = `| layer | ${kernels.join(' | ')} |`;
  return [head, `|${'---|'.repeat(kernels.length + 1)}`, ...rows].join('\n');
}

export function report(passings: readonly Passing[]): string {
  const { process: runtime } = globalThis;
  return `# Which kernels multiply and add

A Dirac channel is exact to the bit on every kernel that computes its outputs by multiplying and adding, in any
order, fused or not (theorem \`dirac-bit-exact\`), and a batch norm with γ = 1, σ² = fl(1 − ε), μ = β = 0 on every
kernel that computes what it says (\`unit-batch-norm-bit-exact\`). A kernel that transforms its input first
(Winograd, FFT) is none. Each layer below was run on values of either sign between 2⁻⁶⁰ and 2⁶⁰, and its
reserved channels compared with what they reserve.

*yes*: every reserved value came back with its bits, the sign of zero aside. A measurement at these inputs,
not a proof; of the machine in use, where a runtime chooses its kernels by processor (${runtime.arch}).

${table(passings, (passing) => passing)}

## With subnormal values

The same on values between 2⁻¹⁴² and 2⁻¹¹⁷, most of them subnormal. The theorems presuppose gradual underflow; a
kernel that reads or writes subnormal values as zero does not compute in IEEE 754 there.

${table(passings, ({ subnormal }) => subnormal)}

Made by \`npm run report:multiply-add\`; the columns wasm and cpu are compared with new measurements by
test/docs/multiply-add.test.ts.
`;
}
