/** The layers of a plain block in words. */
import type { AuditedStrategy } from '../audit/audit.ts';
import type { BranchLayer, Residual } from '../audit/residual.ts';
import { plus, printed, unit } from '../audit/size.ts';
import type { Wide } from '../audit/wide.ts';

function kernelText({ step: { conv } }: BranchLayer, wide: Wide | null): string {
  const [rows, columns] = (wide ?? conv?.operation ?? { kernel: [unit, unit] }).kernel.map(printed);
  const stride = printed(conv?.operation.stride ?? unit);
  return `${rows}×${columns}${stride === '1' ? '' : `, stride ${stride}`}`;
}

/** The plain block's convolutions, with what is in their rows and columns. */
export function plainLayers(
  { layers, fork, shortcut, wide, shortcutSide }: Residual,
  { strategy, cost: { reserved } }: AuditedStrategy,
): readonly string[] {
  const carried = strategy === 'split' ? '±Dirac' : strategy === 'shift' ? 'a·Dirac + b' : 'Dirac';
  const conv = shortcutSide.steps[0]?.conv?.name ?? 'projection';
  const projected =
    strategy === 'split' ? `±${conv}` : strategy === 'shift' ? `a·${conv} + b` : conv;
  const columns =
    shortcut === 'projection' ? 'projection at the centre' : shortcut === 'wide' ? conv : carried;
  return layers.map((layer, k) => {
    const { spec, step, bending } = layer;
    const isLast = k === layers.length - 1;
    const from = k === 0 ? fork.channels : plus(layers[k - 1].channels, reserved);
    const to = isLast ? layer.channels : plus(layer.channels, reserved);
    const own = step.conv?.name ?? 'I';
    const content = isLast
      ? `columns [${columns} | ${own}]`
      : k === 0
        ? `rows [${shortcut === 'ahead' ? projected : carried}; ${own}]`
        : spec.kind === 'dense' || spec.kind === 'identity'
          ? `[Dirac, ${own}] along the diagonal`
          : `${spec.kind} [Dirac; ${own}]`;
    const spared = strategy === 'prelu' ? ', sparing the reserved channels' : '';
    const behind = bending === null ? '' : `, ${bending.title}${spared}`;
    return `${kernelText(layer, wide?.index === k ? wide : null)}, ${printed(from)} → ${printed(to)}: ${content}${behind}`;
  });
}
