"""What each ONNX operator is as a layer. Constants are folded where only constants are read."""
from math import ceil, prod

import numpy as np

from layers import SMOOTH, Value
from onnx_file import NotUnderstood, Unreadable

ARITHMETIC = {'Add': np.add, 'Sum': np.add, 'Sub': np.subtract, 'Mul': np.multiply, 'Div': np.divide,
              'Max': np.maximum, 'Min': np.minimum}
IGNORED = {'BatchNormalization': {'momentum', 'spatial', 'training_mode'}, 'MaxPool': {'storage_order'},
           'Dropout': {'ratio', 'seed'}, 'Cast': {'saturate'}}


class Reading:
    """One node, with its attributes; one that nobody asked for is not understood."""

    def __init__(self, model, node, name, inputs):
        self.model, self.node, self.name, self.inputs = model, node, name, inputs
        self.asked = set(IGNORED.get(node.operator, ()))

    def get(self, attribute, default=None):
        self.asked.add(attribute)
        return self.node.attributes.get(attribute, default)

    def fail(self, reason='used in a way'):
        raise NotUnderstood(f'{self.name}: {self.node.operator} {reason} that is not understood')

    def constant(self, i, default=None):
        value = self.inputs[i] if i < len(self.inputs) else None
        if isinstance(value, Value):
            self.fail('of a computed parameter')
        return default if value is None else value

    def floats(self, i):
        value = self.constant(i)
        if value is not None and value.dtype != np.float32:
            self.fail(f'by numbers of type {value.dtype}')
        return value

    def numbers(self, i, attribute):
        """Whole numbers, an attribute in old opsets and an input in new ones."""
        stated = self.get(attribute)
        given = self.constant(i)
        if given is not None:
            stated = [int(v) for v in given.ravel()]
        return stated

    def value(self, i=0, plain=True):
        value = self.inputs[i] if i < len(self.inputs) else None
        if not isinstance(value, Value) or (plain and not self.model.plain(value)):
            self.fail('of a tensor that lies in a way' if isinstance(value, Value) else 'of a constant')
        return value

    def add(self, kind, inputs, shape, rank=4, **data):
        return self.model.lying(self.model.add(kind, self.name, inputs, shape, **data), rank)


def read_node(model, node, name, inputs):
    reading = Reading(model, node, name, inputs)
    computed = any(isinstance(v, Value) for v in inputs)
    operator = node.operator
    if operator in ('Identity', 'Dropout', 'Cast'):
        made = passing(reading, operator)
    elif operator == 'Constant':
        found = [reading.get(k) for k in ('value', 'value_float', 'value_floats', 'value_int', 'value_ints')]
        made = next((np.array(v, 'f4' if 0 < i < 3 else None) for i, v in enumerate(found) if v is not None), None)
        if made is None:
            reading.fail()
    elif operator == 'ConstantOfShape':
        dims, fill = [int(d) for d in reading.constant(0)], reading.get('value', np.zeros(1, 'f4'))
        made = np.full(dims, fill.ravel()[0]) if prod([max(d, 0) for d in dims]) < 2**20 else reading.fail()
    elif operator in LAYOUT:
        made = LAYOUT[operator](reading)
    elif operator in ARITHMETIC or operator in ('Neg', 'Sqrt'):
        made = arithmetic(reading, operator)
    elif operator in ('Split', 'Slice', 'Gather', 'Concat'):
        made = (concat if operator == 'Concat' else selection)(reading)
    elif operator in LAYERS and computed:
        made = LAYERS[operator](reading)
    else:
        reading.fail()
    unknown = set(node.attributes) - reading.asked
    if unknown:
        reading.fail(f'with the attribute {min(unknown)}')
    return made


def passing(r, operator):
    value = r.inputs[0]
    if operator == 'Dropout' and len(r.inputs) > 2 and np.any(r.constant(2, 0)):
        r.fail('in training')
    if any(r.model.readers.get(o) for o in r.node.outputs[1:]):
        r.fail('with a second output')
    if operator == 'Cast':
        to = r.get('to')
        if isinstance(value, np.ndarray):
            return value.astype({1: 'f4', 6: 'i8', 7: 'i8'}.get(to) or r.fail())
        if to not in (1, 10, 11, 16):
            r.fail()
    return value


