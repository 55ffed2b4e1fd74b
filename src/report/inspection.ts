/** What a model consists of, as text: its border, layers, shortcuts, and what it costs to run. */
import type { Source } from '../formats/source.ts';
import { parameterArrays, type Layer } from '../model/layer.ts';
import type { Model, Port } from '../model/model.ts';
import { printShape, type Pair } from '../model/shape.ts';
import type { Shortcut } from '../model/shortcuts.ts';
import { bytes, count, scaled } from './number.ts';

export interface Inspection {
  readonly source: Source;
  readonly parameters: number;
  readonly macs: number;
  readonly peakActivationBytes: number;
  readonly shortcuts: readonly Shortcut[];
}

function window(kernel: Pair, strides: Pair): string {
  const stride = strides.y === 1 && strides.x === 1 ? '' : ` stride ${strides.y}×${strides.x}`;
  return `${kernel.y}×${kernel.x}${stride}`;
}

/** A layer's kind in words, with what tells it from others of its kind. */
export function layerKind(layer: Layer): string {
  switch (layer.kind) {
    case 'conv': {
      const groups = layer.groups === 1 ? '' : `, ${layer.groups} groups`;
      return `conv ${window(layer.kernel, layer.strides)}${groups}`;
    }
    case 'batchNorm':
      return 'batch norm';
    case 'maxPool':
      return `max pool ${window(layer.kernel, layer.strides)}`;
    case 'averagePool':
      return `average pool ${window(layer.kernel, layer.strides)}`;
    case 'globalAveragePool':
      return 'global average pool';
    case 'leakyRelu':
      return `leaky relu ${layer.slope}`;
    case 'clip':
      return layer.lower.length === 1 && layer.upper.length === 1
        ? `clip ${layer.lower[0]} … ${layer.upper[0]}`
        : 'clip per channel';
    case 'opaque':
      return layer.function;
    case 'scale':
      return layer.operation;
    case 'flatten':
      return `flatten ${layer.order}`;
    case 'dense':
    case 'translate':
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'select':
    case 'pad':
    case 'relu':
    case 'prelu':
      return layer.kind;
  }
}

/** Cells to lines: columns as wide as their widest cell; `right` lists the columns that hold numbers. */
function columns(cells: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = cells[0].map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, row[column].length), 0),
  );
  return cells.map((row) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}

function portText(model: Model, port: Port): string {
  const batch = port.batch === null ? 'any batch' : `batch ${port.batch}`;
  return `${port.name} ${printShape(model.tensors[port.tensor].shape)} (${port.layout}, ${batch})`;
}

function layerRows(model: Model): readonly (readonly string[])[] {
  const rows = model.layers.map((layer) => {
    const parameters = parameterArrays(layer).reduce((sum, values) => sum + values.length, 0);
    const shape = printShape(model.tensors[layer.output].shape);
    return [layer.name, layerKind(layer), shape, parameters === 0 ? '' : count(parameters)];
  });
  return [['layer', 'kind', 'result', 'parameters'], ...rows];
}

function kinds(layers: readonly Layer[]): string {
  return layers.map(layerKind).join(', ');
}

function shortcutRows({ source, shortcuts }: Inspection): readonly (readonly string[])[] {
  const { tensors } = source.model;
  const rows = shortcuts.map(({ add, fork, kind, shortcut, branch }) => {
    const side = shortcut.length === 0 ? kind : `${kind} (${kinds(shortcut)})`;
    return [tensors[fork].name, add.name, side, kinds(branch)];
  });
  return [['from', 'to', 'shortcut', 'around'], ...rows];
}

/** Several lines, ending in a line break. */
export function inspectionText(inspection: Inspection): string {
  const { source, parameters, macs, peakActivationBytes, shortcuts } = inspection;
  const { model, path, format, sha256 } = source;
  const head = columns(
    [
      ['file', `${path} (${format}, ${bytes(source.bytes)})`],
      ['sha256', sha256],
      ...model.inputs.map((port) => ['input', portText(model, port)]),
      ...model.outputs.map((port) => ['output', portText(model, port)]),
      ['parameters', count(parameters)],
      ['MACs', `${count(macs)} (${scaled(macs)})`],
      ['peak activations', `${count(peakActivationBytes)} bytes (${bytes(peakActivationBytes)})`],
      ['shortcuts', count(shortcuts.length)],
    ],
    [],
  );
  const sections = [head, columns(layerRows(model), [3])];
  if (shortcuts.length > 0) sections.push(columns(shortcutRows(inspection), []));
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
