#!/usr/bin/env python3
"""python3 check.py certificate.json original.onnx converted.onnx

Whether a certificate shows that two ONNX files hold the same function: a checker of the format that
docs/certificate.md describes, written from that page. Ends with 0 where the certificate is accepted, with 2 where it
is not, with 65 where a file cannot be read and with 64 where it is called otherwise.
"""
import hashlib
import re
import sys
from math import ceil

import numpy as np

from certificate import read_certificate
from layers import Model
from onnx_file import NotUnderstood, Unreadable, read_graph
from rows import HERE, Rejected, Row, averaged, differing, interval, pixel_sets, read, rounding, sums_of_numbers, ulp

BENDS = ('slope', 'clip')


class Pair:
    """Both models, and what is known of them so far."""

    def __init__(self, original, converted, said):
        self.models, self.said = (original, converted), said
        self.extents = {}  # of symbols: (side, tensor, whether it is the half)
        for side in (0, 1):
            for tensor, shape in enumerate(self.models[side].shapes):
                self.extents[side, tensor, False] = self.extents[side, tensor, True] = shape[1:]
        self.named = {self.tensor(0, name) for name in said['named']}
        self.facts, self.claims, self.known_ranges = {}, {}, {}

    def tensor(self, side, name):
        if name not in self.models[side].by_name:
            raise Rejected(f'no tensor, or more than one, is called {name}')
        return self.models[side].by_name[name]

    def opened(self, names):
        tensors = frozenset(self.tensor(0, name) for name in names)
        if not tensors <= self.named:
            raise Rejected('what is not named cannot be open')
        return tensors

    def is_symbol(self, tensor, opened=()):
        """Of the original."""
        layer = self.models[0].maker.get(tensor)
        return layer is None or not layer.affine or (tensor in self.named and tensor not in opened)

    # Ranges: first of the symbols alone, then from the input on.

    def range_of(self, symbol, deep):
        if (symbol, deep) not in self.known_ranges:
            low, high = self.bounds(symbol, deep)
            self.known_ranges[symbol, deep] = low, high
        return self.known_ranges[symbol, deep]

    def bounds(self, symbol, deep):
        side, tensor, half = symbol
        model = self.models[side]
        none = np.full((2, model.shapes[tensor][0]), np.inf) * [[-1], [1]]
        if half:
            low, high = self.range_of((side, tensor, False), True) if deep and self.is_symbol(tensor) else none
            if deep and not self.is_symbol(tensor):
                low, high = self.range_of_row(Writer(self).original(tensor), True)
            return np.maximum(low, 0), np.maximum(high, 0)
        if side == 1:
            return none
        layer = model.maker.get(tensor)
        if layer is None:
            asked = self.said['inputRange']
            return none if asked is None else np.full(none.shape, np.reshape(asked, (2, 1)))
        if layer.affine:
            return self.range_of_row(Writer(self).by_layer(0, tensor), True) if deep else none
        if layer.kind in ('smooth', 'multiply'):
            return none
        bounds = none
        if deep or layer.kind in ('maxpool', 'avgpool'):
            bounds = self.range_of_row(Writer(self).original(layer.inputs[0]), deep)
        return made_of(layer, *bounds)

    def range_of_row(self, row, deep):
        return interval(row, lambda symbol: self.range_of(symbol, deep), self.extents)

    def holds(self, row, test):
        """Whether test(low, high) is true of each row, with the ranges that it takes."""
        found = test(*self.range_of_row(row, False))
        return found if found.all() else found | test(*self.range_of_row(row, True))