def arithmetic(r, operator):
    if operator in ('Neg', 'Sqrt'):
        x = r.inputs[0]
        if isinstance(x, np.ndarray):
            return -x if operator == 'Neg' else np.sqrt(x)
        return r.model.pointwise(x, 'scale', r.name, factor=-np.ones(1)) if operator == 'Neg' else r.fail()
    result = r.inputs[0]
    for other in r.inputs[1:]:
        result = combined(r, operator, result, other)
    return result


def combined(r, operator, a, b):
    model, name = r.model, r.name
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if operator == 'Div' and a.dtype != np.float32:
            return a // b if (a >= 0).all() and (b > 0).all() else r.fail('of integers')
        return ARITHMETIC[operator](a, b)
    if isinstance(a, Value) and isinstance(b, Value):
        if operator not in ('Add', 'Sum', 'Sub', 'Mul') or not (model.plain(a) and model.plain(b)):
            r.fail('of two tensors')
        shapes = model.shapes[a.tensor], model.shapes[b.tensor]
        if a.lies.ndim != b.lies.ndim or any(m != n and 1 not in (m, n) for m, n in zip(*shapes)):
            r.fail('of two shapes')
        kind = {'Sub': 'subtract', 'Mul': 'multiply'}.get(operator, 'add')
        return r.add(kind, [a.tensor, b.tensor], tuple(map(max, *shapes)), a.lies.ndim)
    first = isinstance(a, np.ndarray)
    x, constant = (b, a) if first else (a, b)
    numbers = model.per_channel(constant, x, name)
    if operator in ('Add', 'Sum'):
        return model.pointwise(x, 'translate', name, addend=numbers)
    if operator == 'Sub':
        if first:
            x = model.pointwise(x, 'scale', name, factor=-np.ones(1))
        return model.pointwise(x, 'translate', name, addend=numbers if first else -numbers)
    if operator in ('Mul', 'Div'):
        if operator == 'Div' and (first or (numbers == 0).any()):
            r.fail('by it')
        factor = numbers.astype('f8') if operator == 'Mul' else 1 / numbers.astype('f8')
        return model.pointwise(x, 'scale', name, factor=factor)
    none = np.full(len(numbers), -np.inf if operator == 'Min' else np.inf)
    low, high = (none, numbers) if operator == 'Min' else (numbers, none)
    return model.pointwise(x, 'clip', name, low=low, high=high)


# How a tensor lies.

def moved(r, move):
    value = r.inputs[0]
    if isinstance(value, np.ndarray):
        return move(value)
    return r.model.settled(Value(value.tensor, move(value.lies)), r.name)


def reshape(r):
    wanted, zero = [int(v) for v in r.constant(1)], r.get('allowzero', 0)
    dims = r.inputs[0].lies.shape if isinstance(r.inputs[0], Value) else r.inputs[0].shape
    if not zero:
        wanted = [dims[i] if d == 0 else d for i, d in enumerate(wanted)]
    return moved(r, lambda a: a.reshape(wanted))


def flatten(r):
    axis = r.get('axis', 1)
    return moved(r, lambda a: a.reshape(int(np.prod(a.shape[:axis % (a.ndim + (axis >= 0))])), -1))


def transpose(r):
    perm = r.get('perm')
    value = r.inputs[0]
    if isinstance(value, np.ndarray):
        return value.transpose(perm)
    return Value(value.tensor, value.lies.transpose(perm))


def squeeze(r):
    axes = r.numbers(1, 'axes')
    return moved(r, lambda a: a.squeeze(None if axes is None else tuple(axes)))


def unsqueeze(r):
    axes = r.numbers(1, 'axes')
    value = r.inputs[0]
    if isinstance(value, np.ndarray):
        return np.expand_dims(value, tuple(axes))
    return Value(value.tensor, np.expand_dims(value.lies, tuple(axes)))


