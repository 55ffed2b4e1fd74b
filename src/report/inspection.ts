/** What a model consists of, as text: its border, layers, shortcuts, and what it costs to run. */
import type { Source } from '../formats/source.ts';
import type { Layer } from '../model/layer.ts';
import type { Model, Port } from '../model/model.ts';
import { printShape, type Pair } from '../model/shape.ts';
import type { Shortcut } from '../model/shortcuts.ts';
import type { Statistics } from '../model/statistics.ts';
import { bytes, count, scaled } from './number.ts';

export interface Inspection {
  readonly source: Source;
  readonly statistics: Statistics;
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
/** What is longer does not move what stands beside it: one such name would be paid for in every line. */
const widest = 100;

function columns(cells: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = cells[0].map((_, column) =>
    Math.min(
      widest,
      cells.reduce((most, row) => Math.max(most, row[column].length), 0),
    ),
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

function layerRows({ layers }: Statistics): readonly (readonly string[])[] {
  const cost = (n: number): string => (n === 0 ? '' : count(n));
  const rows = layers.map(({ layer, shape, parameters, macs }) => {
    return [layer.name, layerKind(layer), printShape(shape), cost(parameters), cost(macs)];
  });
  return [['layer', 'kind', 'result', 'parameters', 'MACs'], ...rows];
}

/** More kinds are not told one by one: a line is read by somebody. */
const mostKinds = 24;

function kinds(layers: readonly Layer[]): string {
  const told = layers.slice(0, mostKinds).map(layerKind).join(', ');
  return layers.length > mostKinds ? `${told}, … (${count(layers.length)} layers)` : told;
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
  const { source, statistics, shortcuts } = inspection;
  const { parameters, macs, peakActivationBytes } = statistics;
  const { model, path, format, sha256 } = source;
  const head = columns(
    [
      ['file', `${path} (${format}, ${bytes(source.bytes)})`],
      ['sha256', sha256],
      ...model.inputs.map((port) => ['input', portText(model, port)]),
      ...model.outputs.map((port) => ['output', portText(model, port)]),
      ['parameters', count(parameters)],
      ['MACs', `${macs < 1000 ? macs : `${count(macs)} (${scaled(macs)})`} for one image`],
      ['peak activations', `${bytes(peakActivationBytes)} for one image`],
      ['shortcuts', count(shortcuts.length)],
    ],
    [],
  );
  const sections = [head, columns(layerRows(statistics), [3, 4])];
  if (shortcuts.length > 0) sections.push(columns(shortcutRows(inspection), []));
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
