/** What an audit needs: a solver that remembers, and the kernel every installation has. */
import { afterAll } from 'vitest';
import type { AuditTools } from '../../src/audit/audit.ts';
import { openKernel } from '../../src/kernels/open.ts';
import { openDecider } from '../../src/solver/decider.ts';

export async function auditTools(): Promise<AuditTools> {
  const kernel = await openKernel('wasm');
  if (!kernel.ok) throw new Error(kernel.failure.reason);
  const decider = openDecider({ rlimit: 5_000_000, sessions: 2, cache: true });
  afterAll(async () => {
    await decider.close();
    await kernel.value.close();
  });
  return { decider, kernels: [kernel.value] };
}