def shape_of(r):
    dims = r.inputs[0].lies.shape if isinstance(r.inputs[0], Value) else r.inputs[0].shape
    return np.array(dims[r.get('start', 0):r.get('end')], 'i8')


LAYOUT = {'Reshape': reshape, 'Flatten': flatten, 'Transpose': transpose, 'Squeeze': squeeze,
          'Unsqueeze': unsqueeze, 'Shape': shape_of}


# Channels.

def concat(r):
    axis = r.get('axis')
    if all(isinstance(v, np.ndarray) for v in r.inputs):
        return np.concatenate(r.inputs, axis)
    values = [r.value(i) for i in range(len(r.inputs))]
    shapes = [r.model.shapes[v.tensor] for v in values]
    ranks = {v.lies.ndim for v in values}
    if len(ranks) > 1 or axis not in (1, 1 - max(ranks)) or len({s[1:] for s in shapes}) > 1:
        r.fail('of other axes')
    shape = (sum(s[0] for s in shapes), *shapes[0][1:])
    return r.add('concat', [v.tensor for v in values], shape, max(ranks))


def selection(r):
    value, operator = r.inputs[0], r.node.operator
    rank = value.ndim if isinstance(value, np.ndarray) else value.lies.ndim
    if operator == 'Slice':
        starts, ends = r.numbers(1, 'starts'), r.numbers(2, 'ends')
        axes, steps = r.numbers(3, 'axes') or list(range(len(starts))), r.numbers(4, 'steps') or [1] * len(starts)
        axis, parts = axes[0], [slice(starts[0], ends[0], steps[0])]
        if len(starts) != 1 or (steps[0] < 0 and isinstance(value, Value)):
            r.fail()
    elif operator == 'Gather':
        axis, index = r.get('axis', 0), r.constant(1)
        if index.ndim > 1 or (index.ndim == 0 and isinstance(value, Value)):
            r.fail('of such indices')
        if isinstance(value, np.ndarray):
            return np.take(value, index, axis)
        parts = [index]
    else:
        axis, sizes, count = r.get('axis', 0), r.numbers(1, 'split'), r.get('num_outputs')
        extent = r.value().lies.shape[axis]
        if sizes is None:
            each = ceil(extent / (count or len(r.node.outputs)))
            sizes = [min(each, extent - at) for at in range(0, extent, each)]
        if sum(sizes) != extent or len(sizes) < len(r.node.outputs):
            r.fail()
        ends = np.cumsum(sizes)
        parts = [slice(end - size, end) for size, end in zip(sizes, ends)]
    if isinstance(value, np.ndarray):
        return value[(slice(None),) * (axis % rank) + (parts[0],)]
    if axis % rank != 1 or not r.model.plain(value):
        r.fail('of other axes')
    shape, made = r.model.shapes[value.tensor], []
    for part in parts:
        channels = np.arange(shape[0])[part]
        made.append(r.add('select', [value.tensor], (len(channels), *shape[1:]), rank, channels=channels))
    return made


# Layers.

