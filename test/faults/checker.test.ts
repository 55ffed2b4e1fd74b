/** The checker's process dies while verify needs it: no proof is told, and no certificate written. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeFiles, type Files } from '../cli/files.ts';
import { childrenOf, runWith, until } from './processes.ts';

let files: Files;

beforeAll(async () => {
  files = await writeFiles();
});

test.each([{ options: [] }, { options: ['--certificate'] }])(
  'verify $options, whose checker is killed, is undecided',
  { timeout: 60_000 },
  async ({ options }) => {
    const { original, plain, folder } = files;
    const file = path.join(folder, 'certificate.json');
    const certificate = options.flatMap((option) => [option, file]);
    let killed = 0;
    const run = await runWith(['verify', original, plain, ...certificate], (child) =>
      until(child, () => {
        for (const pid of childrenOf(child.pid ?? 0, 'checking/process.js')) {
          process.kill(pid, 'SIGKILL');
          killed += 1;
        }
        return killed > 0;
      }),
    );
    expect(killed).toBe(1);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.stdout).toMatch(/^Undecided/);
    expect(run.stdout).toMatch(/the checker's process failed/);
    expect(existsSync(file)).toBe(false);
  },
);
