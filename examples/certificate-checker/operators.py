"""What each ONNX operator is as a layer. Constants are folded where only constants are read."""
from math import ceil, prod

import numpy as np

from layers import Value
from onnx_file import NotUnderstood, Unreadable
from rows import ALL, HERE

ARITHMETIC = {'Add': np.add, 'Sum': np.add, 'Sub': np.subtract, 'Mul': np.multiply, 'Div': np.divide,
              'Max': np.maximum, 'Min': np.minimum}
IGNORED = {'BatchNormalization': {'momentum', 'spatial', 'training_mode'}, 'MaxPool': {'storage_order'},
           'Dropout': {'ratio', 'seed'}, 'Cast': {'saturate'}}


class Reading:
    """One node, with its attributes; one that nobody asked for is not understood."""

    def __init__(self, model, node, name, inputs):
        self.model, self.node, self.name, self.inputs = model, node, name, inputs
        self.operator, self.asked = node.operator, set(IGNORED.get(node.operator, ()))

    def get(self, attribute, default=None):
        self.asked.add(attribute)
        return self.node.attributes.get(attribute, default)

    def fail(self, reason='used in a way'):
        raise NotUnderstood(f'{self.name}: {self.operator} {reason} that is not understood')

    def need(self, condition, reason='used in a way'):
        if not condition:
            self.fail(reason)

    def given(self, i):
        return self.inputs[i] if i < len(self.inputs) else None

    def constant(self, i, default=None):
        self.need(not isinstance(self.given(i), Value), 'of a computed parameter')
        return default if self.given(i) is None else self.given(i)

    def floats(self, i):
        value = self.constant(i)
        if value is not None:
            self.need(value.dtype == np.float32, f'by numbers of type {value.dtype}')
            if not np.isfinite(value).all():
                raise Unreadable(f'{self.name} has a parameter that is no finite number')
        return value

    def numbers(self, i, attribute):
        """Whole numbers, an attribute in old opsets and an input in new ones."""
        stated, given = self.get(attribute), self.constant(i)
        return stated if given is None else [int(v) for v in given.ravel()]

    def value(self, i=0, plain=True):
        value = self.given(i)
        self.need(isinstance(value, Value), 'of a constant')
        self.need(not plain or self.model.plain(value), 'of a tensor that lies in a way')
        return value

    def shape(self, i=0):
        return self.model.shapes[self.value(i, plain=False).tensor]

    def dims(self):
        return self.inputs[0].lies.shape if isinstance(self.inputs[0], Value) else self.inputs[0].shape

    def alone(self):
        self.need(not any(self.model.readers.get(o) for o in self.node.outputs[1:]), 'with a second output')

    def add(self, kind, inputs, shape, rank=4, **data):
        return self.model.lying(self.model.add(kind, self.name, inputs, shape, **data), rank)


def read_node(model, node, name, inputs):
    r = Reading(model, node, name, inputs)
    r.need(node.operator in OPERATORS)
    made = OPERATORS[node.operator](r)
    unknown = set(node.attributes) - r.asked
    r.need(not unknown, f'with {unknown}')
    return made


# Constants, and what passes through.

def dropout(r):
    r.need(not np.any(r.constant(2, 0)), 'in training')
    r.alone()
    return r.inputs[0]


def cast(r):
    kinds, to = {1: 'f4', 6: 'i8', 7: 'i8'}, r.get('to')
    computed = isinstance(r.inputs[0], Value)
    r.need(to in ((1, 10, 11, 16) if computed else kinds))
    return r.inputs[0] if computed else r.inputs[0].astype(kinds[to])


def constant(r):
    found = [r.get(k) for k in ('value', 'value_float', 'value_floats', 'value_int', 'value_ints')]
    made = [np.array(v, 'f4' if 0 < i < 3 else None) for i, v in enumerate(found) if v is not None]
    return made[0] if made else r.fail()


def constant_of_shape(r):
    dims, fill = [int(d) for d in r.constant(0)], r.get('value', np.zeros(1, 'f4'))
    r.need(prod([max(d, 0) for d in dims]) < 2**20)
    return np.full(dims, fill.ravel()[0])


