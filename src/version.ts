/** Which plainproof this is, as package.json says. */
import { readFileSync } from 'node:fs';

function read(): string {
  const file = new URL('../package.json', import.meta.url);
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof content !== 'object' || content === null || !('version' in content)) return 'unknown';
  return String(content.version);
}

export const version = read();
