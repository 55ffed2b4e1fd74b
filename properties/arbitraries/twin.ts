/**
 * The residual-free twin of a drawn block, as a chain of units.
 *
 * It is written from the algebra of the paper, never by src/convert, so that the verifier is measured
 * against converters that are not ours.
 */
import { repeated, type Block } from '../../src/networks/block.ts';
import type { Unit } from '../../src/networks/unit.ts';
import { residualTwin, type Setting } from './residual-twin.ts';

export function twin({ algebra, outChannels }: Block, setting: Setting): readonly Unit[] {
  switch (algebra.kind) {
    case 'residual':
      return residualTwin(algebra.residual, setting);
    case 'branchSum':
      return [
        {
          kind: 'unit',
          name: `${setting.name}.merged`,
          before: 'nothing',
          filter: algebra.sum.kernel,
          stride: algebra.sum.stride,
          norm: null,
          bends: repeated(algebra.sum.after, outChannels),
          reserved: 0,
        },
      ];
  }
}
