/** What `gate` does with a configuration before it runs anything: read, digested, and planned from. */
import { readConfig } from '../../src/gate/read-config.ts';
import { caseCount, planCase } from '../../src/gate/plan.ts';
import { settingsDigest } from '../../src/gate/settings.ts';
import { demand, demandLine, type Subject } from '../subject.ts';
import { mainFile } from './reading.ts';

const subject: Subject = async (folder) => {
  const config = await readConfig(mainFile(folder));
  if (!config.ok) {
    demand(config.mistakes.length > 0, 'a refusal without a mistake');
    config.mistakes.forEach(demandLine);
    return 'refused';
  }
  settingsDigest(config.value);
  const count = caseCount(config.value);
  demand(count > 0, 'a configuration without cases');
  for (const index of [0, Math.floor(count / 2), count - 1]) planCase(config.value, index);
  return 'read';
};

export default subject;