def arithmetic(r):
    result = r.inputs[0]
    for other in r.inputs[1:]:
        result = combined(r, result, other)
    return result


def combined(r, a, b):
    model, name, operator = r.model, r.name, r.operator
    first = isinstance(a, np.ndarray)
    if first and isinstance(b, np.ndarray):
        if operator == 'Div' and a.dtype != np.float32:
            r.need((a >= 0).all() and (b > 0).all(), 'of integers')
            return a // b
        return ARITHMETIC[operator](a, b)
    if isinstance(a, Value) and isinstance(b, Value):
        return of_two(r, a, b)
    x, constant = (b, a) if first else (a, b)
    numbers = model.per_channel(constant, x, name, finite=operator not in ('Max', 'Min'))
    if operator in ('Add', 'Sum'):
        return model.scaled(x, name, 1.0, numbers)
    if operator == 'Sub':
        return model.scaled(model.scaled(x, name, -1.0) if first else x, name, 1.0, numbers if first else -numbers)
    if operator == 'Mul':
        return model.scaled(x, name, numbers)
    if operator == 'Div':
        r.need(not first and (numbers != 0).all(), 'by it')
        return model.scaled(x, name, 1 / numbers)
    return model.bend(x, name, **{'high' if operator == 'Min' else 'low': numbers})


def of_two(r, a, b):
    """Sums, differences and products of tensors; one of one channel, row or column is repeated."""
    r.need(r.operator in ('Add', 'Sum', 'Sub', 'Mul') and r.model.plain(a) and r.model.plain(b), 'of two tensors')
    shapes = r.model.shapes[a.tensor], r.model.shapes[b.tensor]
    fits = all(m == n or 1 in (m, n) for m, n in zip(*shapes))
    r.need(a.lies.ndim == b.lies.ndim and fits, 'of two shapes')
    shape, rank = tuple(map(max, *shapes)), a.lies.ndim
    if r.operator == 'Mul':
        return r.add('multiply', [a.tensor, b.tensor], shape, rank)

    def parts():
        for i, (sign, (c, *extent)) in enumerate(zip((1.0, -1.0 if r.operator == 'Sub' else 1.0), shapes)):
            steps = tuple((int(n > 1 or m == 1), 0) for n, m in zip(extent, shape[1:]))
            yield i, steps, (np.arange(shape[0]) % c, sign), ALL
    return r.add('affine', [a.tensor, b.tensor], shape, rank, parts=parts)


def negative(r):
    return -r.inputs[0] if isinstance(r.inputs[0], np.ndarray) else r.model.scaled(r.inputs[0], r.name, -1.0)


# How a tensor lies.

def moved(r, move, settle=True):
    value = r.inputs[0]
    if isinstance(value, np.ndarray):
        return move(value)
    value = Value(value.tensor, move(value.lies))
    return r.model.settled(value, r.name) if settle else value


def reshape(r):
    wanted = [int(v) for v in r.constant(1)]
    if not r.get('allowzero', 0):
        wanted = [r.dims()[i] if d == 0 else d for i, d in enumerate(wanted)]
    return moved(r, lambda a: a.reshape(wanted))


def flatten(r):
    axis = r.get('axis', 1)
    return moved(r, lambda a: a.reshape(prod(a.shape[:axis % (a.ndim + (axis >= 0))]), -1))


def transpose(r):
    return moved(r, lambda a: a.transpose(r.get('perm')), settle=False)


def squeeze(r):
    axes = r.numbers(1, 'axes')
    return moved(r, lambda a: a.squeeze(None if axes is None else tuple(axes)))


def unsqueeze(r):
    return moved(r, lambda a: np.expand_dims(a, tuple(r.numbers(1, 'axes'))), settle=False)


# Channels.

