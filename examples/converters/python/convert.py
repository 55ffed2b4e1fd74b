"""A small converter in Python with `onnx`, for `plainproof gate` to judge: it knows nothing of plainproof.

It merges parallel branches that read one tensor and are added up (RepVGG, arXiv 2101.03697, and its
siblings ACNet and MobileOne): convolutions with or without a batch norm, a batch norm by itself, and the
tensor itself become one convolution. Everything else stays as it is. Numbers are float64 until the end.

    python convert.py [--default-epsilon] <input.onnx> <output.onnx>

--default-epsilon is a mistake of published converters: the epsilon of a batch norm is not read from the
file but taken to be the 1e-5 of the framework.
"""

import argparse

import numpy as np
import onnx
from onnx import helper, numpy_helper


class Graph:
    """A graph with what is asked of it again and again."""

    def __init__(self, graph):
        self.graph = graph
        self.constants = {t.name: t for t in graph.initializer}
        self.producers = {name: node for node in graph.node for name in node.output}
        self.readers = {}
        for node in graph.node:
            for name in node.input:
                self.readers[name] = self.readers.get(name, 0) + 1
        for port in graph.output:
            self.readers[port.name] = self.readers.get(port.name, 0) + 1

    def numbers(self, name):
        return numpy_helper.to_array(self.constants[name]).astype(np.float64)

    def is_constant(self, name):
        return name in self.constants

    def sole(self, name, operator):
        """The node of this kind that makes the tensor, if nobody else reads it."""
        node = self.producers.get(name)
        if node is None or node.op_type != operator or self.readers[name] != 1:
            return None
        return node


def attributes(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def operands(graph, name):
    """The tensors whose sum this is, nested sums taken apart, and the nodes that add them."""
    add = graph.sole(name, "Add")
    if add is None or any(graph.is_constant(i) for i in add.input):
        return [name], []
    parts = [operands(graph, i) for i in add.input]
    return sum((p[0] for p in parts), []), sum((p[1] for p in parts), [add])


class Branch:
    """One operand of a sum: a convolution, a batch norm, both, or neither."""

    def __init__(self, graph, name):
        self.norm = graph.sole(name, "BatchNormalization")
        inner = self.norm.input[0] if self.norm else name
        conv = graph.sole(inner, "Conv")
        # A convolution with computed weights is none of ours.
        self.conv = conv if conv and all(graph.is_constant(i) for i in conv.input[1:]) else None
        self.source = self.conv.input[0] if self.conv else inner
        said = attributes(self.conv) if self.conv else {}
        self.groups = said.get("group", 1)
        self.strides = list(said.get("strides", [1, 1]))
        self.pads = list(said.get("pads", [0, 0, 0, 0]))
        self.dilations = list(said.get("dilations", [1, 1]))
        self.padding = said.get("auto_pad", b"NOTSET")

    @property
    def nodes(self):
        return [node for node in (self.conv, self.norm) if node is not None]

    def is_centred(self, graph):
        """Whether the kernel has a middle tap that lies on the pixel it computes."""
        if self.conv is None:
            return True
        size = list(graph.constants[self.conv.input[1]].dims[2:])
        halves = [(k - 1) // 2 for k in size]
        return (
            all(k % 2 == 1 for k in size)
            and self.dilations == [1, 1]
            and self.padding == b"NOTSET"
            and self.pads == halves + halves
        )

    def kernel(self, graph, channels, groups, epsilon):
        """Weights (out, in / groups, rows, columns) and biases, the batch norm folded in."""
        if self.conv is None:
            per_group = channels // groups
            weight = np.zeros((channels, per_group, 1, 1))
            for o in range(channels):
                weight[o, o % per_group, 0, 0] = 1
            bias = np.zeros(channels)
        else:
            weight = graph.numbers(self.conv.input[1])
            has_bias = len(self.conv.input) > 2
            bias = graph.numbers(self.conv.input[2]) if has_bias else np.zeros(weight.shape[0])
        if self.norm is None:
            return weight, bias
        scale, offset, mean, variance = (graph.numbers(i) for i in self.norm.input[1:])
        if epsilon is None:
            epsilon = attributes(self.norm).get("epsilon", 1e-5)
        factor = scale / np.sqrt(variance + epsilon)
        return weight * factor[:, None, None, None], (bias - mean) * factor + offset


def centred(weight, rows, columns):
    y, x = (rows - weight.shape[2]) // 2, (columns - weight.shape[3]) // 2
    return np.pad(weight, ((0, 0), (0, 0), (y, y), (x, x)))


def merge(graph, add, epsilon):
    """Turns the sum that ends in `add` into one convolution; says whether it did."""
    names, inner = [], []
    for name in add.input:
        found, adds = operands(graph, name)
        names += found
        inner += adds
    if any(graph.is_constant(name) for name in names):
        return False
    branches = [Branch(graph, name) for name in names]
    convs = [b for b in branches if b.conv]
    if not convs or len({b.source for b in branches}) != 1:
        return False
    if len({(b.groups, *b.strides) for b in convs}) != 1:
        return False
    if not all(b.is_centred(graph) for b in branches):
        return False
    if len(convs) < len(branches) and convs[0].strides != [1, 1]:
        return False

    channels = graph.constants[convs[0].conv.input[1]].dims[0]
    groups = convs[0].groups
    kernels = [b.kernel(graph, channels, groups, epsilon) for b in branches]
    rows = max(w.shape[2] for w, _ in kernels)
    columns = max(w.shape[3] for w, _ in kernels)
    weight = sum(centred(w, rows, columns) for w, _ in kernels)
    bias = sum(b for _, b in kernels)

    name = add.name or add.output[0]
    for part, values in (("weight", weight), ("bias", bias)):
        tensor = numpy_helper.from_array(values.astype(np.float32), f"{name}.merged.{part}")
        graph.graph.initializer.append(tensor)
    y, x = (rows - 1) // 2, (columns - 1) // 2
    merged = helper.make_node(
        "Conv",
        [branches[0].source, f"{name}.merged.weight", f"{name}.merged.bias"],
        [add.output[0]],
        name,
        group=groups,
        kernel_shape=[rows, columns],
        pads=[y, x, y, x],
        strides=convs[0].strides,
    )
    add.CopyFrom(merged)
    for node in inner + [node for b in branches for node in b.nodes]:
        graph.graph.node.remove(node)
    return True


def convert(graph, epsilon):
    # From the end, so that the outermost sum of a block is met first.
    merged = True
    while merged:
        index = Graph(graph)
        adds = [node for node in reversed(graph.node) if node.op_type == "Add"]
        merged = any(merge(index, add, epsilon) for add in adds)
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    del graph.value_info[:]


def main():
    parser = argparse.ArgumentParser(description="Merges parallel branches into one convolution.")
    parser.add_argument("--default-epsilon", action="store_true", help="the mistake")
    parser.add_argument("input")
    parser.add_argument("output")
    options = parser.parse_args()
    model = onnx.load(options.input)
    convert(model.graph, 1e-5 if options.default_epsilon else None)
    onnx.checker.check_model(model)
    onnx.save(model, options.output)


if __name__ == "__main__":
    main()
