/** The nodes a graph's outputs depend on, each after what it reads. */
import { failed, success, type Result } from '../../model/failure.ts';
import type { ModelProto, NodeProto } from './messages.ts';

export interface OrderedGraph {
  /** Needed nodes only, in the file's order wherever that order is possible. */
  readonly nodes: readonly NodeProto[];
  /** For every tensor name the needed nodes that read it, once for each time they do. */
  readonly readers: ReadonlyMap<string, readonly NodeProto[]>;
}

/** Errors: `cycle`, `missing-tensor`, `not-a-model` (a name that two things compute). */
export function orderGraph(model: ModelProto): Result<OrderedGraph> {
  const given = new Set([...model.initializers, ...model.inputs].map((t) => t.name));
  const producers = new Map<string, NodeProto>();
  for (const node of model.nodes) {
    for (const name of node.outputs) {
      if (name === '') continue;
      if (producers.has(name) || given.has(name)) {
        return failed('not-a-model', name, 'two things are called so');
      }
      producers.set(name, node);
    }
  }
  const needed = neededNodes(model, producers);
  const nodes: NodeProto[] = [];
  const readers = new Map<string, NodeProto[]>();
  const state = new Map<NodeProto, 'open' | 'done'>();
  for (const root of model.nodes) {
    if (!needed.has(root) || state.get(root) === 'done') continue;
    const stack: { readonly node: NodeProto; next: number }[] = [{ node: root, next: 0 }];
    state.set(root, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.next === top.node.inputs.length) {
        state.set(top.node, 'done');
        nodes.push(top.node);
        stack.pop();
        continue;
      }
      const name = top.node.inputs[top.next++];
      if (name === '') continue;
      const list = readers.get(name);
      if (list === undefined) readers.set(name, [top.node]);
      else list.push(top.node);
      const producer = producers.get(name);
      if (producer === undefined) {
        if (given.has(name)) continue;
        return failed('missing-tensor', nameOf(top.node), `reads ${name}, which nothing computes`);
      }
      const seen = state.get(producer);
      if (seen === 'open') return failed('cycle', nameOf(top.node), `${name} depends on itself`);
      if (seen === undefined) {
        state.set(producer, 'open');
        stack.push({ node: producer, next: 0 });
      }
    }
  }
  return success({ nodes, readers });
}

function nameOf(node: NodeProto): string {
  return node.name !== '' ? node.name : (node.outputs[0] ?? node.operator);
}

function neededNodes(
  model: ModelProto,
  producers: ReadonlyMap<string, NodeProto>,
): ReadonlySet<NodeProto> {
  const needed = new Set<NodeProto>();
  const names = model.outputs.map((o) => o.name);
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const node = producers.get(name);
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    for (const input of node.inputs) names.push(input);
  }
  return needed;
}
