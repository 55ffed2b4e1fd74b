/**
 * Opens kernels by name. Runtimes are loaded only when asked for: a proof needs none, and tfjs alone
 * takes half a second.
 */
import { failed, type Result } from '../model/failure.ts';
import { kernelNames, type Kernel, type KernelName } from './kernel.ts';

/** Errors: `missing-data` when the runtime is not installed or does not start. */
export async function openKernel(name: KernelName): Promise<Result<Kernel>> {
  try {
    switch (name) {
      case 'wasm':
      case 'cpu':
      case 'tensorflow':
        return await (await import('./tfjs.ts')).openTfjs(name);
      case 'onnxruntime':
        return await (await import('./onnxruntime.ts')).openOnnxruntime();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return failed('missing-data', name, `the kernel does not load: ${reason}`);
  }
}

/** The kernels that open here, in the order of `kernelNames`. */
export async function availableKernels(): Promise<readonly KernelName[]> {
  const available: KernelName[] = [];
  for (const name of kernelNames) if ((await openKernel(name)).ok) available.push(name);
  return available;
}
