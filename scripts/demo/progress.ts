/** What the demo is doing: a spinner on a terminal, one plain line a step in a log. */
import ora from 'ora';

export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  if (!process.stdout.isTTY) {
    const result = await work();
    console.log(`${name} (${seconds()})`);
    return result;
  }
  const spinner = ora({ text: name, stream: process.stdout }).start();
  try {
    const result = await work();
    spinner.succeed(`${name} (${seconds()})`);
    return result;
  } catch (error) {
    spinner.fail(name);
    throw error;
  }
}
