/**
 * The lint rule that keeps imports pointing one way.
 *
 * One table says, for each folder of src/, which other folders and which packages it may import; the
 * order of the table is the order in which data flows. A table of its own, because the patterns of
 * `no-restricted-imports` neither see dynamic imports nor merge between configurations. It looks at
 * static and dynamic imports and at re-exports; it does not resolve package.json `imports`.
 */
import path from 'node:path';

/** What the gate puts to use: the whole of plainproof, as its users have it. */
const rootFiles = ['verify.ts', 'index.ts', 'version.ts'];

const kernelPackages = ['@tensorflow/', 'onnxruntime-node'];

/** `folders` may name one file of a folder; `packages` are prefixes; `node:` stands for Node's modules. */
export const walls = {
  model: { folders: [], packages: [] },
  verdict: { folders: [], packages: [] },
  formats: { folders: ['model'], packages: ['node:', 'protobufjs', 'long', 'jiti'] },
  semantics: { folders: ['model'], packages: ['mathjs'] },
  logic: { folders: [], packages: ['node:crypto'] },
  formula: { folders: ['model', 'logic'], packages: ['mathjs'] },
  solver: { folders: ['model', 'logic'], packages: ['z3-solver', 'node:'] },
  theorems: { folders: ['logic', 'formula'], packages: [] },
  networks: { folders: ['model'], packages: ['fast-check'] },
  blocks: { folders: ['model', 'audit/block.ts'], packages: [] },
  convert: { folders: ['model'], packages: [] },
  prune: { folders: ['model', 'convert/pointwise.ts', 'formats/json.ts'], packages: [] },
  kernels: { folders: ['model', 'semantics', 'formats'], packages: ['node:', ...kernelPackages] },
  equivalence: {
    folders: ['model', 'semantics', 'verdict', 'solver', 'logic', 'kernels/kernel.ts'],
    packages: ['mathjs', 'node:'],
  },
  audit: {
    folders: [
      'model',
      'semantics',
      'verdict',
      'logic',
      'formula',
      'solver',
      'theorems',
      'convert',
      'kernels',
      'blocks/random.ts',
      'blocks/statistics.ts',
    ],
    packages: ['mathjs'],
  },
  /** Reads the models that the prover read, and shares nothing else with it. */
  checker: { folders: ['model', 'certificate/certificate.ts'], packages: [] },
  certificate: {
    folders: ['model', 'equivalence', 'checker', 'formats/json.ts'],
    packages: ['node:'],
  },
  checking: {
    folders: ['model', 'verdict', 'formats', 'checker', 'certificate', ...rootFiles],
    packages: ['node:'],
  },
  refutation: { folders: ['model', 'semantics', 'verdict', 'kernels'], packages: [] },
  report: {
    folders: [
      'model',
      'verdict',
      'formats/source.ts',
      'logic/term.ts',
      'theorems',
      'formula',
      'gate/case.ts',
      'gate/baseline.ts',
      'audit',
      'prune',
    ],
    packages: ['cli-table3', '@dagrejs/dagre', 'd3-array', 'd3-scale', 'ajv', 'node:'],
  },
  gate: {
    folders: ['model', 'verdict', 'formats', 'networks', 'report', 'solver/z3.ts', ...rootFiles],
    packages: ['node:'],
  },
  cli: { folders: ['*'], packages: ['node:', 'commander', 'cli-table3'] },
  /** Files directly in src/: the public API and what ties the folders together. */
  '': { folders: ['*', '!cli'], packages: ['node:'] },
};

/** Files that only some folders may import, whatever the table says: a solver's word is made by solvers. */
const guarded = { 'logic/evidence.ts': ['logic', 'solver'] };

/** Why `file` (relative to src/) may not import `specifier`, or null where it may. */
export function objection(file, specifier) {
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  const wall = walls[folder];
  if (wall === undefined) return `src/${folder} has no row in scripts/lint/import-walls.js`;
  if (!specifier.startsWith('.')) {
    const allowed = wall.packages.some((prefix) => specifier.startsWith(prefix));
    return allowed ? null : `src/${folder} may not import the package ${specifier}`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (target.startsWith('..')) return `src/ may not import ${specifier}, which is outside it`;
  const keepers = guarded[target];
  if (keepers !== undefined && !keepers.includes(folder)) {
    return `only ${keepers.join(' and ')} may import src/${target}`;
  }
  const targetFolder = target.includes('/') ? target.slice(0, target.indexOf('/')) : '';
  if (targetFolder === folder || wall.folders.includes(target)) return null;
  const all = wall.folders.includes('*') && !wall.folders.includes(`!${targetFolder}`);
  if (all || wall.folders.includes(targetFolder)) return null;
  return `src/${folder} may not import ${targetFolder === '' ? `src/${target}` : `src/${targetFolder}`}`;
}

const sourceRoot = path.resolve(import.meta.dirname, '../../src');

const rule = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{reason}} (imports point one way)' } },
  create(context) {
    const file = path.relative(sourceRoot, context.filename).split(path.sep).join('/');
    const check = (node) => {
      if (node.source === null || node.source.type !== 'Literal') return;
      const reason = objection(file, String(node.source.value));
      if (reason !== null)
        context.report({ node: node.source, messageId: 'wall', data: { reason } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default { rules: { imports: rule } };
