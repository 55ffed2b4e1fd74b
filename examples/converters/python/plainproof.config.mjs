/** The converter in Python, as it should be and with its mistake; PYTHON says which Python has `onnx`. */
const python = process.env.PYTHON ?? 'python3';

export default {
  converters: [
    { name: 'careful', command: [python, 'convert.py', '{input}', '{output}'] },
    {
      name: 'careless',
      command: [python, 'convert.py', '--default-epsilon', '{input}', '{output}'],
    },
  ],
  families: ['repVgg', 'acNet', 'mobileOne', 'repLk'],
  networks: 40,
  seed: 1,
};
