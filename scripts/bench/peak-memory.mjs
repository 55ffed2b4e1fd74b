/** Preloaded into a process under measurement: writes its peak resident set, in bytes, when it ends. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  writeFileSync(process.env.PLAINPROOF_PEAK_FILE, String(maxRSS * 1024));
});
