"""Rows: what the channels of a tensor are, as sums of symbols and numbers read at places.

A place is ((stride, offset), (stride, offset)) along rows and columns, or 'mean'. All rows of a tensor are one object:
for each symbol tensor and place a matrix with a row for each channel and a column for each channel of the symbol.
"""
from functools import lru_cache

import numpy as np

HERE = ((1, 0), (1, 0))


class Rejected(Exception):
    """The certificate is not accepted, and why."""


class Row:
    def __init__(self, channels, extent):
        self.channels, self.extent = channels, extent
        self.columns = {}  # (symbol, place) -> [coefficients, magnitudes], channels x width of the symbol
        self.numbers = {}  # (extent of the domain, place) -> [sums, magnitudes], one for each channel
        self.terms = np.zeros(channels)
        self.bad = np.zeros(channels, bool)  # rows that cannot be written, and one reason
        self.why = ''

    def spoil(self, at, why):
        self.bad[at] = True
        self.why = why

    def into(self, table, key, width):
        shape = (self.channels,) if width is None else (self.channels, width)
        if key not in table:
            if len(table) > 4096:
                raise Rejected('it would take too much')
            table[key] = [np.zeros(shape), np.zeros(shape)]
        return table[key]

    def add(self, other, weight=None, at=slice(None)):
        """Adds weight x other, a matrix of channels x channels of the other, to the channels `at`."""
        for key, (values, sizes) in other.columns.items():
            values, sizes = combined(weight, values, sizes)
            mine = self.into(self.columns, key, values.shape[1])
            mine[0][at] += values
            mine[1][at] += sizes
        for key, (values, sizes) in other.numbers.items():
            mine = self.into(self.numbers, key, None)
            mine[0][at] += values if weight is None else weight @ values
            mine[1][at] += sizes if weight is None else np.abs(weight) @ sizes
        self.terms[at] += other.terms if weight is None else (weight != 0) @ other.terms
        if other.bad.any():
            self.bad[at] |= other.bad if weight is None else (weight != 0) @ other.bad
            self.why = other.why

    def constant(self, values, at=slice(None)):
        self.number(values, (self.extent, HERE), at)

    def number(self, values, key, at=slice(None)):
        mine = self.into(self.numbers, key, None)
        mine[0][at] += values
        mine[1][at] += np.abs(values)
        self.terms[at] += 1

    def picked(self, channels, factor=1.0):
        """The rows of some channels, in that order, times a number or one number for each."""
        some = Row(len(channels), self.extent)
        size = np.abs(factor)
        for key, (values, sizes) in self.columns.items():
            some.columns[key] = [(values[channels].T * factor).T, (sizes[channels].T * size).T]
        for key, (values, sizes) in self.numbers.items():
            some.numbers[key] = [values[channels] * factor, sizes[channels] * size]
        some.terms, some.bad, some.why = self.terms[channels], self.bad[channels], self.why
        return some


def combined(weight, values, sizes):
    """weight @ values and |weight| @ sizes; cheaper where each row of values is one number, as symbols are."""
    if weight is None:
        return values, sizes
    rows, columns = np.nonzero(sizes)
    if len(np.unique(rows)) == len(rows) and len(np.unique(columns)) == len(columns):
        out = np.zeros((2, len(weight), values.shape[1]))
        out[0][:, columns] = weight[:, rows] * values[rows, columns]
        out[1][:, columns] = np.abs(weight[:, rows]) * sizes[rows, columns]
        return out[0], out[1]
    return weight @ values, np.abs(weight) @ sizes


# Places.

