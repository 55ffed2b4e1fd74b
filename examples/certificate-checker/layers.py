"""From the nodes of an ONNX graph to layers, each with the meaning that docs/trust.md gives it.

A tensor is channels x rows x columns. How it lies in the file is an array of indices into it, one for each element
that the file's tensor has for one image, so that Transpose, Reshape and the like are moves of that array. Whatever
is not understood is NotUnderstood.
"""
from collections import Counter
from dataclasses import dataclass, field
from math import prod

import numpy as np

from onnx_file import NotUnderstood, Unreadable

SMOOTH = ('Softmax', 'Sigmoid', 'HardSigmoid', 'HardSwish', 'Gelu', 'Tanh', 'Elu')
AFFINE = ('conv', 'batchnorm', 'scale', 'translate', 'add', 'subtract', 'concat', 'select', 'pad', 'mean', 'flatten')


@dataclass
class Layer:
    kind: str
    inputs: list
    output: int = -1
    data: dict = field(default_factory=dict)

    @property
    def affine(self):
        if self.kind == 'avgpool':
            return self.data['counts padding'] or not any(self.data['pads'])
        return self.kind in AFFINE


@dataclass
class Value:
    tensor: int
    lies: np.ndarray


class Model:
    def __init__(self, graph):
        self.graph = graph
        self.names, self.shapes, self.layers, self.maker = [], [], [], {}
        self.inputs, self.outputs, self.layouts = [], [], []
        self.taken = set()
        self.values = dict(graph.constants)
        self.read_inputs()
        order = self.ordered()
        self.readers = {}
        for node in order:
            for name in node.inputs:
                self.readers.setdefault(name, []).append(node)
        self.within = {}  # nodes that are one layer with a later one
        for node in order:
            self.read(node)
        for name in graph.outputs:
            value = self.settled(self.values.get(name), name)
            shape = self.shapes[value.tensor]
            nhwc = np.moveaxis(np.arange(prod(shape)).reshape(shape), 0, -1)[None]
            self.layouts.append('vector' if value.lies.ndim == 2 else 'image')
            if not self.plain(value) and not np.array_equal(value.lies, nhwc):
                raise NotUnderstood(f'output {name} is no image and no vector')
            self.outputs.append(value.tensor)
        uses = Counter(self.names)
        self.by_name = {name: i for i, name in enumerate(self.names) if uses[name] == 1}

    # Tensors and layers.

    def tensor(self, name, shape):
        if min(shape) < 1 or prod(shape) > 2**31:
            raise NotUnderstood(f'{name} has the shape {shape}')
        self.names.append(name)
        self.shapes.append(shape)
        return len(self.names) - 1

    def add(self, kind, name, inputs, shape, **data):
        """A layer is called as its node; where that name is taken, #2, #3, ... follow it."""
        unused, n = name, 2
        while unused in self.taken:
            unused, n = f'{name}#{n}', n + 1
        self.taken.add(unused)
        for value in data.values():
            if isinstance(value, np.ndarray) and kind != 'clip' and not np.isfinite(value).all():
                raise Unreadable(f'{name} has a parameter that is no finite number')
        layer = Layer(kind, inputs, self.tensor(unused, shape), data)
        self.layers.append(layer)
        self.maker[layer.output] = layer
        return layer.output

    def lying(self, tensor, rank=4):
        shape = self.shapes[tensor]
        lies = np.arange(prod(shape)).reshape(1, *shape)
        return Value(tensor, lies if rank == 4 else lies.reshape(1, shape[0]))

    def plain(self, value):
        """Whether it lies as batch x channels x rows x columns, or as batch x features."""
        shape = self.shapes[value.tensor]
        wanted = {4: (1, *shape), 2: (1, shape[0])}.get(value.lies.ndim)
        if value.lies.shape != wanted or prod(shape) != value.lies.size:
            return False
        return np.array_equal(value.lies.ravel(), np.arange(value.lies.size))

    def settled(self, value, name):
        """Channels in another order, and channels and pixels made features, are layers."""
        if not isinstance(value, Value):
            raise NotUnderstood(f'{name} is computed by nothing, or constant')
        lies, (c, h, w) = value.lies, self.shapes[value.tensor]
        if self.plain(value) or lies.ndim not in (2, 4) or lies.shape[0] != 1 or lies.size != c * h * w:
            return value
        pixels = np.arange(c * h * w).reshape(c, h, w)
        if lies.ndim == 2 and h * w > 1:
            for order, moved in (('chw', pixels), ('hwc', np.moveaxis(pixels, 0, -1))):
                if np.array_equal(moved.ravel(), lies.ravel()):
                    made = self.add('flatten', name, [value.tensor], (c * h * w, 1, 1), order=moved.ravel())
                    return self.lying(made, 2)
        if lies.shape[1] == c and prod(lies.shape[2:]) == h * w:
            channels = lies.reshape(c, h * w)[:, 0] // (h * w)
            if lies.shape[2:] in ((), (h, w)) and np.array_equal(pixels[channels].ravel(), lies.ravel()):
                made = self.add('select', name, [value.tensor], (c, h, w), channels=channels)
                return self.lying(made, lies.ndim)
        return value

    # The graph.

    def read_inputs(self):
        for name, kind, dims in self.graph.inputs:
            free = dims and dims[0] in (None, 0, 1)
            if kind not in (1, 10) or len(dims) not in (2, 4) or not free or not all(dims[1:]):
                raise NotUnderstood(f'input {name}')
            moves = [n for n in self.graph.nodes if name in n.inputs]
            last = len(dims) == 4 and moves and all(
                n.operator == 'Transpose' and n.attributes.get('perm') == [0, 3, 1, 2] for n in moves)
            shape = (dims[3], *dims[1:3]) if last else tuple(dims[1:]) + (1,) * (4 - len(dims))
            made = self.tensor(name, shape)
            self.inputs.append(made)
            self.values[name] = self.lying(made, len(dims))
            if last:
                self.values[name].lies = np.moveaxis(self.values[name].lies, 1, -1)

    def ordered(self):
        """The nodes that an output needs, each after what it reads."""
        makers = {name: n for n in self.graph.nodes for name in n.outputs if name}
        order, state = [], {}
        stack = [(makers[o], False) for o in reversed(self.graph.outputs) if o in makers]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in state:
                state[id(node)] = True
                stack.append((node, True))
                stack += [(makers[i], False) for i in reversed(node.inputs) if i in makers]
        place = {id(n): i for i, n in enumerate(self.graph.nodes)}
        ready = set(self.values)
        rest = sorted(order, key=lambda n: place[id(n)])
        if all(self.after(node, ready) for node in rest):
            return rest
        return order

    @staticmethod
    def after(node, ready):
        fits = all(i == '' or i in ready for i in node.inputs)
        ready.update(node.outputs)
        return fits

    def read(self, node):
        name = node.name or node.outputs[0]
        if node.domain not in ('', 'ai.onnx'):
            raise NotUnderstood(f'{name} is of domain {node.domain}')
        inputs = [self.values.get(i) for i in node.inputs]
        if any(v is None and i for v, i in zip(inputs, node.inputs)):
            raise NotUnderstood(f'{name} reads what nothing computes')
        if self.joins_later(node, inputs):
            return
        if id(node) in self.within:
            made = self.within[id(node)](name)
        else:
            from operators import read_node  # which needs this module
            made = read_node(self, node, name, inputs)
        made = made if isinstance(made, list) else [made]
        self.values.update(zip(node.outputs, [v if isinstance(v, Value) else np.asarray(v) for v in made]))

    def joins_later(self, node, inputs):
        """x * Sigmoid(x) is one layer, and so is Min(Max(x, l), h), where nothing else reads what is between."""
        readers = self.readers.get(node.outputs[0], [])
        if len(readers) != 1 or node.outputs[0] in self.graph.outputs or len(readers[0].inputs) != 2:
            return False
        later = readers[0]
        other = later.inputs[later.inputs[0] == node.outputs[0]]
        if node.operator == 'Sigmoid' and later.operator == 'Mul' and other == node.inputs[0]:
            value = inputs[0]
            self.within[id(later)] = lambda name: self.pointwise(value, 'smooth', name, function=('silu',))
        elif node.operator == 'Max' and later.operator == 'Min' and len(inputs) == 2:
            x = next((v for v in inputs if isinstance(v, Value)), None)
            low, high = next((v for v in inputs if not isinstance(v, Value)), None), self.values.get(other)
            if x is None or low is None or not isinstance(high, np.ndarray):
                return False
            low, high = self.per_channel(low, x, node.name), self.per_channel(high, x, later.name)
            if (low > high).any():
                return False
            self.within[id(later)] = lambda name: self.pointwise(x, 'clip', name, low=low, high=high)
        else:
            return False
        self.values[node.outputs[0]] = np.zeros(0, 'f4')  # what nobody else reads
        return True

    def pointwise(self, value, kind, name, **data):
        return Value(self.add(kind, name, [value.tensor], self.shapes[value.tensor], **data), value.lies)

    def per_channel(self, constant, value, name):
        """A constant that is the same at all pixels, as one number for each channel."""
        channels = self.shapes[value.tensor][0]
        if constant.dtype != np.float32:
            raise NotUnderstood(f'{name} computes with integers')
        if constant.size == 1 and constant.ndim <= value.lies.ndim:
            return np.full(channels, constant.ravel()[0], np.float32)
        dims = (1,) * (value.lies.ndim - constant.ndim) + constant.shape
        if not self.plain(value) or dims != (1, channels) + (1,) * (value.lies.ndim - 2):
            raise NotUnderstood(f'{name} has a constant that is not one number for each channel')
        return constant.reshape(channels)