def concat(r):
    axis = r.get('axis')
    if all(isinstance(v, np.ndarray) for v in r.inputs):
        return np.concatenate(r.inputs, axis)
    values = [r.value(i) for i in range(len(r.inputs))]
    shapes, rank = [r.shape(i) for i in range(len(values))], values[0].lies.ndim
    r.need({v.lies.ndim for v in values} == {rank} and axis in (1, 1 - rank), 'of other axes')
    r.need(len({s[1:] for s in shapes}) == 1, 'of other extents')
    ends = np.cumsum([s[0] for s in shapes])

    def parts():
        for i, (end, shape) in enumerate(zip(ends, shapes)):
            yield i, HERE, (ALL, 1.0), slice(end - shape[0], end)
    return r.add('affine', [v.tensor for v in values], (ends[-1], *shapes[0][1:]), rank, parts=parts)


def part(r, pieces, axis):
    """Pieces of an axis, which are channels."""
    value, axis = r.inputs[0], axis % len(r.dims())
    if isinstance(value, np.ndarray):
        made = [value[(ALL,) * axis + (piece,)] for piece in pieces]
    else:
        r.need(axis == 1 and r.model.plain(value), 'of other axes')
        made = [r.model.selected(value, r.name, np.arange(r.shape()[0])[piece]) for piece in pieces]
    return made


def slices(r):
    starts, ends = r.numbers(1, 'starts'), r.numbers(2, 'ends')
    axes, steps = r.numbers(3, 'axes') or [0], r.numbers(4, 'steps') or [1]
    r.need(len(starts) == 1 and (steps[0] > 0 or not isinstance(r.inputs[0], Value)))
    return part(r, [slice(starts[0], ends[0], steps[0])], axes[0])


def gather(r):
    index = r.constant(1)
    r.need(index.ndim == 1 or index.ndim == 0 and not isinstance(r.inputs[0], Value), 'of such indices')
    return part(r, [index], r.get('axis', 0))


def split(r):
    axis, sizes, count = r.get('axis', 0), r.numbers(1, 'split'), r.get('num_outputs') or len(r.node.outputs)
    extent = r.value().lies.shape[axis]
    if sizes is None:
        each = ceil(extent / count)
        sizes = [min(each, extent - at) for at in range(0, extent, each)]
    r.need(sum(sizes) == extent and len(sizes) >= len(r.node.outputs))
    return part(r, [slice(end - size, end) for size, end in zip(sizes, np.cumsum(sizes))], axis)


# Windows.

