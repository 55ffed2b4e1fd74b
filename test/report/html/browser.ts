/**
 * A real browser for tests of pages: the system's Chromium, through playwright-core, which brings none of its own.
 *
 * Null where there is none, with the reason printed: unless PLAINPROOF_REQUIRE_BROWSER says that there has to be
 * one, as .ci/run does.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

function executable(): string | null {
  const told = process.env['PLAINPROOF_CHROMIUM'];
  if (told !== undefined && told !== '') return told;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  );
  return candidates.find((file) => existsSync(file)) ?? null;
}

export async function openBrowser(): Promise<Browser | null> {
  const executablePath = executable();
  if (executablePath !== null) {
    return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }
  const isRequired = (process.env['PLAINPROOF_REQUIRE_BROWSER'] ?? '') !== '';
  if (isRequired) throw new Error('no Chromium on the path, and tests of pages are required');
  console.warn('skipped: pages are not tried in a browser, for there is no Chromium on the path');
  return null;
}
