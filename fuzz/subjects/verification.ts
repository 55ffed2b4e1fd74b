/** What `verify` does with two model files, with all its reports. A case with one model is compared with itself. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { reportPage } from '../../src/report/html/page.ts';
import { verdictJsonText } from '../../src/report/json.ts';
import { reportMarkdown } from '../../src/report/markdown.ts';
import { summaryOf } from '../../src/report/model-summary.ts';
import { readRecord } from '../../src/report/read-record.ts';
import { verdictText } from '../../src/report/terminal.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';
import { verify } from '../../src/verify.ts';
import { demand, type Subject } from '../subject.ts';
import { demandMarkdown, demandPage } from './output.ts';
import { readCase } from './reading.ts';

const subject: Subject = async (folder) => {
  const original = path.join(folder, 'original.onnx');
  const converted = path.join(folder, 'converted.onnx');
  const first = await readCase(original);
  if (!first.ok) return first.failure.code;
  const second = existsSync(converted) ? await readCase(converted) : first;
  if (!second.ok) return second.failure.code;
  const options = { rlimit: 200_000, account: true };
  const verdict = await verify(first.value.model, second.value.model, options);
  const record = {
    verdict,
    kernels: [],
    original: summaryOf(first.value, true),
    converted: summaryOf(second.value, true),
    timings: { read: 0, kernels: 0, verify: 0, total: 0 },
  };
  verdictText(record);
  const read = readRecord(verdictJsonText(record));
  demand(read.ok, `a verdict that cannot be read again: ${read.ok ? '' : read.failure.reason}`);
  demandPage(reportPage(record, { entries: catalogue, findings: new Map() }));
  demandMarkdown(reportMarkdown(record));
  return verdict.verdict;
};

export default subject;
