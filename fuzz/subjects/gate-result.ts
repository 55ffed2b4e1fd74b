/** What `merge` does with the JSON of shards, one of them a baseline as well, in all formats of reports. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { changesSince } from '../../src/gate/baseline.ts';
import { gateVerdict } from '../../src/gate/case.ts';
import { mergeShards, type ShardFile } from '../../src/gate/merge.ts';
import { readResult } from '../../src/gate/read-result.ts';
import { gateAnnotations } from '../../src/report/gate/annotations.ts';
import { gateJsonText } from '../../src/report/gate/json.ts';
import { gateJunit } from '../../src/report/gate/junit.ts';
import { gateMarkdown } from '../../src/report/gate/markdown.ts';
import { gateSarif } from '../../src/report/gate/sarif.ts';
import { gateText } from '../../src/report/gate/terminal.ts';
import { parseXml } from '../../test/gate/xml.ts';
import { demand, type Subject } from '../subject.ts';
import { demandMarkdown } from './output.ts';
import { demandFailure } from './reading.ts';

const configFile = 'plainproof.config.ts';

const subject: Subject = async (folder) => {
  const shards: ShardFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(folder, name);
    const result = await readResult(file);
    if (!result.ok) return demandFailure(file, result.failure);
    shards.push({ file, result: result.value });
  }
  const merged = mergeShards(shards);
  if (!merged.ok) demandFailure('merge', merged.failure);
  const result = merged.ok ? merged.value : shards[0].result;
  const changes = changesSince(shards[0].result, result);
  gateVerdict(result);
  gateText(result, changes);
  JSON.parse(gateJsonText(result));
  JSON.parse(gateSarif(result, { configFile, changes }));
  parseXml(gateJunit(result));
  demandMarkdown(gateMarkdown(result, changes));
  for (const line of gateAnnotations(result, configFile).split(/\r\n|\r|\n/)) {
    demand(line === '' || /^::(?:error|warning|notice) /.test(line), `a line of its own: ${line}`);
    demand(
      !/::set-output|::add-mask|::stop-commands/.test(line.slice(0, 20)),
      `a command: ${line}`,
    );
  }
  return merged.ok ? 'merged' : 'read';
};

export default subject;
