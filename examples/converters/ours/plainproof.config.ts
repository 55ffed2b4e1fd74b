/** plainproof's own converter, with every family of blocks that networks are drawn from. */
import { convert, defineConfig, type Model } from 'plainproof';

function withoutShortcuts(model: Model): Model {
  const conversion = convert(model, {
    strategy: 'auto',
    inputRange: null,
    foldBatchNorm: true,
    fuse: false,
  });
  if (!conversion.ok) throw new Error(conversion.failure.reason);
  return conversion.value.model;
}

export default defineConfig({
  converters: [{ name: 'plainproof convert', convert: withoutShortcuts }],
  networks: 100,
  seed: 1,
});