class Writer:
    """Rows in symbols, while some named tensors are open."""

    def __init__(self, pair, opened=frozenset()):
        self.pair, self.opened, self.depth = pair, opened, 0
        self.rows = {}

    def original(self, tensor):
        if self.pair.is_symbol(tensor, self.opened):
            return self.symbol((0, tensor, False))
        return self.remembered(0, tensor, lambda: self.by_layer(0, tensor))

    def converted(self, tensor):
        model = self.pair.models[1]
        if tensor in model.inputs:
            return self.original(self.pair.models[0].inputs[model.inputs.index(tensor)])
        if tensor in self.pair.claims:
            shape = model.shapes[tensor]
            return self.remembered(1, tensor, lambda: self.claimed(self.pair.claims[tensor], shape, tensor))
        return self.remembered(1, tensor, lambda: self.by_layer(1, tensor))

    def row(self, side, tensor):
        return self.converted(tensor) if side else self.original(tensor)

    def remembered(self, side, tensor, make):
        if (side, tensor) not in self.rows:
            self.rows[side, tensor] = make()
        return self.rows[side, tensor]

    def symbol(self, symbol):
        side, tensor, _ = symbol
        shape = self.pair.models[side].shapes[tensor]
        row = Row(shape[0], shape[1:])
        self.put(row, symbol, np.arange(shape[0]), np.arange(shape[0]), 1.0, HERE)
        return row

    def put(self, row, symbol, at, channels, scale, place):
        """Adds scale * channel of a symbol to rows; channels that facts make numbers are these."""
        side, tensor, half = symbol
        known = self.pair.facts.get(tensor, {}) if side == 0 else {}
        constant = np.array([c in known for c in channels], bool) if known else np.zeros(len(channels), bool)
        width, extent = self.pair.models[side].shapes[tensor][0], self.pair.extents[symbol]
        if constant.any():
            values = np.array([known[c] for c in channels[constant]])
            values = scale * (np.maximum(values, 0) if half else values)
            mine = row.into(row.numbers, (extent, place), None)
            np.add.at(mine[0], at[constant], values)
            np.add.at(mine[1], at[constant], np.abs(values))
        if not constant.all():
            mine = row.into(row.columns, (symbol, place), width)
            np.add.at(mine[0], (at[~constant], channels[~constant]), scale)
            np.add.at(mine[1], (at[~constant], channels[~constant]), abs(scale))
        row.terms[at] += 1

    # Claims.

    def claimed(self, runs, shape, tensor=None, shift=0):
        """The rows that runs claim, of a tensor of that shape; `shift` is where the first run begins."""
        row = Row(shape[0], shape[1:])
        for run in runs:
            at = np.arange(run['first'], run['first'] + run['count']) - shift
            if run['rule'] == 'any':
                self.put(row, (1, tensor, False), at, at, 1.0, HERE)
            for term in run['terms']:
                self.add_term(row, at, run['count'], term)
            if run['constant'] != 0:
                row.constant(run['constant'], at)
        return row

    def add_term(self, row, at, count, term):
        tensor = self.pair.tensor(0, term['tensor'])
        shape, channels = self.pair.models[0].shapes[tensor], np.arange(term['channel'], term['channel'] + count)
        steps = tuple((s, 0) for s in term['stride'])
        if channels[-1] >= shape[0]:
            raise Rejected(f'{term["tensor"]} has no channel {channels[-1]}')
        for n, (s, _), m in zip(row.extent, steps, shape[1:]):
            if not (n - 1) * s < m <= n * s:
                raise Rejected(f'{term["tensor"]} does not fit at a stride of {s}')
        if term['half'] or self.pair.is_symbol(tensor, self.opened):
            self.put(row, (0, tensor, term['half']), at, channels, term['scale'], steps)
        else:
            inner = read(self.original(tensor), row.extent, steps, self.pair.extents)
            row.add(inner.picked(channels, term['scale']), at=at)

    # Layers.

    def by_layer(self, side, tensor):
        model = self.pair.models[side]
        layer, shape = model.maker.get(tensor), model.shapes[tensor]
        name = model.names[tensor]
        row = Row(shape[0], shape[1:])
        if layer is None or not layer.affine:
            row.spoil(slice(None), f'nothing is said of {name}')
            return row
        self.depth += 1
        if self.depth > 16:
            raise Rejected(f'{name} is written more than sixteen layers deep')
        data, inputs = layer.data, [self.row(side, t) for t in self.inputs(model, layer)]
        self.depth -= 1
        first = inputs[0]
        if layer.kind in ('conv', 'avgpool'):
            self.add_taps(row, layer, first, model)
        elif layer.kind in ('batchnorm', 'scale', 'translate'):
            row.add(first.picked(np.arange(shape[0]), data.get('factor', 1.0)))
            for constant in ('offset', 'shift', 'addend'):
                if constant in data:
                    row.constant(data[constant])
        elif layer.kind in ('add', 'subtract'):
            for sign, part in zip((1.0, -1.0 if layer.kind == 'subtract' else 1.0), inputs):
                row.add(self.broadcast(part, shape).picked(np.arange(shape[0]) % part.channels, sign))
        elif layer.kind == 'concat':
            at = 0
            for part in inputs:
                row.add(part, at=slice(at, at + part.channels))
                at += part.channels
        elif layer.kind == 'select':
            row = first.picked(data['channels'])
        elif layer.kind == 'mean':
            row = averaged(first, self.pair.extents)
        elif layer.kind == 'pad':
            steps = tuple((1, -b) for b in data['before'])
            row = read(first, shape[1:], steps, self.pair.extents)
            if data['fill'] != 0:  # inside, less what is there already
                row = row.picked(np.arange(row.channels))
                row.constant(data['fill'])
                row.number(-data['fill'], (first.extent, steps))
        else:
            self.flatten(row, layer, first)
        return row

    @staticmethod
    def inputs(model, layer):
        """What it reads; a convolution over the features of an image reads the image."""
        if layer.kind == 'conv' and layer.inputs[0] in model.maker:
            before = model.maker[layer.inputs[0]]
            if before.kind == 'flatten':
                return before.inputs
        return layer.inputs

    def broadcast(self, row, shape):
        steps = tuple((int(n > 1 or m == 1), 0) for n, m in zip(row.extent, shape[1:]))
        return read(row, shape[1:], steps, self.pair.extents)

    def add_taps(self, row, layer, first, model):
        data = layer.data
        if layer.kind == 'conv' and row.extent == (1, 1) and first.extent != model.shapes[layer.inputs[0]][1:]:
            order = model.maker[layer.inputs[0]].data['order']
            weight = np.zeros((row.channels, len(order)))
            weight[:, order] = data['weight'][:, :, 0, 0]
            weight = weight.reshape(row.channels, first.channels, *first.extent)
            for y, x in np.ndindex(*first.extent):
                row.add(read(first, (1, 1), ((1, y), (1, x)), self.pair.extents), weight[:, :, y, x])
            row.constant(data['bias'])
            return
        for tap in np.ndindex(*data['kernel']):
            steps = tuple((s, t * d - p) for s, t, d, p in zip(data['strides'], tap, data['dilations'], data['pads']))
            seen = read(first, row.extent, steps, self.pair.extents)
            if layer.kind == 'avgpool':
                row.add(seen.picked(np.arange(row.channels), 1 / np.prod(data['kernel'])))
            else:
                row.add(seen, tap_matrix(data, tap, first.channels))
        if layer.kind == 'conv':
            row.constant(data['bias'])

    def flatten(self, row, layer, first):
        if row.channels * first.channels > 2**24:
            raise Rejected('it would take too much')
        h, w = first.extent
        for y, x in np.ndindex(h, w):
            at, = np.nonzero(layer.data['order'] % (h * w) == y * w + x)
            seen = read(first, (1, 1), ((1, y), (1, x)), self.pair.extents)
            row.add(seen.picked(layer.data['order'][at] // (h * w)), at=at)


def tap_matrix(data, tap, channels):
    weight = data['weight'][(slice(None), slice(None), *tap)].astype(float)
    if data['groups'] == 1:
        return weight
    out, each = np.zeros((len(weight), channels)), weight.shape[1]
    for o, group in enumerate(np.arange(len(weight)) // (len(weight) // data['groups'])):
        out[o, group * each:(group + 1) * each] = weight[o]
    return out


# What layers make of numbers.

def value_at(layer, channels, values):
    """Of channels x anything."""
    if layer.kind == 'slope':
        return np.where(values >= 0, values, layer.data['slope'][channels][:, None] * values)
    if layer.kind == 'clip':
        return np.clip(values, layer.data['low'][channels][:, None], layer.data['high'][channels][:, None])
    return values


def made_of(layer, low, high):
    """Of each channel's interval."""
    if layer.kind == 'slope':
        slope = layer.data['slope'].astype(float)
        with np.errstate(invalid='ignore'):
            ends = [np.where(v >= 0, v, np.where(slope == 0, 0.0, slope * v)) for v in (low, high)]
        across = np.where((low < 0) & (high > 0), 0.0, ends[0])
        least, most = np.minimum(np.minimum(*ends), across), np.maximum(np.maximum(*ends), across)
        return np.where(least == 0, 0, np.nextafter(least, -np.inf)), np.where(most == 0, 0, np.nextafter(most, np.inf))
    if layer.kind == 'clip':
        return [np.clip(v, layer.data['low'], layer.data['high']) for v in (low, high)]
    return low, high


def near(a, b, max_ulps):
    size = np.maximum(np.abs(a), np.abs(b))
    with np.errstate(invalid='ignore'):
        return (a == b) | (np.isfinite(size) & (np.abs(a - b) <= max_ulps * ulp(np.where(np.isfinite(size), size, 1))))


# The rules.

class Step:
    def __init__(self, pair, side, tensor, opened=frozenset()):
        self.pair, self.model, self.side, self.tensor = pair, pair.models[side], side, tensor
        self.layer, self.shape = self.model.maker[tensor], self.model.shapes[tensor]
        self.name, self.ulps = self.model.names[tensor], pair.said['maxUlps']
        self.writer = Writer(pair, opened)

    def fail(self, reason, channel):
        raise Rejected(f'{self.name}, channel {channel}: {reason}')

    def argument(self, run, i=0):
        row = self.writer.row(self.side, self.layer.inputs[i])
        return row.picked(self.channels(run) if row.channels > 1 else np.zeros(run['count'], int))

    @staticmethod
    def channels(run):
        return np.arange(run['first'], run['first'] + run['count'])

    def demand(self, good, run, reason='is not what is claimed'):
        good = np.broadcast_to(good, run['count'])
        if not good.all():
            self.fail(reason, run['first'] + int(np.argmin(good)))

    def equal(self, a, b, run):
        if a.extent != b.extent:
            self.fail('the extents are not the same', run['first'])
        self.demand(~differing(a, b, self.ulps), run, a.why or b.why or 'is not what is claimed')

    def expected(self, run, terms=None, constant=None):
        """What terms say, by default those that are claimed."""
        said = {**run, 'terms': run['terms'] if terms is None else terms}
        said['constant'] = run['constant'] if constant is None else constant
        extent = self.shape[1:]
        return self.writer.claimed([said], (run['count'], *extent), shift=run['first'])

    def check(self, run):
        getattr(self, 'check_' + run['rule'])(run)

    def check_any(self, run):
        if run['terms'] or run['constant']:
            self.fail('`any` says nothing', run['first'])

    def check_is(self, run):
        claimed = self.expected(run)
        if self.layer.affine:
            written = self.writer.remembered(1, (self.tensor, 'layer'), lambda: self.writer.by_layer(1, self.tensor))
            return self.equal(written.picked(self.channels(run)), claimed, run)
        if self.layer.kind not in BENDS:
            self.fail('only piecewise linear layers can do nothing', run['first'])
        self.equal(self.argument(run), claimed, run)
        at = self.channels(run)
        good = self.pair.holds(claimed, lambda low, high: self.harmless(at, low, high))
        if not good.all():
            good |= self.harmless(at, self.least(run), np.full(len(at), np.inf))
        self.demand(good, run, 'the layer may do something to it')

    def harmless(self, at, low, high):
        data = self.layer.data
        if self.layer.kind == 'clip':
            return (low >= data['low'][at]) & (high <= data['high'][at])
        return (low >= 0) | (data['slope'][at] == 1)

    def least(self, run):
        """A lower bound of a claim: a * relu(t) - a * t, which is not negative, taken out of it."""
        terms = list(run['terms'])
        for half in [t for t in terms if t['half'] and t['scale'] > 0]:
            other = {**half, 'half': False, 'scale': -half['scale']}
            if other in terms and half in terms:
                terms.remove(other)
                terms.remove(half)
        rest = self.expected(run, terms)
        return np.maximum(*[self.pair.range_of_row(rest, deep)[0] for deep in (False, True)])

    def only_term(self, run, half):
        terms = run['terms']
        if len(terms) != 1 or terms[0]['half'] is not half:
            self.fail(f'`{run["rule"]}` has another term', run['first'])
        return terms[0]

    def origin(self, run):
        """For `same` and `bound`: the layer of the original that makes the one term."""
        term = self.only_term(run, False)
        tensor = self.pair.tensor(0, term['tensor'])
        layer = self.pair.models[0].maker.get(tensor)
        if term['stride'] != (1, 1) or layer is None or layer.affine:
            self.fail(f'{term["tensor"]} is not made by such a layer', run['first'])
        if self.pair.models[0].shapes[tensor][1:] != self.shape[1:]:
            self.fail('the extents are not the same', run['first'])
        at = np.arange(term['channel'], term['channel'] + run['count'])
        if at[-1] >= self.pair.models[0].shapes[tensor][0]:
            self.fail(f'{term["tensor"]} has no channel {at[-1]}', run['first'])
        return layer, at, term['scale']

    def check_same(self, run):
        layer, at, scale = self.origin(run)
        mine, kind = self.layer, self.layer.kind
        if run['constant'] or mine.affine or (kind not in BENDS and kind != layer.kind):
            self.fail('it is not the same function', run['first'])
        if kind in (*BENDS, 'maxpool') and scale <= 0:
            self.fail('its scale is not positive', run['first'])
        if kind in BENDS:
            self.demand(self.same_bend(layer, at, scale, run), run, 'it is not the same function')
        if kind in ('maxpool', 'avgpool') and mine.data != layer.data:
            self.fail('it has another window', run['first'])
        if kind == 'smooth':
            if scale != 1 or mine.data != layer.data:
                self.fail('it is not the same function', run['first'])
            width = self.pair.models[0].shapes[layer.output][0]
            if mine.data['function'][0] == 'Softmax' and not (self.shape[0] == width == run['count'] and at[0] == 0):
                self.fail('all channels of softmax have to be claimed together', run['first'])
        for i, tensor in enumerate(layer.inputs):
            theirs = self.writer.original(tensor)
            picked = theirs.picked(at if theirs.channels > 1 else np.zeros(len(at), int), 1.0 if i else scale)
            self.equal(self.argument(run, i), picked, run)

    def same_bend(self, layer, at, scale, run):
        """Whether for each channel the function is a * f(x / a) for all values that the argument has."""
        if layer.kind not in BENDS:
            return np.zeros(len(at), bool)
        mine, here = self.layer, self.channels(run)
        good = np.zeros(len(at), bool)
        slopes = [slope_of(l, c) for l, c in ((mine, here), (layer, at))]
        good |= near(*slopes, self.ulps)
        (low, high), (low2, high2) = [bounds_of(l, c) for l, c in ((mine, here), (layer, at))]
        low2, high2 = low2 * scale, high2 * scale
        apart = [near(low, low2, self.ulps), near(high, high2, self.ulps)]
        if not (good | (apart[0] & apart[1])).all():
            argument = self.argument(run)
            def both(least, most):
                below = apart[0] | ((low <= least) & (low2 <= least))
                return below & (apart[1] | ((high >= most) & (high2 >= most)))
            return good | self.pair.holds(argument, both)
        return good | (apart[0] & apart[1])

    def check_half(self, run):
        halves = [t for t in run['terms'] if t['half']]
        rest = [t for t in run['terms'] if not t['half']]
        if len(halves) != 1 or len(rest) > 1 or run['constant'] or halves[0]['scale'] <= 0:
            self.fail('`half` has other terms', run['first'])
        whole = {**halves[0], 'half': False}
        if rest:
            whole['scale'] = -whole['scale']
            if rest[0] != whole:
                self.fail('`half` has other terms', run['first'])
        at = self.channels(run)
        low, high = bounds_of(self.layer, at)
        self.demand((low == 0) & (high == np.inf) & (self.layer.kind in BENDS), run, 'the layer is no ReLU')
        self.equal(self.argument(run), self.expected(run, [whole]), run)

    def check_bound(self, run):
        layer, at, scale = self.origin(run)
        if layer.kind not in BENDS or self.layer.kind not in BENDS:
            self.fail('it is no clip', run['first'])
        (low, high), (least, most) = bounds_of(self.layer, self.channels(run)), bounds_of(layer, at)
        self.demand((least == 0) & (most > 0) & np.isfinite(most), run, 'the original has no clip from 0')
        half = {'tensor': self.pair.models[0].names[layer.inputs[0]], 'channel': int(at[0]), 'half': True,
                'scale': scale, 'stride': (1, 1)}
        if scale > 0:
            fits = (low <= 0) & near(high, scale * most, self.ulps)
            self.demand(fits & (run['constant'] == 0), run, 'the bounds are others')
        else:
            fits = (low == 0) & (high == np.inf) & (np.float32(scale) == scale)
            self.demand(fits & (run['constant'] == -scale * most), run, 'it is no ReLU of what is left')
        self.equal(self.argument(run), self.expected(run, [half]), run)

    def check_flat(self, run):
        if run.get('terms'):
            self.fail('`flat` has no terms', run['first'])
        at, constant, layer = self.channels(run), run['constant'], self.layer
        if layer.affine and self.side == 0:  # a fact of a named tensor
            argument = self.writer.by_layer(self.side, self.tensor).picked(at)
        elif layer.kind in (*BENDS, 'maxpool'):
            argument = self.argument(run)
        else:
            self.fail('it is never flat', run['first'])
        good = self.is_number(argument, at, constant)
        if not good.all() and layer.kind in BENDS:
            good |= self.pair.holds(argument, lambda low, high: self.on_flat_piece(at, low, high, constant))
        self.demand(good, run, 'it is not that number')

    def on_flat_piece(self, at, low, high, constant):
        data = self.layer.data
        if self.layer.kind == 'slope':
            return (high <= 0) & (data['slope'][at] == 0) & (constant == 0)
        below, above = data['low'][at], data['high'][at]
        return ((high <= below) & (constant == below)) | ((low >= above) & (constant == above))

    def is_number(self, argument, at, constant):
        """No symbol in it, and the layer makes the constant of the numbers at every pixel."""
        bare = Row(argument.channels, argument.extent)
        symbols = Row(argument.channels, argument.extent)
        symbols.columns, symbols.terms = argument.columns, argument.terms
        good = ~differing(symbols, bare, self.ulps) & ~argument.bad
        keys = tuple(argument.numbers)
        values, sizes = sums_of_numbers(argument, keys, pixel_sets(argument.extent, keys))
        steep = np.maximum(1, np.abs(self.layer.data['slope'][at])) if self.layer.kind == 'slope' else 1.0
        error = rounding(argument.terms)[:, None] * sizes * np.reshape(steep, (-1, 1))
        gap = np.abs(value_at(self.layer, at, values) - constant) + error
        return good & (gap <= self.ulps * ulp(np.maximum(sizes, abs(constant)))).all(1)


def slope_of(layer, at):
    """Of a piecewise linear layer as a slope below zero; NaN where it is none."""
    if layer.kind == 'slope':
        return layer.data['slope'][at].astype(float)
    low, high = layer.data['low'][at], layer.data['high'][at]
    none = np.where((low == -np.inf) & (high == np.inf), 1.0, np.nan)
    return np.where((low == 0) & (high == np.inf), 0.0, none)


def bounds_of(layer, at):
    """The same as a clip; NaN where it is none."""
    if layer.kind == 'clip':
        return layer.data['low'][at].astype(float), layer.data['high'][at].astype(float)
    slope = layer.data['slope'][at] if layer.kind == 'slope' else np.full(len(at), np.nan)
    low = np.where(slope == 0, 0.0, np.where(slope == 1, -np.inf, np.nan))
    return low, np.where(np.isnan(low), np.nan, np.inf)


def covering(runs, channels, name):
    """Runs that are all channels, in order."""
    at = 0
    for run in runs:
        if run['first'] != at:
            raise Rejected(f'the channels of {name} are not covered in order')
        at += run['count']
    if at != channels:
        raise Rejected(f'{name} has {channels} channels, of which {at} are covered')


def check(original, converted, said):
    pair = Pair(original, converted, said)
    shapes = [[m.shapes[t] for t in m.inputs] for m in pair.models]
    if shapes[0] != shapes[1]:
        raise Rejected('the inputs have other shapes')
    for fact in said['facts']:
        tensor = pair.tensor(0, fact['tensor'])
        if tensor in original.inputs or not pair.is_symbol(tensor):
            raise Rejected(f'a fact about {fact["tensor"]}, which is no symbol')
        for run in fact['runs']:
            channels = range(run['first'], run['first'] + run['count'])
            if channels.stop > original.shapes[tensor][0] or tensor in pair.facts and set(channels) & set(pair.facts[tensor]):
                raise Rejected(f'the facts about {fact["tensor"]} do not fit')
            pair.facts.setdefault(tensor, {}).update((c, run['constant']) for c in channels)
    for fact in said['facts']:
        step = Step(pair, 0, pair.tensor(0, fact['tensor']))
        for run in fact['runs']:
            step.check_flat(run)
    for made in said['steps']:
        tensor = pair.tensor(1, made['tensor'])
        if tensor in converted.inputs or tensor in pair.claims:
            raise Rejected(f'{made["tensor"]} cannot have this step')
        covering(made['runs'], converted.shapes[tensor][0], made['tensor'])
        step = Step(pair, 1, tensor, pair.opened(made['open']))
        for run in made['runs']:
            step.check(run)
        pair.claims[tensor] = made['runs']
    compare_outputs(pair, said['outputs'])


def compare_outputs(pair, opens):
    original, converted = pair.models
    if not len(opens) == len(original.outputs) == len(converted.outputs):
        raise Rejected('the outputs are not as many')
    for i, names in enumerate(opens):
        writer = Writer(pair, pair.opened(names))
        tensors = original.outputs[i], converted.outputs[i]
        if original.shapes[tensors[0]] != converted.shapes[tensors[1]] or original.layouts[i] != converted.layouts[i]:
            raise Rejected(f'output {i} has another shape')
        rows = writer.original(tensors[0]), writer.converted(tensors[1])
        wrong = differing(*rows, pair.said['maxUlps'])
        if wrong.any():
            raise Rejected(f'output {i}, channel {int(np.argmax(wrong))} is not the same {rows[0].why or rows[1].why}'.rstrip())


def as_printed(number):
    """As JavaScript prints it."""
    text = np.format_float_positional(number, trim='-')
    return text if number == 0 or abs(number) >= 1e-6 else re.sub(r'\.?0*e-0?', 'e-', f'{number!r}'.replace('e-0', 'e-'))


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    digests, models, at = [], [], arguments[0]
    try:
        said = read_certificate(at)
        graphs = []
        for at in arguments[1:]:
            graph, contents = read_graph(at)
            graphs.append(graph)
            digests.append(hashlib.sha256(b''.join(contents)).hexdigest())
        for which, digest, stated in zip(('original', 'converted model'), digests, said['models']):
            if digest != stated:
                raise Rejected(f'it is about another {which}, of SHA-256 {stated}')
        models = [Model(graph) for graph in graphs]
        check(*models, said)
    except (Rejected, NotUnderstood) as reason:
        print(f'not accepted: {reason}')
        return 2
    except (Unreadable, OSError) as reason:
        print(f'check.py: {at}: {reason}', file=sys.stderr)
        return 65
    inputs = 'every finite input'
    if said['inputRange'] is not None:
        inputs = f'inputs in [{", ".join(as_printed(n) for n in said["inputRange"])}]'
    bound = as_printed(ceil(said['maxUlps'] * 1000) / 1000)
    print(f'accepted: {arguments[2]} computes the function of {arguments[1]} for {inputs}, '
          f'every coefficient within {bound} units in the last place')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
