"""From the nodes of an ONNX graph to layers, each with the meaning that docs/trust.md gives it.

A tensor is channels x rows x columns. How it lies in the file is an array of indices into it, one for each element
that the file's tensor has for one image, so that Transpose, Reshape and the like are moves of that array. Whatever
is not understood is NotUnderstood. operators.py says what each operator is.
"""
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod

import numpy as np

from onnx_file import NotUnderstood, Unreadable
from rows import ALL, HERE


@dataclass
class Layer:
    """Affine, flatten (which is affine too), bend (clip, or a slope below zero), maxpool, avgpool, smooth, multiply.

    `parts`, of an affine layer, gives (which input, where it is read, weight, channels): see Rows.add. `numbers` are
    arguments of Rows.number. `data` is what makes the function of any other layer what it is.
    """
    kind: str
    inputs: list
    output: int
    parts: object = None
    numbers: tuple = ()
    data: dict = field(default_factory=dict)


@dataclass
class Value:
    tensor: int
    lies: np.ndarray


@lru_cache(maxsize=None)
def plainly(shape):
    return np.arange(prod(shape)).reshape(1, *shape)


class Model:
    def __init__(self, graph, operators):
        self.graph, self.operators = graph, operators
        self.names, self.shapes, self.maker = [], [], {}
        self.inputs, self.outputs, self.layouts, self.taken = [], [], [], set()
        self.values = dict(graph.constants)
        self.read_inputs()
        order = self.ordered()
        self.readers = {}
        for node in order:
            for name in node.inputs:
                self.readers.setdefault(name, []).append(node)
        self.within = {}  # nodes that are one layer with an earlier one: what they make
        for node in order:
            self.read(node)
        for name in graph.outputs:
            value = self.settled(self.values.get(name), name)
            nhwc = np.moveaxis(plainly(self.shapes[value.tensor]), 1, -1)
            if not self.plain(value) and not np.array_equal(value.lies, nhwc):
                raise NotUnderstood(f'output {name} is no image and no vector')
            self.layouts.append(value.lies.ndim)
            self.outputs.append(value.tensor)
        uses = Counter(self.names)
        self.by_name = {name: i for i, name in enumerate(self.names) if uses[name] == 1}

    # Tensors and layers.

    def tensor(self, name, shape):
        if min(shape) < 1 or prod(shape) > 2**31:
            raise NotUnderstood(f'{name} has the shape {shape}')
        self.names.append(name)
        self.shapes.append(tuple(int(n) for n in shape))
        return len(self.names) - 1

    def add(self, kind, name, inputs, shape, parts=None, numbers=(), **data):
        """A layer is called as its node; where that name is taken, #2, #3, ... follow it."""
        unused, n = name, 2
        while unused in self.taken:
            unused, n = f'{name}#{n}', n + 1
        self.taken.add(unused)
        layer = Layer(kind, inputs, self.tensor(unused, shape), parts, numbers, data)
        self.maker[layer.output] = layer
        return layer.output

    def lying(self, tensor, rank=4):
        lies = plainly(self.shapes[tensor])
        return Value(tensor, lies if rank == 4 else lies.reshape(1, -1))

    def pointwise(self, value, kind, name, **data):
        return Value(self.add(kind, name, [value.tensor], self.shapes[value.tensor], **data), value.lies)

    def scaled(self, value, name, factor=1.0, *numbers):
        return self.pointwise(value, 'affine', name, parts=lambda: [(0, HERE, (ALL, factor), ALL)],
                              numbers=[(n,) for n in numbers])

    def selected(self, value, name, channels):
        """Some channels in some order."""
        shape = (len(channels), *self.shapes[value.tensor][1:])
        made = self.add('affine', name, [value.tensor], shape, lambda: [(0, HERE, (channels, 1.0), ALL)])
        return self.lying(made, value.lies.ndim)

    def plain(self, value):
        """Whether it lies as batch x channels x rows x columns, or as batch x features."""
        plain = plainly(self.shapes[value.tensor])
        if value.lies.ndim == 2 and plain.shape[2:] == (1, 1):
            plain = plain.reshape(1, -1)
        return value.lies is plain or np.array_equal(value.lies, plain)

    def settled(self, value, name):
        """Channels in another order, and channels and pixels made features, are layers."""
        if not isinstance(value, Value):
            raise NotUnderstood(f'{name} is computed by nothing, or constant')
        lies, (c, h, w) = value.lies, self.shapes[value.tensor]
        if self.plain(value) or lies.ndim not in (2, 4) or lies.shape[0] != 1 or lies.size != c * h * w:
            return value
        pixels = plainly((c, h, w))
        if lies.ndim == 2 and h * w > 1:
            if any(np.array_equal(p.ravel(), lies.ravel()) for p in (pixels, np.moveaxis(pixels, 1, -1))):
                return self.lying(self.flattened(value, name, lies.ravel()), 2)
        if lies.shape[1] == c and prod(lies.shape[2:]) == h * w:
            channels = lies.reshape(c, h * w)[:, 0] // (h * w)
            if lies.shape[2:] in ((), (h, w)) and np.array_equal(pixels[0, channels].ravel(), lies.ravel()):
                return self.selected(Value(value.tensor, lies), name, channels)
        return value

    def flattened(self, value, name, order):
        _, h, w = self.shapes[value.tensor]

        def parts():
            for y, x in np.ndindex(h, w):
                at, = np.nonzero(order % (h * w) == y * w + x)
                yield 0, ((1, y), (1, x)), (order[at] // (h * w), 1.0), at
        return self.add('flatten', name, [value.tensor], (len(order), 1, 1), parts)

    def per_channel(self, constant, value, name, finite=True):
        """A constant that is the same at all pixels, as one number for each channel."""
        channels, rank = self.shapes[value.tensor][0], value.lies.ndim
        if constant.dtype != np.float32:
            raise NotUnderstood(f'{name} computes with integers')
        if finite and not np.isfinite(constant).all():
            raise Unreadable(f'{name} has a parameter that is no finite number')
        if constant.size == 1 and constant.ndim <= rank:
            return np.full(channels, constant.ravel()[0], float)
        dims = (1,) * (rank - constant.ndim) + constant.shape
        if not self.plain(value) or dims != (1, channels) + (1,) * (rank - 2):
            raise NotUnderstood(f'{name} has a constant that is not one number for each channel')
        return constant.reshape(channels).astype(float)

    # The graph.

    def read_inputs(self):
        for name, kind, dims in self.graph.inputs:
            free = dims and dims[0] in (None, 0, 1)
            if kind not in (1, 10) or len(dims) not in (2, 4) or not free or not all(dims[1:]):
                raise NotUnderstood(f'input {name}')
            moves = [n for n in self.graph.nodes if name in n.inputs]
            last = len(dims) == 4 and moves and all(
                n.operator == 'Transpose' and n.attributes.get('perm') == [0, 3, 1, 2] for n in moves)
            made = self.tensor(name, (dims[3], *dims[1:3]) if last else tuple(dims[1:]) + (1,) * (4 - len(dims)))
            self.inputs.append(made)
            self.values[name] = self.lying(made, len(dims))
            if last:
                self.values[name].lies = np.moveaxis(self.values[name].lies, 1, -1)

    def ordered(self):
        """The nodes that an output needs, each after what it reads, else as in the file."""
        makers = {name: n for n in self.graph.nodes for name in n.outputs if name}
        needed, todo = set(), list(self.graph.outputs)
        while todo:
            node = makers.get(todo.pop())
            if node is not None and id(node) not in needed:
                needed.add(id(node))
                todo += node.inputs
        waiting, order, ready = [n for n in self.graph.nodes if id(n) in needed], [], {'', *self.values}
        while waiting:
            before = len(order)
            for node in waiting:
                if ready.issuperset(node.inputs):
                    order.append(node)
                    ready.update(node.outputs)
            waiting = [n for n in waiting if id(n) not in set(map(id, order[before:]))]
            if len(order) == before:
                raise NotUnderstood('nodes that read what nothing computes')
        return order

    def read(self, node):
        name = node.name or node.outputs[0]
        if node.domain not in ('', 'ai.onnx'):
            raise NotUnderstood(f'{name} is of domain {node.domain}')
        inputs = [self.values.get(i) for i in node.inputs]
        if self.joins_later(node, inputs):
            return
        made = self.within[id(node)](name) if id(node) in self.within else self.operators(self, node, name, inputs)
        made = made if isinstance(made, list) else [made]
        self.values.update(zip(node.outputs, [v if isinstance(v, Value) else np.asarray(v) for v in made]))

    def joins_later(self, node, inputs):
        """x * Sigmoid(x) is one layer, and so is Min(Max(x, l), h), where nothing else reads what is between."""
        readers = self.readers.get(node.outputs[0], [])
        if len(readers) != 1 or node.outputs[0] in self.graph.outputs or len(readers[0].inputs) != 2:
            return False
        later = readers[0]
        other = later.inputs[later.inputs[0] == node.outputs[0]]
        x = next((v for v in inputs if isinstance(v, Value)), None)
        if (node.operator, later.operator) == ('Sigmoid', 'Mul') and other == node.inputs[0]:
            self.within[id(later)] = lambda name: self.pointwise(x, 'smooth', name, function=('silu',))
        elif (node.operator, later.operator, len(inputs)) == ('Max', 'Min', 2) and x is not None:
            bounds = next((v for v in inputs if v is not x), None), self.values.get(other)
            if not all(isinstance(b, np.ndarray) for b in bounds):
                return False
            low, high = [self.per_channel(b, x, node.name, finite=False) for b in bounds]
            if (low > high).any():
                return False
            self.within[id(later)] = lambda name: self.bend(x, name, low=low, high=high)
        else:
            return False
        self.values[node.outputs[0]] = np.zeros(0, 'f4')  # what nobody else reads
        return True

    def bend(self, value, name, slope=1.0, low=-np.inf, high=np.inf, relu=False):
        """Clip(low, high) of what is x, and slope * x below zero; a slope of 0 is a bound of 0."""
        slope, low, high = [np.full(self.shapes[value.tensor][0], b, float) for b in (slope, low, high)]
        data = {'slope': np.where(slope == 0, 1.0, slope), 'low': np.where(slope == 0, 0.0, low), 'high': high}
        return self.pointwise(value, 'bend', name, **data, relu=relu)
