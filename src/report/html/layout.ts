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

/** Layers of a part beyond which it is one column: dagre's time grows faster than its drawings are worth. */
const mostLaidOut = 800;

/** One below the other; lines go from each to those that read it. */
function columnOf({ nodes }: Network, positions: readonly number[]): Drawing {
  const { width, height } = boxSize;
  const step = height + 26;
  const x = width / 2 + 4;
  const boxes = positions.map((position, k): Box => {
    const size = nodes[position].kind === 'add' ? sumSize : boxSize;
    return { position, x, y: k * step + height / 2 + 2, ...size };
  });
  const at = new Map(boxes.map((box) => [box.position, box]));
  const lines = boxes.flatMap((box): Line[] =>
    nodes[box.position].inputs.flatMap((input) => {
      const from = at.get(input);
      const points = [
        { x, y: (from?.y ?? 0) + (from?.height ?? 0) / 2 },
        { x, y: box.y - box.height / 2 },
      ];
      // What comes from further up than the one above would run through all that stand between.
      const isNear = box.y - (from?.y ?? -Infinity) <= step || box === boxes[0];
      return isNear ? [{ points, isShortcut: false }] : [];
    }),
  );
  return { width: width + 8, height: positions.length * step, boxes, lines };
}

/** What dagre makes of a part depends on this alone; a network has many parts that are alike. */
function wiringOf({ nodes, outputs }: Network, positions: readonly number[]): string {
  const at = new Map(positions.map((position, k) => [position, k]));
  const given = new Set(outputs);
  const wiring = positions.map((position) => {
    const { kind, inputs } = nodes[position];
    const from = inputs.map((input) => at.get(input) ?? -1);
    return [kind === 'add', given.has(position), ...from];
  });
  return JSON.stringify(wiring);
}

const drawings = new WeakMap<Network, Map<string, Drawing>>();

export function drawingOf(network: Network, positions: readonly number[]): Drawing {
  if (positions.length > mostLaidOut) return columnOf(network, positions);
  const wiring = wiringOf(network, positions);
  const known = drawings.get(network) ?? new Map<string, Drawing>();
  drawings.set(network, known);
  const alike = known.get(wiring) ?? laidOut(network, positions);
  known.set(wiring, alike);
  return {
    ...alike,
    boxes: alike.boxes.map((box, k) => ({ ...box, position: positions[k] })),
  };
}

function laidOut({ nodes, outputs }: Network, positions: readonly number[]): Drawing {
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
