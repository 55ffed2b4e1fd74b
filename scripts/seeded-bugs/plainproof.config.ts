/**
 * Ten converters that each make one mistake of published converters, wherever they can make it: plainproof's own,
 * with a fault of `properties/faults` put into what it wrote.
 */
import { convert } from '../../src/convert/convert.ts';
import { defineConfig } from '../../src/gate/config.ts';
import type { Model } from '../../src/model/model.ts';
import { faults } from '../../properties/faults/catalogue.ts';
import type { Fault } from '../../properties/faults/fault.ts';

/** Names of faults; which entry of the list of converters' mistakes each stands for, the fault says. */
const seeded = [
  ...['relu-for-slopes', 'projection-taken-for-identity', 'epsilon-copied', 'relu-for-relu6'],
  ...['relu6-for-relu', 'identity-index-in-group', 'pruned-constant', 'bias-dropped'],
  ...['groups-ignored', 'weights-not-loaded'],
];

function withFault(fault: Fault): (model: Model) => Model {
  return (model) => {
    const conversion = convert(model, {
      strategy: 'auto',
      inputRange: null,
      foldBatchNorm: false,
      fuse: false,
    });
    if (!conversion.ok) throw new Error(conversion.failure.reason);
    const right = conversion.value.model;
    return fault.places(right).reduce((wrong, place) => fault.inject(wrong, place) ?? wrong, right);
  };
}

export default defineConfig({
  converters: faults
    .filter(({ name }) => seeded.includes(name))
    .map((fault) => ({ name: fault.name, convert: withFault(fault) })),
  networks: 200,
  seed: 1,
});
