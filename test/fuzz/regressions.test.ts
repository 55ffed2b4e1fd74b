/**
 * What fuzzing has found stays found: each case of `fuzz/regressions/` is run as the fuzzer runs it, watched from
 * outside, and has to end without a complaint. So has each case of the corpus, which mutations start from.
 */
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { subjectFile } from '../../fuzz/campaign.ts';
import { corpusFolder, readCases, regressionsFolder } from '../../fuzz/corpus.ts';
import { targets } from '../../fuzz/targets.ts';
import { WatchedProcess } from '../../fuzz/watched-process.ts';

/** How a case of the corpus ends that is understood: another one would be no use to start from. */
const understood =
  /^(?:read|converted|kept|pruned|proved|refuted|undecided|merged|accepted)$|^read, unsupported-operator$/;

describe.each(targets)('$name', (target) => {
  const process = new WatchedProcess(subjectFile(target));
  afterAll(() => process.close());

  const corpus = readCases(path.join(corpusFolder, target.name));
  test.each(corpus)('corpus: $name', async ({ files }) => {
    const { finding, ending } = await process.run(files);
    expect(finding).toBeNull();
    expect(ending).toMatch(understood);
  });

  const regressions = readCases(path.join(regressionsFolder, target.name));
  if (regressions.length > 0) {
    test.each(regressions)('regression: $name', async ({ files }) => {
      const { finding } = await process.run(files);
      expect(finding).toBeNull();
    });
  }
});