def window(r, shape, kernel=None):
    kernel = tuple(r.get('kernel_shape') or kernel or r.fail())
    strides, dilations = r.get('strides', [1, 1]), r.get('dilations', [1, 1])
    auto, pads = r.get('auto_pad', 'NOTSET'), r.get('pads', [0, 0, 0, 0])
    if len(kernel) != 2 or min(*kernel, *strides, *dilations) < 1 or min(pads) < 0:
        r.fail()
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilations)]
    if auto in ('SAME_UPPER', 'SAME_LOWER'):
        total = [max(0, (ceil(n / s) - 1) * s + e - n) for n, s, e in zip(shape[1:], strides, reach)]
        less, more = [t // 2 for t in total], [t - t // 2 for t in total]
        pads = less + more if auto == 'SAME_UPPER' else more + less
    elif auto not in ('NOTSET', 'VALID', ''):
        r.fail()
    elif auto == 'VALID':
        pads = [0, 0, 0, 0]
    if r.get('ceil_mode', 0):
        for i in (0, 1):
            free = shape[1 + i] + pads[i] + pads[2 + i] - reach[i]
            missing = -free % strides[i]
            if missing and free + missing >= shape[1 + i] + pads[i]:
                r.fail('with ceil_mode')
            if missing and r.node.attributes.get('count_include_pad'):
                r.fail('with ceil_mode')
            pads = [p + missing * (j == 2 + i) for j, p in enumerate(pads)]
    extent = [(n + pads[i] + pads[2 + i] - reach[i]) // strides[i] + 1 for i, n in enumerate(shape[1:])]
    return extent, {'kernel': kernel, 'strides': strides, 'dilations': dilations, 'pads': pads}


def conv(r):
    x, weight, bias = r.value(), r.floats(1), r.floats(2)
    shape, groups = r.model.shapes[x.tensor], r.get('group', 1)
    if x.lies.ndim != 4 or weight.ndim != 4 or weight.shape[1] * groups != shape[0] or weight.shape[0] % groups:
        r.fail()
    if bias is not None and bias.shape != weight.shape[:1]:
        r.fail()
    extent, taps = window(r, shape, weight.shape[2:])
    if taps['kernel'] != weight.shape[2:]:
        r.fail()
    return r.add('conv', [x.tensor], (weight.shape[0], *extent), weight=weight, groups=groups,
                 bias=np.zeros(weight.shape[0]) if bias is None else bias, **taps)


def pool(r):
    x = r.value()
    shape = r.model.shapes[x.tensor]
    if x.lies.ndim != 4 or any(r.model.readers.get(o) for o in r.node.outputs[1:]):
        r.fail()
    if r.node.operator == 'GlobalMaxPool':
        extent, taps = [1, 1], {'kernel': shape[1:], 'strides': [1, 1], 'dilations': [1, 1], 'pads': [0] * 4}
    else:
        extent, taps = window(r, shape)
    reach = [d * (k - 1) for k, d in zip(taps['kernel'], taps['dilations'])]
    if any(p > e for p, e in zip(taps['pads'], reach * 2)) or any(
            k > 1 and d > n for k, d, n in zip(taps['kernel'], taps['dilations'], shape[1:])):
        r.fail('with a window in the padding')
    if r.node.operator != 'AveragePool':
        return r.add('maxpool', [x.tensor], (shape[0], *extent), **taps)
    if taps['dilations'] != [1, 1]:
        r.fail('with dilations')
    counts = bool(r.get('count_include_pad', 0))
    return r.add('avgpool', [x.tensor], (shape[0], *extent), **taps, **{'counts padding': counts})


def mean(r):
    x = r.value()
    shape, rank = r.model.shapes[x.tensor], x.lies.ndim
    if r.node.operator == 'ReduceMean':
        axes, keep = r.numbers(1, 'axes'), r.get('keepdims', 1)
        if axes is None or rank != 4 or sorted(a % rank for a in axes) != [2, 3] or r.get('noop_with_empty_axes'):
            r.fail('over other axes')
        return r.add('mean', [x.tensor], (shape[0], 1, 1), 4 if keep else 2)
    return r.add('mean', [x.tensor], (shape[0], 1, 1))


def linear(r):
    """Gemm and MatMul by constants: a convolution over the single pixel of a vector."""
    x, weight = r.model.settled(r.inputs[0], r.name), r.floats(1)
    if weight.ndim != 2 or x.lies.ndim != 2 or not r.model.plain(x):
        r.fail()
    weight = weight if r.get('transB', 0) else weight.T
    bias, features = r.floats(2), weight.shape[0]
    if r.get('alpha', 1) != 1 or r.get('beta', 1) != 1 or r.get('transA', 0):
        r.fail('with factors')
    if weight.shape[1] != r.model.shapes[x.tensor][0] or bias is not None and bias.size not in (1, features):
        r.fail()
    bias = np.zeros(features) if bias is None else np.broadcast_to(bias.ravel(), features)
    taps = {'kernel': (1, 1), 'strides': [1, 1], 'dilations': [1, 1], 'pads': [0] * 4}
    return r.add('conv', [x.tensor], (features, 1, 1), 2, weight=weight[:, :, None, None], bias=bias, groups=1, **taps)


def batch_norm(r):
    x = r.value()
    scale, offset, center, variance = [r.floats(i).astype('f8') for i in range(1, 5)]
    epsilon = float(np.float32(r.get('epsilon', 1e-5)))
    training = r.node.attributes.get('training_mode', 0) or r.node.attributes.get('spatial', 1) != 1
    channels = r.model.shapes[x.tensor][0]
    if training or any(r.node.outputs[1:]) or any(a.shape != (channels,) for a in (scale, offset, center, variance)):
        r.fail('in training')
    if (variance < 0).any() or not (variance + epsilon > 0).all():
        raise Unreadable(f'{r.name} has a variance that is negative')
    factor = scale / np.sqrt(variance + epsilon)
    return r.model.pointwise(x, 'batchnorm', r.name, factor=factor, offset=offset, shift=-center * factor)


def clip(r):
    x = r.value(plain=False)
    bounds = []
    for i, (attribute, none) in enumerate((('min', -np.inf), ('max', np.inf)), 1):
        bound = r.constant(i) if r.model.graph.opset >= 11 else r.get(attribute)
        bounds.append(none if bound is None else float(np.asarray(bound).reshape(())))
    if bounds[0] > bounds[1]:
        raise Unreadable(f'{r.name} has its lower bound above the upper one')
    low, high = [np.full(r.model.shapes[x.tensor][0], b) for b in bounds]
    return r.model.pointwise(x, 'clip', r.name, low=low, high=high)


def activation(r):
    x, channels = r.value(plain=False), r.model.shapes[r.value(plain=False).tensor][0]
    if r.node.operator == 'Relu':
        slope = np.zeros(channels)
    elif r.node.operator == 'LeakyRelu':
        slope = np.full(channels, np.float32(r.get('alpha', 0.01)))
    else:
        slope = r.model.per_channel(r.constant(1), x, r.name)
    return r.model.pointwise(x, 'slope', r.name, slope=slope)


def smooth(r):
    x, operator = r.value(plain=r.node.operator == 'Softmax'), r.node.operator
    said = {'HardSigmoid': [('alpha', 0.2), ('beta', 0.5)], 'Elu': [('alpha', 1.0)],
            'Gelu': [('approximate', 'none')]}.get(operator, [])
    values = tuple(r.get(*a) for a in said)
    if operator == 'Softmax':
        axis = r.get('axis', 1 if r.model.graph.opset < 13 else -1) % x.lies.ndim
        spread = x.lies.ndim == 4 and r.model.graph.opset < 13 and x.lies[0, 0].size > 1
        if axis != 1 or spread:
            r.fail('over another axis')
    values = tuple(v if isinstance(v, str) else float(np.float32(v)) for v in values)
    return r.model.pointwise(x, 'smooth', r.name, function=(operator, *values))


def pad(r):
    x = r.value()
    amounts, fill = r.numbers(1, 'pads'), r.constant(2, r.get('value', 0.0))
    if x.lies.ndim != 4 or r.get('mode', 'constant') != 'constant' or len(r.inputs) > 3 or len(amounts) != 8:
        r.fail()
    if any(amounts[i] for i in (0, 1, 4, 5)):
        r.fail('of other axes')
    if not any(amounts):
        return x
    c, h, w = r.model.shapes[x.tensor]
    top, left, bottom, right = amounts[2], amounts[3], amounts[6], amounts[7]
    return r.add('pad', [x.tensor], (c, h + top + bottom, w + left + right), before=(top, left),
                 fill=float(np.asarray(fill).reshape(())))


LAYERS = {'Conv': conv, 'MaxPool': pool, 'GlobalMaxPool': pool, 'AveragePool': pool, 'GlobalAveragePool': mean,
          'ReduceMean': mean, 'Gemm': linear, 'MatMul': linear, 'BatchNormalization': batch_norm, 'Clip': clip,
          'Relu': activation, 'LeakyRelu': activation, 'PRelu': activation, 'Pad': pad,
          **{operator: smooth for operator in SMOOTH}}
