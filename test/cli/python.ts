/**
 * The Python that tests run programs with: the one named by PYTHON, or python3.
 *
 * Where it lacks what a test needs, the test is skipped and the reason printed: unless PLAINPROOF_REQUIRE_PYTHON says
 * that it has to have it, as .ci/run does.
 */
import { spawnSync } from 'node:child_process';

export const python = process.env['PYTHON'] ?? 'python3';

/** Whether `module` can be imported; `what` names what is not tried where it cannot. */
export function hasPython(module: string, what: string): boolean {
  const probe = spawnSync(python, ['-c', `import ${module}`], { encoding: 'utf8' });
  if (probe.status === 0) return true;
  const said = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1) ?? '';
  const isRequired = (process.env['PLAINPROOF_REQUIRE_PYTHON'] ?? '') !== '';
  if (isRequired) throw new Error(`${what} is required to be tried, but ${python}: ${said}`);
  console.warn(`skipped: ${what} is not tried: ${python}: ${said}`);
  return false;
}
