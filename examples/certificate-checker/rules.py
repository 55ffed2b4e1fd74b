"""The rules: what has to be checked before a run of a step is believed."""
import numpy as np

from rows import Rejected, Rows, differing, ulp
from writer import Writer, value_at


def near(a, b, max_ulps):
    with np.errstate(invalid='ignore'):
        size = np.maximum(np.abs(a), np.abs(b))
        return (a == b) | (np.isfinite(size) & (np.abs(a - b) <= max_ulps * ulp(np.where(np.isfinite(size), size, 1))))


class Step:
    def __init__(self, pair, side, tensor, opened):
        self.pair, self.model, self.side, self.tensor = pair, pair.models[side], side, tensor
        self.layer, self.shape = self.model.maker[tensor], self.model.shapes[tensor]
        self.kind = self.layer.kind if self.layer.parts is None else 'affine'
        self.ulps, self.writer = pair.said['maxUlps'], Writer(pair, opened)

    def checked(self, runs):
        """The runs as they are to be read."""
        for run in runs:
            self.demand(len(run['terms']) <= 16, run, 'it has more than 16 terms')
        return [getattr(self, 'check_' + run['rule'])(run) or run for run in runs]

    def demand(self, good, run, reason):
        good = np.broadcast_to(good, run['count'])
        if not good.all():
            raise Rejected(f'{self.model.names[self.tensor]}, channel {run["first"] + int(np.argmin(good))}: {reason}')

    @staticmethod
    def channels(run):
        return np.arange(run['first'], run['first'] + run['count'])

    def argument(self, run, i=0):
        rows = self.writer.row(self.side, self.layer.inputs[i])
        return rows.picked(self.channels(run) if rows.channels > 1 else np.zeros(run['count'], int))

    def expected(self, run, extent=None):
        return self.writer.claimed(self.side, self.tensor, [run], extent)

    def equal(self, a, b, run):
        self.demand(a.extent == b.extent, run, 'the extents are not the same')
        self.demand(~differing(a, b, self.ulps), run, a.why or b.why or 'is not what is claimed')

    def check_any(self, run):
        pass

    def check_is(self, run):
        self.demand(self.kind in ('affine', 'bend'), run, 'only piecewise linear layers can do nothing')
        claimed, at, data = self.expected(run), self.channels(run), self.layer.data
        if self.kind == 'affine':
            if 'own' not in self.writer.rows:
                self.writer.rows['own'] = self.writer.by_layer(self.side, self.tensor)
            return self.equal(self.writer.rows['own'].picked(at), claimed, run)
        self.equal(self.argument(run), claimed, run)

        def harmless(low, high):
            return (low >= data['low'][at]) & (high <= data['high'][at]) & ((low >= 0) | (data['slope'][at] == 1))
        good = self.pair.holds(claimed, harmless)
        if not good.all():
            good |= harmless(self.least(run), np.full(len(at), np.inf))
        if len(run['terms']) == 1 and run['terms'][0]['scale'] == 1 and not run['constant']:
            # A symbol as it is has its own range: nothing is worked out, and nothing rounded.
            tensor, half = self.pair.tensor(0, run['terms'][0]['tensor']), run['terms'][0]['half']
            for deep in (False, True):
                ends = np.stack(self.pair.range_of(self.pair.symbol(0, tensor, half), deep))
                good |= harmless(*ends[:, run['terms'][0]['channel'] + np.arange(run['count'])])
        self.demand(good, run, 'the layer may do something to it')

    def least(self, run):
        """A lower bound of a claim: a * relu(t) - a * t, which is not negative, taken out of it."""
        terms = list(run['terms'])
        for half in [t for t in terms if t['half'] and t['scale'] > 0]:
            other = {**half, 'half': False, 'scale': -half['scale']}
            if other in terms and half in terms:
                terms.remove(other)
                terms.remove(half)
        rest = self.expected({**run, 'terms': terms})
        return np.maximum(*[self.pair.range_of_rows(rest, deep)[0] for deep in (False, True)])

    def origin(self, run):
        """For `same` and `bound`: the layer of the original that makes the one term, its channels and the scale."""
        self.demand(len(run['terms']) == 1, run, 'there is not one term')
        term, original = run['terms'][0], self.pair.models[0]
        tensor, at = self.pair.tensor(0, term['tensor']), term['channel'] + np.arange(run['count'])
        layer, (channels, *extent) = original.maker.get(tensor), original.shapes[tensor]
        good = not term['half'] and term['stride'] == (1, 1) and layer is not None and layer.kind == self.kind
        self.demand(good, run, f'{term["tensor"]} is not made by such a layer')
        self.demand(tuple(extent) == self.shape[1:] and at[-1] < channels, run, f'{term["tensor"]} has no such channels')
        return layer, at, term['scale']

    def check_same(self, run):
        layer, at, scale = self.origin(run)
        mine, kind = self.layer, self.kind
        self.demand(not run['constant'] and kind != 'affine', run, 'it is not the same function')
        if kind == 'bend':
            self.demand(self.same_bend(layer, at, scale, run), run, 'it is not the same function')
        else:
            self.demand(mine.data == layer.data, run, 'it is not the same function')
        if kind in ('bend', 'maxpool'):
            self.demand(scale > 0, run, 'its scale is not positive')
        if kind == 'smooth':
            whole = self.shape[0] == self.pair.models[0].shapes[layer.output][0] == run['count'] and at[0] == 0
            good = scale == 1 and (whole or mine.data['function'][0] != 'Softmax')
            self.demand(good, run, 'its scale is not 1, or these are not all channels of softmax')
        for i, tensor in enumerate(layer.inputs):
            theirs = self.writer.row(0, tensor)
            picked = at if theirs.channels > 1 else np.zeros(len(at), int)
            self.equal(self.argument(run, i), theirs.picked(picked, 1.0 if i else scale), run)

    def same_bend(self, layer, at, scale, run):
        """Whether for each channel the function is a * f(x / a) for all values that the argument has."""
        mine, theirs = [{name: layer.data[name][at] for name in ('slope', 'low', 'high')}
                        for layer, at in ((self.layer, self.channels(run)), (layer, at))]
        slopes = near(mine['slope'], theirs['slope'], self.ulps)
        lows, highs = [(mine[name], theirs[name] * scale) for name in ('low', 'high')]
        same_low, same_high = near(*lows, self.ulps), near(*highs, self.ulps)
        if (slopes & same_low & same_high).all():
            return slopes

        def reached(least, most):
            return (same_low | (np.maximum(*lows) <= least)) & (same_high | (np.minimum(*highs) >= most))
        return slopes & self.pair.holds(self.argument(run), reached)

    def check_half(self, run):
        halves = [t for t in run['terms'] if t['half']]
        rest = [t for t in run['terms'] if not t['half']]
        self.demand(len(halves) == 1 and halves[0]['scale'] > 0 and not run['constant'], run, '`half` has other terms')
        whole = {**halves[0], 'half': False, 'scale': halves[0]['scale'] * (-1 if rest else 1)}
        self.demand(rest in ([], [whole]), run, '`half` has other terms')
        at, data = self.channels(run), self.layer.data
        self.demand(self.kind == 'bend' and (data['low'][at] == 0), run, 'the layer is no ReLU')
        rows = self.writer.row(0, self.pair.tensor(0, whole['tensor']))
        rows, picked = self.pair.term(self.shape[1:], run['count'], whole, rows)
        inner = rows.picked(*picked)
        self.equal(self.argument(run), inner, run)
        if (data['high'][at] < np.inf).any():
            self.demand(self.pair.holds(inner, lambda _, most: most <= data['high'][at]), run, 'its bound is reached')

    def check_bound(self, run):
        layer, at, scale = self.origin(run)
        self.demand(self.kind == 'bend', run, 'it is no clip')
        low, high, most = self.layer.data['low'], self.layer.data['high'], layer.data['high'][at]
        low, high = low[self.channels(run)], high[self.channels(run)]
        self.demand((layer.data['low'][at] == 0) & (most > 0) & (most < np.inf), run, 'the original has no clip from 0')
        if scale > 0:
            good = (low <= 0) & near(high, scale * most, self.ulps) & (run['constant'] == 0)
        else:
            good = (low == 0) & (high == np.inf) & (np.float32(scale) == scale) & (run['constant'] == -scale * most)
        self.demand(good, run, 'the bounds are others')
        half = {'tensor': self.pair.models[0].names[layer.inputs[0]], 'channel': int(at[0]), 'half': True,
                'scale': scale, 'stride': (1, 1)}
        self.equal(self.argument(run), self.expected({**run, 'terms': [half]}), run)

    def check_flat(self, run):
        self.demand(self.kind in ('bend', 'maxpool'), run, 'the layer is never flat')
        argument, at = self.argument(run), self.channels(run)
        said = self.expected(run, argument.extent)
        self.equal(argument, said, run)
        value = np.full(len(at), run['constant'])
        if self.kind == 'bend' and not run['terms']:
            value = value_at(self.layer, value, at)
        elif run['terms']:
            self.demand(self.kind == 'bend', run, 'it is not one number')
            low, high = self.layer.data['low'][at], self.layer.data['high'][at]
            below = self.pair.holds(said, lambda least, most: most <= low)
            above = self.pair.holds(said, lambda least, most: least >= high)
            self.demand(below | above, run, 'it is not one number')
            value = np.where(below, low, high)
        return {**run, 'terms': [], 'constant': value}

    def check_dead(self, run):
        at, data = self.channels(run), self.layer.data
        self.demand(not run['terms'] and self.kind in ('bend', 'multiply'), run, 'it is never dead')
        if self.kind == 'multiply':
            factors = [self.argument(run, i) for i in (0, 1)]
            zero = [~differing(rows, Rows(run['count'], rows.extent), self.ulps) for rows in factors]
            return self.demand((zero[0] | zero[1]) & (run['constant'] == 0), run, 'no factor is zero')
        argument = self.argument(run)
        low, high = [(data[name][at], run['constant'] == data[name][at]) for name in ('low', 'high')]
        good = self.pair.holds(argument, lambda least, most: (most <= low[0]) & low[1] | (least >= high[0]) & high[1])
        self.demand(good, run, 'it is not that number')
