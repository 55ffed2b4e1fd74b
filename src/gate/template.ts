/** The configuration that `plainproof init` writes: what has to be said, and in comments all that can be. */
import { families, usualSizes } from '../networks/choice.ts';
import type { GateConfig } from './config.ts';
import { usual } from './read-config.ts';

const command = 'python convert.py {input} {output}';

/** For a file of this extension; null for one that no configuration has. */
export function configTemplate(extension: string): string | null {
  switch (extension) {
    case '.ts':
    case '.mjs':
      return moduleTemplate();
    case '.json':
      return jsonTemplate();
    default:
      return null;
  }
}

/** JSON has no comments: every setting is there with its default instead. */
function jsonTemplate(): string {
  const config: GateConfig = {
    converters: [{ name: 'my-converter', command, timeLimit: usual.timeLimit }],
    families,
    sizes: usualSizes,
    models: [],
    inputRange: null,
    undecidedAllowed: 0,
    networks: usual.networks,
    seed: usual.seed,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function moduleTemplate(): string {
  return `// What \`plainproof gate\` tries: converters, and the networks that are drawn for them.
import { defineConfig } from 'plainproof';

export default defineConfig({
  converters: [
    {
      name: 'my-converter',
      // A program that reads the ONNX file {input} and writes {output}. No shell is involved.
      command: '${command}',
      // Milliseconds one conversion may take.
      timeLimit: ${usual.timeLimit},
      // env: { MY_CONVERTER_OPTION: '1' },
      // cwd: 'tools',
    },
    // Or a function of this program, from a model to a model:
    // { name: 'my-function', convert: (model) => myConverter(model) },
    // Or one that reads a file and writes another:
    // { name: 'my-files', convertFile: async (input, output) => myConverter(input, output) },
  ],

  // The kinds of blocks the converter has to get right; all of them unless you say which:
  // families: ${JSON.stringify(families).replaceAll('"', "'").replaceAll(',', ', ')},

  // The largest networks to draw: channels anywhere, blocks, rows and columns of the image.
  // sizes: { channels: ${usualSizes.channels}, blocks: ${usualSizes.blocks}, image: ${usualSizes.image} },

  // Real models to convert and prove in the same run, relative to this file:
  // models: ['models/resnet18.onnx'],

  // What every input value lies in. Without it a proof covers every finite input.
  // inputRange: { lower: 0, upper: 1 },

  // How far a coefficient may be off and still count as rounded, in float32 units in the last place.
  // maxUlps: 16,

  // Which share of the cases may be left undecided. A case that is not proved has not passed.
  undecidedAllowed: 0,

  // How many networks are drawn, and which: the same seed draws the same on every machine.
  networks: ${usual.networks},
  seed: ${usual.seed},
});
`;
}
