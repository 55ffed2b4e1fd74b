/** What `prune` does with a model file and the JSON of a plan, up to the comparison of what it wrote. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readModel } from '../../src/formats/read-model.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { planOf, planText } from '../../src/prune/plan.ts';
import { prune, type PruneOptions } from '../../src/prune/prune.ts';
import { demand, type Subject } from '../subject.ts';
import { demandFailure, readCase } from './reading.ts';

/** Null for text that is no JSON. */
function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const subject: Subject = async (folder) => {
  const file = path.join(folder, 'model.onnx');
  const source = await readCase(file);
  if (!source.ok) return source.failure.code;
  const plan = planOf(parsed(path.join(folder, 'plan.json')));
  const options: PruneOptions = plan.ok ? { plan: plan.value } : { slim: 0.3 };
  if (!plan.ok) demandFailure('plan.json', plan.failure);
  else demand(planOf(JSON.parse(planText(plan.value))).ok, 'a plan that cannot be read again');
  const pruning = prune(source.value.model, options);
  if (!pruning.ok) return `${plan.ok ? 'plan' : 'slim'}, ${demandFailure(file, pruning.failure)}`;
  for (const [name, model] of Object.entries({
    masked: pruning.value.masked,
    small: pruning.value.small,
  })) {
    const output = path.join(folder, `${name}.onnx`);
    const saved = await saveOnnx(output, model);
    if (!saved.ok) return `pruned, ${demandFailure(file, saved.failure)}`;
    const again = await readModel(output);
    demand(again.ok, `what prune wrote cannot be read: ${again.ok ? '' : again.failure.reason}`);
  }
  return 'pruned';
};

export default subject;
