/** The layers of a plain block in words. */
import type { AuditedStrategy } from '../audit/audit.ts';
import type { BranchLayer, Residual } from '../audit/residual.ts';
import { plus, printed } from '../audit/size.ts';

function kernelText({ step: { conv } }: BranchLayer): string {
  if (conv === null) return '1×1';
  const [rows, columns] = conv.operation.kernel.map(printed);
  const stride = printed(conv.operation.stride);
  return `${rows}×${columns}${stride === '1' ? '' : `, stride ${stride}`}`;
}

/** The plain block's convolutions, with what is in their rows and columns. */
export function plainLayers(
  { layers, fork, shortcut }: Residual,
  { strategy, cost: { reserved } }: AuditedStrategy,
): readonly string[] {
  const carried = strategy === 'split' ? '±Dirac' : strategy === 'shift' ? 'a·Dirac + b' : 'Dirac';
  return layers.map((layer, k) => {
    const { spec, step, bending } = layer;
    const isLast = k === layers.length - 1;
    const from = k === 0 ? fork.channels : plus(layers[k - 1].channels, reserved);
    const to = isLast ? layer.channels : plus(layer.channels, reserved);
    const own = step.conv?.name ?? 'I';
    const content = isLast
      ? `columns [${shortcut === 'identity' ? carried : 'projection at the centre'} | ${own}]`
      : k === 0
        ? `rows [${carried}; ${own}]`
        : spec.kind === 'dense' || spec.kind === 'identity'
          ? `[Dirac, ${own}] along the diagonal`
          : `${spec.kind} [Dirac; ${own}]`;
    const spared = strategy === 'prelu' ? ', sparing the reserved channels' : '';
    const behind = bending === null ? '' : `, ${bending.title}${spared}`;
    return `${kernelText(layer)}, ${printed(from)} → ${printed(to)}: ${content}${behind}`;
  });
}
