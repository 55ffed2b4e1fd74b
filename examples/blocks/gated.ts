import { block } from 'plainproof';

/** A gate that looks at the whole branch. */
export default block('gated', ({ x, conv, relu, sigmoid, globalAveragePool, multiply, add }) => {
  const branch = conv(relu(conv(x, { kernel: 3 })), { kernel: 3 });
  return add(x, multiply(branch, sigmoid(conv(globalAveragePool(branch)))));
});