def seen(count, stride, offset, extent):
    """Of the pixels 0 ... count - 1, whether any and whether all are read inside 0 ... extent - 1."""
    if stride == 0:
        inside = 0 <= offset < extent
        return inside, inside
    first = max(0, -(offset // stride))
    some = first < count and first * stride + offset < extent
    return some, offset >= 0 and (count - 1) * stride + offset < extent


def composed(out_extent, steps, extent, place, inner_extent):
    """The place of what is read at `place` of what is read at `steps`.

    None where it is outside for every pixel; a text where it cannot be said.
    """
    out = []
    for axis in (0, 1):
        stride, offset = steps[axis]
        some, every = seen(out_extent[axis], stride, offset, extent[axis])
        if not some:
            return None
        if place == 'mean':
            if not every:
                return 'a mean is read outside its tensor'
            continue
        s, d = place[axis]
        if not every and not (d < s and extent[axis] * s + d >= inner_extent[axis]):
            return 'a border is read where it may not be zero'
        out.append((stride * s, offset * s + d))
        if not seen(out_extent[axis], *out[-1], inner_extent[axis])[0]:
            return None
    return place if place == 'mean' else tuple(out)


def read(row, out_extent, steps, extents):
    """The rows read at pixel p * stride + offset. `extents` tells a symbol's rows and columns."""
    if steps == HERE and out_extent == row.extent:
        return row
    out = copied(row, out_extent)
    for table, target, inner in ((row.columns, out.columns, lambda s: extents[s]),
                                 (row.numbers, out.numbers, lambda domain: domain)):
        for (what, place), (values, sizes) in table.items():
            new = composed(out_extent, steps, row.extent, place, inner(what))
            if isinstance(new, str) and new != 'mean':
                out.spoil(sizes.reshape(row.channels, -1).any(1), new)
            elif new is not None:
                width = None if values.ndim == 1 else values.shape[1]
                mine = out.into(target, (what, new), width)
                mine[0] += values
                mine[1] += sizes
    return out


def copied(row, extent):
    """Empty, but with what is known of each row."""
    out = Row(row.channels, extent)
    out.terms, out.bad, out.why = row.terms.copy(), row.bad.copy(), row.why
    return out


def averaged(row, extents):
    """The mean over the domain."""
    out = copied(row, (1, 1))
    for (symbol, place), parts in row.columns.items():
        whole = place != 'mean' and canonical(place, row.extent) == canonical(HERE, row.extent)
        if place != 'mean' and not (whole and extents[symbol] == row.extent):
            out.spoil(parts[1].any(1), 'a mean of what is not pointwise')
            continue
        new = HERE if row.extent == (1, 1) and place != 'mean' else 'mean'
        mine = out.into(out.columns, (symbol, new), parts[0].shape[1])
        mine[0] += parts[0]
        mine[1] += parts[1]
    for key, parts in row.numbers.items():
        if not mask(row.extent, *key).all():
            out.spoil(parts[1] != 0, 'a mean of a constant that is zero at some pixels')
            continue
        mine = out.into(out.numbers, ((1, 1), HERE), None)
        mine[0] += parts[0]
        mine[1] += parts[1]
    return out


def canonical(place, extent):
    """Where there is one pixel, any stride says the same."""
    if place == 'mean':
        return place
    return tuple((0 if n == 1 else s, d) for (s, d), n in zip(place, extent))


@lru_cache(maxsize=4096)
def mask(extent, domain, place):
    """At which pixels a number is inside its domain."""
    inside = []
    for axis in (0, 1):
        s, d = place[axis]
        at = np.arange(extent[axis]) * s + d
        inside.append((at >= 0) & (at < domain[axis]))
    return np.logical_and.outer(*inside)


@lru_cache(maxsize=256)
def pixel_sets(extent, keys):
    """The sets of pixels that see the same numbers: sets x keys, 1 where the number is seen."""
    masks = [mask(extent, *key) for key in keys]
    if not masks or all(m.all() for m in masks):
        return np.ones((1, len(keys)))
    return np.unique(np.stack([m.ravel() for m in masks], 1), axis=0).astype(float)


# Comparison.

def ulp(size):
    return np.ldexp(1.0, np.maximum(np.frexp(size)[1] - 24, -149)) * (size > 0) + 2.0**-149 * (size == 0)


def rounding(terms):
    return (terms + 128) * 2.0**-53


def differing(a, b, max_ulps):
    """Which channels have a column that differs by more than max_ulps."""
    wrong = a.bad | b.bad
    error = rounding(a.terms + b.terms)
    merged = [{}, {}]
    for table, row in zip(merged, (a, b)):
        for (symbol, place), parts in row.columns.items():
            key = symbol, canonical(place, row.extent)
            table[key] = [x + y for x, y in zip(table[key], parts)] if key in table else parts
    zero = (0.0, 0.0)
    for key in {**merged[0], **merged[1]}:
        (va, sa), (vb, sb) = merged[0].get(key, zero), merged[1].get(key, zero)
        gap = np.abs(va - vb) + error[:, None] * (sa + sb)
        wrong |= (gap > max_ulps * ulp(np.maximum(sa, sb))).any(1)
    keys = tuple(dict.fromkeys([*a.numbers, *b.numbers]))
    if keys:
        sets = pixel_sets(a.extent, keys)
        (va, sa), (vb, sb) = [sums_of_numbers(row, keys, sets) for row in (a, b)]
        gap = np.abs(va - vb) + error[:, None] * (sa + sb)
        wrong |= (gap > max_ulps * ulp(np.maximum(sa, sb))).any(1)
    return wrong


def sums_of_numbers(row, keys, sets):
    """Channels x sets of pixels: the sum of the numbers that are seen, and of their magnitudes."""
    if not keys:
        return np.zeros((2, row.channels, 1))
    none = np.zeros((2, row.channels))
    parts = [row.numbers.get(key, none) for key in keys]
    return [np.stack([p[i] for p in parts], 1) @ sets.T for i in (0, 1)]


# Ranges.

def interval(row, range_of, extents):
    """Bounds of the values that each row can have, rounded outward; `range_of` gives those of a symbol's channels."""
    low, high, size = (np.zeros(row.channels) for _ in range(3))
    error = rounding(row.terms)
    for (symbol, place), (values, sizes) in row.columns.items():
        bounds = np.stack(range_of(symbol))
        outside = place != 'mean' and not all(
            seen(n, *axis, m)[1] for n, axis, m in zip(row.extent, place, extents[symbol]))
        if outside:
            bounds = np.stack([np.minimum(bounds[0], 0), np.maximum(bounds[1], 0)])
        finite = np.where(np.isfinite(bounds), bounds, 0)
        endless = ~np.isfinite(bounds)
        doubt = error[:, None] * sizes
        up, down = np.maximum(values, 0), np.minimum(values, 0)
        low += up @ finite[0] + down @ finite[1]
        high += up @ finite[1] + down @ finite[0]
        size += 2 * doubt @ np.abs(finite).max(0)
        rising, falling = (values + doubt > 0) & (sizes > 0), (values - doubt < 0) & (sizes > 0)
        low[(rising @ endless[0]) | (falling @ endless[1])] = -np.inf
        high[(rising @ endless[1]) | (falling @ endless[0])] = np.inf
    for key, (values, sizes) in row.numbers.items():
        every = mask(row.extent, *key).all()
        low += values if every else np.minimum(values, 0)
        high += values if every else np.maximum(values, 0)
        size += 2 * error * sizes
    size *= 1.001
    return np.where(row.bad, -np.inf, low - size), np.where(row.bad, np.inf, high + size)