def window(r, kernel=None):
    shape, kernel = r.shape(), tuple(r.get('kernel_shape') or kernel or r.fail())
    strides, dilations = r.get('strides', [1, 1]), r.get('dilations', [1, 1])
    auto, pads = r.get('auto_pad', 'NOTSET'), list(r.get('pads', [0] * 4))
    r.need(len(kernel) == 2 and min(*kernel, *strides, *dilations) > 0 and min(pads) >= 0)
    r.need(auto in ('NOTSET', '', 'VALID', 'SAME_UPPER', 'SAME_LOWER'))
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilations)]
    if auto in ('SAME_UPPER', 'SAME_LOWER'):
        total = [max(0, (ceil(n / s) - 1) * s + e - n) for n, s, e in zip(shape[1:], strides, reach)]
        less, more = [t // 2 for t in total], [t - t // 2 for t in total]
        pads = less + more if auto == 'SAME_UPPER' else more + less
    elif auto == 'VALID':
        pads = [0] * 4
    if r.get('ceil_mode', 0):
        for i in (0, 1):
            missing = -(shape[1 + i] + pads[i] + pads[2 + i] - reach[i]) % strides[i]
            inside = reach[i] - pads[2 + i] > missing
            r.need(not missing or inside and not r.node.attributes.get('count_include_pad'), 'with ceil_mode')
            pads[2 + i] += missing
    extent = [(n + pads[i] + pads[2 + i] - reach[i]) // strides[i] + 1 for i, n in enumerate(shape[1:])]
    return extent, {'kernel': kernel, 'strides': strides, 'dilations': dilations, 'pads': pads}


def taps(kernel, strides, dilations, pads):
    for tap in np.ndindex(*kernel):
        yield tap, tuple((s, t * d - p) for s, t, d, p in zip(strides, tap, dilations, pads))


def over_groups(weight, groups):
    """Out x in of all channels, from out x in of each group."""
    out, each = weight.shape
    columns = np.arange(out)[:, None] // (out // groups) * each + np.arange(each)
    full = np.zeros((out, each * groups))
    np.put_along_axis(full, columns, weight, 1)
    return full


def conv(r):
    x, weight, bias, groups = r.value(), r.floats(1), r.floats(2), r.get('group', 1)
    r.need(x.lies.ndim == 4 and weight.ndim == 4 and weight.shape[1] * groups == r.shape()[0])
    r.need(weight.shape[0] % groups == 0 and (bias is None or bias.shape == weight.shape[:1]))
    extent, where = window(r, weight.shape[2:])
    r.need(where['kernel'] == weight.shape[2:])

    def parts():
        for tap, steps in taps(**where):
            yield 0, steps, over_groups(weight[(ALL, ALL, *tap)], groups), ALL
    return r.add('affine', [x.tensor], (len(weight), *extent), parts=parts, numbers=[] if bias is None else [(bias,)])


def linear(r):
    """Gemm and MatMul by constants."""
    x, weight, bias = r.model.settled(r.inputs[0], r.name), r.floats(1), r.floats(2)
    r.need(weight is not None and weight.ndim == 2 and x.lies.ndim == 2 and r.model.plain(x))
    weight = weight if r.get('transB', 0) else weight.T
    r.need(r.get('alpha', 1) == 1 and r.get('beta', 1) == 1 and not r.get('transA', 0), 'with factors')
    r.need(weight.shape[1] == r.model.shapes[x.tensor][0] and (bias is None or bias.size in (1, len(weight))))
    return r.add('affine', [x.tensor], (len(weight), 1, 1), 2, parts=lambda: [(0, HERE, weight.astype(float), ALL)],
                 numbers=[] if bias is None else [(bias.ravel(),)])


def pool(r):
    x, (channels, *extent) = r.value(), r.shape()
    r.need(x.lies.ndim == 4)
    r.alone()
    if r.operator == 'GlobalMaxPool':
        size, where = [1, 1], {'kernel': tuple(extent), 'strides': [1, 1], 'dilations': [1, 1], 'pads': [0] * 4}
    else:
        size, where = window(r)
    reach = [d * (k - 1) for k, d in zip(where['kernel'], where['dilations'])]
    inside = all(k == 1 or d <= n for k, d, n in zip(where['kernel'], where['dilations'], extent))
    r.need(inside and all(p <= e for p, e in zip(where['pads'], reach * 2)), 'with a window in the padding')
    if r.operator != 'AveragePool':
        return r.add('maxpool', [x.tensor], (channels, *size), **where)
    r.need(where['dilations'] == [1, 1], 'with dilations')
    if not r.get('count_include_pad', 0) and any(where['pads']):
        return r.add('avgpool', [x.tensor], (channels, *size), **where)
    weight = ALL, 1 / prod(where['kernel'])
    return r.add('affine', [x.tensor], (channels, *size),
                 parts=lambda: [(0, steps, weight, ALL) for _, steps in taps(**where)])


def mean(r):
    x, rank = r.value(), r.value().lies.ndim
    if r.operator == 'ReduceMean':
        axes = r.numbers(1, 'axes') or []
        keep = r.get('keepdims', 1)
        r.need(rank == 4 and sorted(a % rank for a in axes) == [2, 3], 'over other axes')
        r.get('noop_with_empty_axes')
        rank = 4 if keep else 2
    return r.add('affine', [x.tensor], (r.shape()[0], 1, 1), rank, parts=lambda: [(0, 'mean', (ALL, 1.0), ALL)])


def pad(r):
    x, (c, h, w) = r.value(), r.shape()
    amounts, fill = r.numbers(1, 'pads'), float(np.asarray(r.constant(2, r.get('value', 0.0))).reshape(()))
    r.need(x.lies.ndim == 4 and r.get('mode', 'constant') == 'constant' and len(r.inputs) <= 3 and len(amounts) == 8)
    r.need(not any(amounts[i] for i in (0, 1, 4, 5)), 'of other axes')
    if not any(amounts):
        return x
    top, left, bottom, right = amounts[2], amounts[3], amounts[6], amounts[7]
    steps = (1, -top), (1, -left)
    return r.add('affine', [x.tensor], (c, h + top + bottom, w + left + right), parts=lambda: [(0, steps, (ALL, 1.0), ALL)],
                 numbers=[(fill,), (-fill, (h, w), steps)] if fill else [])


# Pointwise.

def batch_norm(r):
    x, (scale, offset, center, variance) = r.value(), [r.floats(i).astype(float) for i in range(1, 5)]
    epsilon = float(np.float32(r.get('epsilon', 1e-5)))
    training = r.node.attributes.get('training_mode', 0) or r.node.attributes.get('spatial', 1) != 1
    r.need(not training and not any(r.node.outputs[1:]), 'in training')
    r.need(all(a.shape == r.shape()[:1] for a in (scale, offset, center, variance)))
    if (variance < 0).any() or not (variance + epsilon > 0).all():
        raise Unreadable(f'{r.name} has a variance that is negative')
    factor = scale / np.sqrt(variance + epsilon)
    return r.model.scaled(x, r.name, factor, offset, -center * factor)


def clip(r):
    given = r.constant if r.model.graph.opset >= 11 else lambda i: r.get(('', 'min', 'max')[i])
    low, high = [none if given(i) is None else float(np.asarray(given(i)).reshape(()))
                 for i, none in ((1, -np.inf), (2, np.inf))]
    if low > high:
        raise Unreadable(f'{r.name} has its lower bound above the upper one')
    return r.model.bend(r.value(plain=False), r.name, low=low, high=high)


def activation(r):
    x = r.value(plain=False)
    if r.operator == 'Relu':
        return r.model.bend(x, r.name, low=0.0, relu=True)
    leaky = r.operator == 'LeakyRelu'
    return r.model.bend(x, r.name, np.float32(r.get('alpha', 0.01)) if leaky else r.model.per_channel(r.constant(1), x, r.name))


SMOOTH = {'Softmax': [], 'Sigmoid': [], 'HardSwish': [], 'Tanh': [], 'HardSigmoid': [('alpha', 0.2), ('beta', 0.5)],
          'Elu': [('alpha', 1.0)], 'Gelu': [('approximate', 'none')]}


def smooth(r):
    x = r.value(plain=r.operator == 'Softmax')
    values = [r.get(*a) for a in SMOOTH[r.operator]]
    if r.operator == 'Softmax':
        old = r.model.graph.opset < 13
        spread = old and x.lies.ndim == 4 and x.lies[0, 0].size > 1
        r.need(r.get('axis', 1 if old else -1) % x.lies.ndim == 1 and not spread, 'over another axis')
    values = [v if isinstance(v, str) else float(np.float32(v)) for v in values]
    return r.model.pointwise(x, 'smooth', r.name, function=(r.operator, *values))


OPERATORS = {
    'Identity': lambda r: r.inputs[0], 'Dropout': dropout, 'Cast': cast, 'Constant': constant,
    'ConstantOfShape': constant_of_shape, 'Neg': negative, 'Sqrt': lambda r: np.sqrt(r.constant(0)),
    'Shape': lambda r: np.array(r.dims()[r.get('start', 0):r.get('end')], 'i8'),
    'Reshape': reshape, 'Flatten': flatten, 'Transpose': transpose, 'Squeeze': squeeze, 'Unsqueeze': unsqueeze,
    'Concat': concat, 'Slice': slices, 'Gather': gather, 'Split': split,
    'Conv': conv, 'Gemm': linear, 'MatMul': linear, 'MaxPool': pool, 'GlobalMaxPool': pool, 'AveragePool': pool,
    'GlobalAveragePool': mean, 'ReduceMean': mean, 'Pad': pad, 'BatchNormalization': batch_norm, 'Clip': clip,
    'Relu': activation, 'LeakyRelu': activation, 'PRelu': activation,
    **dict.fromkeys(ARITHMETIC, arithmetic), **dict.fromkeys(SMOOTH, smooth)}
