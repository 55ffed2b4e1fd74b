/** What `report` does with the JSON of a verdict. */
import { readFileSync } from 'node:fs';
import { reportPage } from '../../src/report/html/page.ts';
import { reportMarkdown } from '../../src/report/markdown.ts';
import { readRecord } from '../../src/report/read-record.ts';
import { verdictText } from '../../src/report/terminal.ts';
import { catalogue } from '../../src/theorems/catalogue.ts';
import type { Subject } from '../subject.ts';
import { demandMarkdown, demandPage } from './output.ts';
import { demandFailure, mainFile } from './reading.ts';

const subject: Subject = async (folder) => {
  const file = mainFile(folder);
  const record = readRecord(readFileSync(file, 'utf8'));
  if (!record.ok) return demandFailure(file, record.failure);
  verdictText(record.value);
  demandMarkdown(reportMarkdown(record.value));
  demandPage(reportPage(record.value, { entries: catalogue, findings: new Map() }));
  return record.value.verdict.verdict;
};

export default subject;
