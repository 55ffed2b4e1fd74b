/**
 * The kernels tests run on: those named in PLAINPROOF_REQUIRE_KERNELS, which must open, or else all that
 * open here. wasm, cpu and onnxruntime come with `npm ci`; tensorflow may be absent without the variable.
 */
import { kernelNames, type Kernel, type KernelName } from '../../src/kernels/kernel.ts';
import { openKernel } from '../../src/kernels/open.ts';

function isKernelName(name: string): name is KernelName {
  return kernelNames.some((known) => known === name);
}

/** The kernels that have to open. Throws on a name that is none: a typing error must not skip a test. */
export function requiredKernels(): readonly KernelName[] {
  const listed = process.env['PLAINPROOF_REQUIRE_KERNELS'] ?? 'wasm,cpu,onnxruntime';
  return listed.split(',').map((name) => {
    if (!isKernelName(name)) throw new Error(`PLAINPROOF_REQUIRE_KERNELS names ${name}`);
    return name;
  });
}

/** Every kernel that opens here, opened. Throws if one that is required does not. */
export async function openedKernels(): Promise<readonly Kernel[]> {
  const required = requiredKernels();
  const kernels: Kernel[] = [];
  for (const name of kernelNames) {
    const opened = await openKernel(name);
    if (opened.ok) kernels.push(opened.value);
    else if (required.includes(name)) throw new Error(opened.failure.reason);
  }
  return kernels;
}
