/** What `inspect` does with a model file, the model written as ONNX, and the model as a block. */
import path from 'node:path';
import { blockOf } from '../../src/audit/from-model.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { findShortcuts } from '../../src/model/shortcuts.ts';
import { statistics } from '../../src/model/statistics.ts';
import { inspectionText } from '../../src/report/inspection.ts';
import { networkOf } from '../../src/report/network.ts';
import type { Subject } from '../subject.ts';
import { demandFailure, mainFile, readCase } from './reading.ts';

const subject: Subject = async (folder) => {
  const file = mainFile(folder);
  const source = await readCase(file);
  if (!source.ok) return source.failure.code;
  const { model } = source.value;
  const shortcuts = findShortcuts(model);
  inspectionText({ source: source.value, statistics: statistics(model), shortcuts });
  networkOf(model);
  const saved = await saveOnnx(path.join(folder, 'written.onnx'), model);
  if (!saved.ok) demandFailure(file, saved.failure);
  blockOf(model, 'case');
  return saved.ok ? 'read' : `read, ${saved.failure.code}`;
};

export default subject;
