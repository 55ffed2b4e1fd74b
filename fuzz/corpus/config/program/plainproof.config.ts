import { convert, defineConfig } from 'plainproof';
export default defineConfig({
  networks: 3,
  families: ['bottleneck', 'inverted'],
  converters: [
    { name: 'model', convert: (model) => model },
    { name: 'file', convertFile: async (input, output) => {}, timeLimit: 5 },
    { name: 'command', command: 'cp {input} {output}', env: { A: '1' } },
  ],
});
