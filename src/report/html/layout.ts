/**
 * Where the layers of a part stand: computed when the report is made, by dagre, so that a page only shows it.
 *
 * A part is entered at one point above and left at one point below, whatever it reads from further up.
 */
import { Graph, layout } from '@dagrejs/dagre';
import type { Network } from '../network.ts';

interface Box {
  readonly position: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** From the part's entry straight to an addition: a shortcut that is the identity. */
  readonly isShortcut: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export const boxSize = { width: 196, height: 46 };
const sumSize = { width: 34, height: 34 };

/** Labels that dagre fills in; it is handed ours and told nothing else, for its types say little. */
interface NodeLabel {
  readonly width: number;
  readonly height: number;
  x?: number;
  y?: number;
}

interface EdgeLabel {
  readonly isShortcut: boolean;
  points?: readonly { readonly x: number; readonly y: number }[];
}

export function drawingOf({ nodes, outputs }: Network, positions: readonly number[]): Drawing {
  const graph = new Graph<object, NodeLabel, EdgeLabel>({ multigraph: true });
  const whole: { width?: number; height?: number } = {};
  const spacing = { nodesep: 26, ranksep: 26, edgesep: 18, marginx: 4, marginy: 2 };
  graph.setGraph(Object.assign(whole, { rankdir: 'TB', ...spacing }));
  const inside = new Set(positions);
  const read = new Set(positions.flatMap((position) => nodes[position].inputs));
  const labels = positions.map((position): NodeLabel => {
    const label = { ...(nodes[position].kind === 'add' ? sumSize : boxSize) };
    graph.setNode(String(position), label);
    return label;
  });
  const edges: EdgeLabel[] = [];
  const connect = (from: string, to: string, name: string, isShortcut: boolean): void => {
    const label = { isShortcut };
    graph.setEdge(from, to, label, name);
    edges.push(label);
  };
  const end = { width: 1, height: 1 };
  const isFirst = positions.some((position) => nodes[position].inputs.length === 0);
  if (!isFirst) graph.setNode('in', { ...end });
  for (const position of positions) {
    const { inputs, kind } = nodes[position];
    for (const [k, input] of inputs.entries()) {
      const from = inside.has(input) ? String(input) : 'in';
      if (from === 'in' && isFirst) continue;
      connect(from, String(position), String(k), from === 'in' && kind === 'add');
    }
  }
  const last = positions.filter((position) => !read.has(position) && !outputs.includes(position));
  if (last.length > 0) graph.setNode('out', { ...end });
  for (const position of last) connect(String(position), 'out', 'out', false);
  layout(graph);
  const boxes = labels.map(({ width, height, x = 0, y = 0 }, k): Box => {
    return { position: positions[k], x, y, width, height };
  });
  const lines = edges.map(({ points = [], isShortcut }): Line => ({ points, isShortcut }));
  const { width = 0, height = 0 } = whole;
  return { width: Math.ceil(width), height: Math.ceil(height), boxes, lines };
}

/** A path through the points, rounded between them. */
export function curve(points: Line['points']): string {
  const at = ({ x, y }: { readonly x: number; readonly y: number }): string =>
    `${Math.round(x)} ${Math.round(y)}`;
  if (points.length < 2) return '';
  let path = `M${at(points[0])}`;
  for (let k = 1; k < points.length - 1; k++) {
    const [here, next] = [points[k], points[k + 1]];
    const middle = { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    path += `Q${at(here)} ${at(k === points.length - 2 ? next : middle)}`;
  }
  return points.length === 2 ? `${path}L${at(points[1])}` : path;
}
