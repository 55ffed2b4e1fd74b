"""Tensors written in symbols, and the values that symbols can have."""
import numpy as np

from rows import ALL, HERE, Rejected, Rows, Symbol, identity, interval, read


class Pair:
    """Both models, and what has been checked of them so far."""

    def __init__(self, original, converted, said):
        self.models, self.said = (original, converted), said
        self.facts, self.claims = {}, {}  # rows of tensors of the original, runs of the converted model's
        self.depths, self.ranges = {}, {}
        self.relus = {layer.inputs[0]: tensor for tensor, layer in original.maker.items() if layer.data.get('relu')}
        self.named = {self.tensor(0, name) for name in said['named']}
        makers = [self.models[0].maker.get(tensor) for tensor in self.named]
        if any(layer is None or layer.parts is None for layer in makers):
            raise Rejected('a symbol is named')

    def tensor(self, side, name):
        if name not in self.models[side].by_name:
            raise Rejected(f'no tensor, or more than one, is called {name}')
        return self.models[side].by_name[name]

    def opened(self, names):
        tensors = frozenset(self.tensor(0, name) for name in names)
        if not tensors <= self.named:
            raise Rejected('what has no name cannot be open')
        return tensors

    def is_symbol(self, tensor, opened=()):
        """Of the original."""
        layer = self.models[0].maker.get(tensor)
        return tensor not in opened and (layer is None or layer.parts is None or tensor in self.named)

    def symbol(self, side, tensor, half=False):
        channels, *extent = self.models[side].shapes[tensor]
        return Symbol(side, tensor, half, channels, tuple(extent))

    # What is claimed, in symbols alone.

    def known(self, tensor):
        """A symbol of the original, with what facts say of it."""
        return self.facts[tensor] if tensor in self.facts else identity(self.symbol(0, tensor))

    def half(self, tensor):
        """The ReLU of a tensor of the original: of numbers, numbers."""
        relu = self.relus.get(tensor)
        rows = identity(self.symbol(0, tensor, True)) if relu is None else self.known(relu)
        if tensor not in self.facts:
            return rows
        fact = self.facts[tensor].columns.items()
        symbolic = np.any([np.zeros(rows.channels), *(p[1].any(1) for (s, _), p in fact if s.tensor >= 0)], 0)
        values = sum(parts[0, :, 0] for (symbol, _), parts in fact if symbol.tensor < 0) + np.zeros(rows.channels)
        known = Rows(rows.channels, rows.extent).add(rows.picked(np.nonzero(symbolic)[0]), at=symbolic)
        known.number(np.maximum(values[~symbolic], 0), at=~symbolic)
        return known

    def claimed(self, side, tensor, runs, extent=None):
        """The rows that runs claim, from the first run's first channel on."""
        first, count = runs[0]['first'], sum(run['count'] for run in runs)
        rows = Rows(count, extent or self.models[side].shapes[tensor][1:])
        for run in runs:
            at = np.arange(run['first'], run['first'] + run['count'])
            terms = [self.term(rows.extent, run['count'], term) for term in run['terms']]
            if run['rule'] == 'any':
                rows.add(identity(self.symbol(side, tensor)), (at, 1.0), at - first)
                continue
            for term in terms:
                rows.add(*term, at - first)
            if np.any(run['constant']):
                rows.number(run['constant'], at=at - first)
        return rows

    def term(self, extent, count, term, whole=None):
        """Rows, and which of them times what; without `whole`, a term is a half or of a symbol."""
        tensor, channels = self.tensor(0, term['tensor']), term['channel'] + np.arange(count)
        shape = self.models[0].shapes[tensor]
        if channels[-1] >= shape[0] or any(not (n - 1) * s < m <= n * s
                                           for n, s, m in zip(extent, term['stride'], shape[1:])):
            raise Rejected(f'{term["tensor"]} does not fit')
        if whole is None and not term['half'] and not self.is_symbol(tensor):
            raise Rejected(f'{term["tensor"]} is no symbol')
        whole = whole or (self.half(tensor) if term['half'] else self.known(tensor))
        return read(whole, extent, tuple((s, 0) for s in term['stride'])), (channels, term['scale'])

    def claim(self, side, tensor, runs):
        rows = self.claimed(side, tensor, runs)
        if (rows.terms > 17).any():
            raise Rejected(f'too much is claimed of {self.models[side].names[tensor]}')
        if side == 1:
            self.claims[tensor] = runs
            return
        used = {(self.tensor(0, term['tensor']), term['half']) for run in runs for term in run['terms']}
        self.depths[tensor] = 1 + max([self.depths.get(self.relus.get(t) if half else t, 0) for t, half in used], default=0)
        if self.depths[tensor] > 16:
            raise Rejected(f'more than sixteen facts on top of one another say what {self.models[0].names[tensor]} is')
        self.facts[tensor] = rows
        self.ranges.clear()

    # Ranges: first of the symbols alone, then from the input on.

    def range_of(self, symbol, deep):
        if (symbol, deep) not in self.ranges:
            self.ranges[symbol, deep] = np.full((2, symbol.channels), np.inf) * [[-1], [1]]  # while it is found
            self.ranges[symbol, deep] = self.bounds(symbol, deep)
        return self.ranges[symbol, deep]

    def bounds(self, symbol, deep):
        side, tensor, half, *_ = symbol
        none = self.ranges[symbol, deep]
        if side == 1:
            return none
        if half:
            return np.maximum(self.range_of_tensor(tensor, True) if deep else none, 0)
        layer = self.models[0].maker.get(tensor)
        if layer is None:
            asked = self.said['inputRange']
            return none if asked is None else np.full(none.shape, np.reshape(asked, (2, 1)))
        if layer.parts is not None:
            return self.range_of_rows(Writer(self).by_layer(0, tensor), True) if deep else none
        if layer.kind in ('smooth', 'multiply'):
            return none
        if deep or layer.kind != 'bend':
            none = self.range_of_tensor(layer.inputs[0], deep)
        return made_of(layer, *none)

    def range_of_tensor(self, tensor, deep):
        """Of the original: what its row can be, and within that what a symbol as it is can be, unrounded."""
        low, high = self.range_of_rows(Writer(self).row(0, tensor), deep)
        if self.is_symbol(tensor):
            least, most = self.range_of(self.symbol(0, tensor), deep)
            low, high = np.maximum(low, least), np.minimum(high, most)
        return low, high

    def range_of_rows(self, rows, deep):
        return interval(rows, lambda symbol: self.range_of(symbol, deep))

    def holds(self, rows, test):
        """Whether test(low, high) is true of each row, with the ranges that it takes."""
        found = test(*self.range_of_rows(rows, False))
        return found if found.all() else found | test(*self.range_of_rows(rows, True))


