/** Pages in a real browser: what they do, what they may not do, and whether everybody can use them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { reportPage } from '../../../src/report/html/page.ts';
import type { VerdictRecord } from '../../../src/report/record.ts';
import { catalogue } from '../../../src/theorems/catalogue.ts';
import { refuted, undecided } from '../records.ts';
import { openBrowser } from './browser.ts';
import { hostile } from './hostile.ts';
import { sketch } from './sketch.ts';

const browser = await openBrowser();
const folder = mkdtempSync(path.join(tmpdir(), 'plainproof-pages-'));

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Scripts for the page are text: the tests' own types know no document. */
const unfoldAll = `for (const details of document.querySelectorAll('details')) details.open = true`;
const focused = 'document.activeElement?.id';

const proved = sketch({ blocks: [2, 2], convolutions: 2 });

type Scheme = 'light' | 'dark';

/** The page of a record, opened from a file as a reader would; every message and request is kept. */
async function open(
  record: VerdictRecord,
  options: { readonly scheme?: Scheme; readonly width?: number } = {},
): Promise<{ readonly page: Page; readonly messages: string[]; readonly requests: string[] }> {
  if (browser === null) throw new Error('no browser');
  const file = path.join(folder, 'report.html');
  writeFileSync(file, reportPage(record, { entries: catalogue, findings: new Map() }));
  const context = await browser.newContext({
    colorScheme: options.scheme ?? 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
    offline: true,
  });
  const page = await context.newPage();
  const [messages, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('dialog', (dialog) => messages.push(dialog.message()));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, messages, requests };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** The page's policy lets no script in; the debugger's protocol is not bound by it. What passes is not collected. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const { violations: found }: AxeResult = await page.evaluate(
    "axe.run({ resultTypes: ['violations'] })",
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

describe.skipIf(browser === null)('in a browser', () => {
  test('a page asks for nothing but itself, and says nothing on the console', async () => {
    const { page, messages, requests } = await open(proved);
    await page.getByRole('button', { name: 'unfold all stages' }).click();
    expect(messages).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await page.title()).toBe('Proved: plain.onnx and resnet.onnx');
  });

  test.each<[string, VerdictRecord, Scheme, number]>([
    ['a proof', proved, 'light', 1280],
    ['a proof in the dark', proved, 'dark', 1280],
    ['a proof on a telephone', proved, 'light', 390],
    ['a refutation', refuted, 'light', 1280],
    ['a refutation in the dark', refuted, 'dark', 1280],
    ['an open question', undecided, 'light', 1280],
  ])('axe finds nothing about %s', async (_, record, scheme, width) => {
    const { page } = await open(record, { scheme, width });
    await page.evaluate(unfoldAll);
    expect(await violations(page)).toEqual([]);
  });

  test('a layer under the pointer or in focus lights up its counterparts', async () => {
    const { page } = await open(proved);
    const merged = page.locator('.n', { hasText: 'layer1.0.conv2: conv' }).last();
    await merged.hover();
    const lit = page.locator('.n.lit title');
    expect((await lit.allTextContents()).map((text) => text.split(':')[0])).toEqual([
      'layer1.0.conv2',
      'layer1.0.bn2',
      'layer1.0.add',
    ]);
    await page.locator('#o2').focus();
    expect((await lit.allTextContents()).map((text) => text.split(':')[0])).toEqual([
      'layer1.0.conv1',
    ]);
  });

  test('one drawing is one stop of the tab key, and arrows go through it', async () => {
    const { page } = await open(proved);
    const first = page.locator('svg.net').nth(2).locator('.n').first();
    await first.focus();
    const drawing = 'svgs().indexOf(document.activeElement.closest("svg.net"))';
    await page.evaluate(`globalThis.svgs = () => [...document.querySelectorAll('svg.net')]`);
    const before = await page.evaluate<string>(focused);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>(focused)).not.toBe(before);
    expect(await page.evaluate<number>(drawing)).toBe(2);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<number>(drawing)).toBe(3);
  });

  test('a layer leads to its row, and the row back to the layer in its folded stage', async () => {
    const { page } = await open(sketch({ blocks: [3, 4], convolutions: 3 }));
    const row = page.locator('tr', { hasText: 'layer2.1.conv2' });
    await row.getByRole('link', { name: 'layer2.1.conv2' }).first().click();
    const layer = page.locator('.n.target');
    await layer.waitFor();
    expect(await layer.locator('title').textContent()).toContain('layer2.1.conv2');
    expect(await layer.isVisible()).toBe(true);
    await layer.press('Enter');
    await page.locator('tr.target').waitFor();
    expect(await page.locator('tr.target').textContent()).toContain('layer2.1.conv2');
  });

  test('stages fold, all at once and one by one', async () => {
    const { page } = await open(sketch({ blocks: [3, 4], convolutions: 3 }));
    const stages = page.locator('details.stage');
    await page.getByRole('button', { name: 'fold all', exact: true }).click();
    expect(
      await stages.evaluateAll((all) => all.filter((d) => d.hasAttribute('open')).length),
    ).toBe(0);
    await stages.last().locator('summary').first().press('Enter');
    expect(await page.locator('.n:visible').count()).toBeGreaterThan(0);
  });

  test('what kernels made of layers sorts by its ratio, and what is too far off can be filtered', async () => {
    const [{ converted, ...rest }] = proved.kernels;
    const { ratios = [], allowed = [] } = converted;
    const far = ratios.map((ratio, k) => (k === 4 ? 3 : k === 6 ? Infinity : ratio));
    const observed = far.map((ratio, k) => ratio * allowed[k]);
    const errors = { ...converted, ratios: far, observed };
    const { page } = await open({ ...proved, kernels: [{ ...rest, converted: errors }] });
    const head = page.getByRole('columnheader', { name: 'deviation on wasm: observed of allowed' });
    await head.getByRole('button').press('Enter');
    const cells = page.locator('#table tbody tr td:last-child');
    expect((await cells.allTextContents()).slice(0, 3)).toEqual([
      'not a number of 3.8e-6 ratio not finite, more than allowed',
      '1.1e-5 of 3.8e-6 ratio 3, more than allowed',
      '1.5e-6 of 3.8e-6 ratio 0.4',
    ]);
    await page.getByLabel('Filter').fill('more than allowed');
    expect(await page.locator('#table tbody tr:visible').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
  });

  test('the table sorts by its heads, down and up', async () => {
    const { page } = await open(proved);
    const head = page.getByRole('columnheader', { name: 'its channels' });
    const reserved = (): Promise<number[]> =>
      page
        .locator('#table tbody tr td:nth-child(3)')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-v'))));
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    const down = await reserved();
    expect(down).toEqual([...down].sort((a, b) => b - a));
    await head.getByRole('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await reserved()).toEqual([...down].sort((a, b) => a - b));
  });

  test('the table shows what is asked for, and says how much that is', async () => {
    const { page } = await open(proved);
    const rows = page.locator('#table tbody tr:visible');
    const all = await rows.count();
    await page.getByLabel('Filter').fill('layer2.1.conv fused');
    expect(await rows.count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe(`1 of ${all} layers`);
    await page.getByLabel('Show').selectOption('reserved');
    expect(await rows.allTextContents()).toEqual([expect.stringContaining('layer2.1.conv1')]);
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Show').selectOption('');
    expect(await rows.count()).toBe(all);
  });

  test('what is folded is on paper, and folded again afterwards', async () => {
    const { page } = await open(proved);
    const open_ = (): Promise<number> => page.locator('details[open]').count();
    const before = await open_();
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await open_()).toBeGreaterThan(before);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByLabel('Filter').isVisible()).toBe(false);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await open_()).toBe(before);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });

  test('nothing is wider than a telephone but what scrolls by itself', async () => {
    const { page } = await open(proved, { width: 390 });
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('without script everything can still be read', async () => {
    if (browser === null) return;
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await open(proved);
    await page.goto(pathToFileURL(path.join(folder, 'report.html')).href);
    expect(await page.locator('.tools:visible').count()).toBe(0);
    expect(await page.locator('#table tbody tr').count()).toBeGreaterThan(10);
  });

  describe('names that want to be more than names', () => {
    const record = sketch({ blocks: [2], convolutions: 2, name: hostile });

    test('run nothing, load nothing, and are there to be read', async () => {
      const { page, messages, requests } = await open(record);
      await page.evaluate(unfoldAll);
      await page.locator('.n').nth(3).hover();
      await page.getByLabel('Filter').fill('<script>');
      await page.waitForTimeout(200);
      expect(messages).toEqual([]);
      expect(requests).toHaveLength(1);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('[onload], [onerror], a[href^="javascript"]').count()).toBe(0);
      expect(await page.locator('#table tbody tr:visible').count()).toBeGreaterThan(0);
      expect(await page.locator('#table').textContent()).toContain(
        "<script>ran('script')</script>",
      );
    });
  });

  test('a script that got in all the same would not run', async () => {
    const { page, messages } = await open(proved);
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      const image = document.createElement('img');
      image.setAttribute('onerror', 'document.title = "taken over"');
      image.src = 'https://example.invalid/x.png';
      document.body.append(script, image);
    `);
    await page.waitForTimeout(200);
    expect(await page.title()).not.toBe('taken over');
    expect(messages.join()).toContain('Content Security Policy');
  });
});
