/** How tests take a conversion: as somebody who reads its file. */
import { decodeModel } from '../../src/formats/onnx/decode.ts';
import { ExternalData } from '../../src/formats/onnx/external-data.ts';
import { readGraph } from '../../src/formats/onnx/read-graph.ts';
import { writeOnnx } from '../../src/formats/onnx/write.ts';
import type { Model } from '../../src/model/model.ts';
import { built } from './support.ts';

/** The model as it comes back from an ONNX file. */
export function throughFile(model: Model): Model {
  const bytes = built(writeOnnx(model));
  const proto = built(decodeModel(bytes));
  return built(readGraph(proto, { external: new ExternalData(new Map()), bytes: bytes.length }));
}