def value_at(layer, x, at=ALL):
    """What a layer that bends makes of numbers, one for each of the channels."""
    data = layer.data
    return np.clip(np.where(x >= 0, x, data['slope'][at] * x), data['low'][at], data['high'][at])


def made_of(layer, low, high):
    """Of each channel's interval."""
    if layer.kind != 'bend':
        return low, high
    ends = [value_at(layer, v) for v in (low, high)]
    across = np.where((low < 0) & (high > 0), value_at(layer, 0.0), ends[0])
    least, most = np.minimum(np.minimum(*ends), across), np.maximum(np.maximum(*ends), across)
    slope = layer.data['slope']
    rounded = [(slope != 1) & (low < 0) & ((side * slope > 0) | (high < 0)) for side in (1, -1)]
    return (np.where(rounded[0], np.nextafter(least, -np.inf), least),
            np.where(rounded[1], np.nextafter(most, np.inf), most))


class Writer:
    """Rows in symbols, while some named tensors are open, after so many facts."""

    def __init__(self, pair, opened=frozenset()):
        self.pair, self.opened, self.depth, self.rows = pair, opened, 0, {}

    def row(self, side, tensor):
        if (side, tensor) not in self.rows:
            self.rows[side, tensor] = self.written(side, tensor)
        return self.rows[side, tensor]

    def written(self, side, tensor):
        model, pair = self.pair.models[side], self.pair
        if side == 1 and tensor in model.inputs:
            return self.row(0, pair.models[0].inputs[model.inputs.index(tensor)])
        if side == 1 and tensor in pair.claims:
            return self.claimed(1, tensor, pair.claims[tensor])
        if side == 0 and pair.is_symbol(tensor, self.opened):
            return self.opening(pair.known(tensor))
        return self.by_layer(side, tensor)

    def claimed(self, *claim):
        return self.opening(self.pair.claimed(*claim))

    def opening(self, rows):
        """The rows, with open tensors written by their layers."""
        if not any(not s.half and s.side == 0 and s.tensor in self.opened for s, _ in rows.columns):
            return rows
        out = Rows(rows.channels, rows.extent)
        for (symbol, place), parts in rows.columns.items():
            if symbol.side == 0 and not symbol.half and symbol.tensor in self.opened:
                out.add(read(self.row(0, symbol.tensor), rows.extent, place), parts[0])
            else:
                out.at(symbol, place)[:] += parts
        out.terms += rows.terms
        return out

    def by_layer(self, side, tensor):
        model = self.pair.models[side]
        layer, (channels, *extent) = model.maker.get(tensor), model.shapes[tensor]
        rows = Rows(channels, tuple(extent))
        if layer is None or layer.parts is None:
            rows.spoil(ALL, f'nothing is said of {model.names[tensor]}')
            return rows
        self.depth += 1
        if self.depth > 16:
            raise Rejected(f'{model.names[tensor]} is written more than sixteen layers deep')
        for i, steps, weight, at in layer.parts():
            before = model.maker.get(layer.inputs[i])
            if isinstance(weight, np.ndarray) and before is not None and before.kind == 'flatten':
                # Features of an image: the rows of flattening would be long and empty.
                argument = self.row(side, before.inputs[0])
                for _, pixel, (picked, _), features in before.parts():
                    short = np.zeros((channels, argument.channels))
                    short[:, picked] = weight[:, features]
                    rows.add(read(argument, (1, 1), pixel), short)
            else:
                rows.add(read(self.row(side, layer.inputs[i]), rows.extent, steps), weight, at)
        for number in layer.numbers:
            rows.number(*number)
        self.depth -= 1
        return rows
