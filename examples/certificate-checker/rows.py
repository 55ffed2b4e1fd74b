"""Rows: what the channels of a tensor are, as sums of symbols read at places.

All rows of a tensor are one object, of matrices: a row for each channel, a column for each channel of a symbol's
tensor. A place is ((stride, offset), (stride, offset)) along rows and columns, or 'mean'. A number is a coefficient
of the symbol that is 1 in its domain and 0 outside.
"""
from functools import lru_cache
from typing import NamedTuple

import numpy as np

HERE = ((1, 0), (1, 0))
ALL = slice(None)


class Rejected(Exception):
    """The certificate is not accepted, and why."""


class Symbol(NamedTuple):
    """All channels of a tensor, or their halves; or one."""
    side: int
    tensor: int
    half: bool
    channels: int
    extent: tuple


def one(extent):
    return Symbol(-1, -1, False, 1, extent)


class Rows:
    def __init__(self, channels, extent):
        self.channels, self.extent = channels, extent
        self.columns = {}  # (symbol, place) -> coefficients and sums of magnitudes
        self.terms = np.zeros(channels)
        self.bad = np.zeros(channels, bool)  # rows that cannot be written, and one reason
        self.why = ''

    def spoil(self, at, why):
        self.bad[at] = True
        self.why = why

    def at(self, symbol, place):
        if (symbol, place) not in self.columns:
            if len(self.columns) > 4096 or self.channels * symbol.channels > 2**25:
                raise Rejected('it would take too much')
            self.columns[symbol, place] = np.zeros((2, self.channels, symbol.channels))
        return self.columns[symbol, place]

    def number(self, values, domain=None, place=HERE, at=ALL):
        mine = self.at(one(domain or self.extent), place)
        mine[0, at, 0] += values
        mine[1, at, 0] += np.abs(values)
        self.terms[at] += 1

    def add(self, other, weight=(ALL, 1.0), at=ALL):
        """To the channels `at` a matrix times the other's rows, or some of its channels times one number each."""
        used = times(weight, other.bad, lambda w: w != 0) > 0
        if used.any():
            self.bad[at] |= used
            self.why = other.why
        for key, (values, sizes) in other.columns.items():
            mine = self.at(*key)
            mine[0, at] += times(weight, values)
            mine[1, at] += times(weight, sizes, np.abs)
        self.terms[at] += times(weight, other.terms, lambda w: w != 0)
        return self

    def picked(self, channels, factor=1.0):
        count = self.channels if channels is ALL else len(channels)
        return Rows(count, self.extent).add(self, (channels, factor))


def times(weight, rows, change=lambda w: w):
    if isinstance(weight, tuple):
        channels, factor = weight
        return (rows[channels].T * change(factor)).T
    weight = change(weight)
    if rows.ndim == 2:
        full, columns = np.nonzero(rows)
        if len(columns) <= len(rows) and len(np.unique(columns)) == len(columns):
            out = np.zeros((len(weight), rows.shape[1]))  # as rows of symbols are: no sums
            out[:, columns] = weight[:, full] * rows[full, columns]
            return out
    return weight @ rows


def identity(symbol):
    rows = Rows(symbol.channels, symbol.extent)
    rows.at(symbol, HERE)[:] = np.eye(symbol.channels)
    rows.terms += 1
    return rows


# Places.

def seen(count, stride, offset, extent):
    """Of the pixels 0 ... count - 1, whether any and whether all are read inside 0 ... extent - 1."""
    if stride == 0:
        inside = 0 <= offset < extent
        return inside, inside
    first = max(0, -(offset // stride))
    some = first < count and first * stride + offset < extent
    return some, offset >= 0 and (count - 1) * stride + offset < extent


def composed(extent, steps, between, place, inner):
    """The place of what is read at `place` of what is read at `steps`; each has the extent before it.

    None where it is outside for every pixel; a text where it cannot be said.
    """
    out = []
    for axis in (0, 1):
        stride, offset = steps[axis]
        some, every = seen(extent[axis], stride, offset, between[axis])
        if not some:
            return None
        if place == 'mean':
            if not every:
                return 'a mean is read outside its tensor'
            continue
        s, d = place[axis]
        if not every and not (d < s and between[axis] * s + d >= inner[axis]):
            return 'a border is read where it may not be zero'
        out.append((0 if extent[axis] == 1 else stride * s, offset * s + d))
        if not seen(extent[axis], *out[-1], inner[axis])[0]:
            return None
    return place if place == 'mean' else tuple(out)


def averaged(extent, place, symbol):
    """As `composed`, of the mean over the domain."""
    if symbol.tensor < 0:
        every = mask(extent, symbol.extent, place).all()
        return HERE if every else 'a mean of a constant that is zero at some pixels'
    whole = place != 'mean' and canonical(place, extent) == canonical(HERE, extent) and symbol.extent == extent
    if whole and extent == (1, 1):
        return HERE
    return 'mean' if whole or place == 'mean' else 'a mean of what is not pointwise'


def read(rows, extent, steps):
    """The rows read at pixel p * stride + offset, or the mean."""
    if steps == HERE and extent == rows.extent:
        return rows
    out = Rows(rows.channels, extent)
    out.terms, out.bad, out.why = rows.terms.copy(), rows.bad.copy(), rows.why
    for (symbol, place), parts in rows.columns.items():
        if steps == 'mean':
            new = averaged(rows.extent, place, symbol)
            symbol = one((1, 1)) if symbol.tensor < 0 else symbol
        else:
            new = composed(extent, steps, rows.extent, place, symbol.extent)
        if isinstance(new, str) and new != 'mean':
            out.spoil(parts[1].any(1), new)
        elif new is not None:
            out.at(symbol, new)[:] += parts
    return out


def canonical(place, extent):
    """Where there is one pixel, any stride says the same."""
    if place == 'mean':
        return place
    return tuple((0 if n == 1 else s, d) for (s, d), n in zip(place, extent))


@lru_cache(maxsize=4096)
def mask(extent, domain, place):
    """At which pixels a number is inside its domain."""
    at = [np.arange(n) * s + d for n, (s, d) in zip(extent, place)]
    return np.logical_and.outer(*[(a >= 0) & (a < n) for a, n in zip(at, domain)])


@lru_cache(maxsize=256)
def pixel_sets(extent, keys):
    """The sets of pixels that see the same numbers: keys x sets, 1 where the number is seen."""
    masks = [mask(extent, domain.extent, place).ravel() for domain, place in keys]
    return np.unique(np.stack(masks), axis=1).astype(float)


# Comparison.

def ulp(size):
    return np.where(size > 0, np.ldexp(1.0, np.maximum(np.frexp(size)[1] - 24, -149)), 2.0**-149)


def rounding(terms):
    return (terms + 128) * 2.0**-53


def compared(rows):
    """The columns that are compared: symbols as they are, numbers as they add up at sets of pixels."""
    numbers = tuple(dict.fromkeys(key for row in rows for key in row.columns if key[0].tensor < 0))
    out = []
    for row in rows:
        columns = {(s, canonical(place, row.extent)): 0 for s, place in row.columns if s.tensor >= 0}
        for (symbol, place), parts in row.columns.items():
            if symbol.tensor >= 0:
                columns[symbol, canonical(place, row.extent)] += parts
        if numbers:
            none = np.zeros((2, row.channels, 1))
            parts = np.concatenate([row.columns.get(key, none) for key in numbers], 2)
            columns['numbers'] = parts @ pixel_sets(row.extent, numbers)
        out.append(columns)
    return out


def differing(a, b, max_ulps):
    """Which channels have a column that differs by more than max_ulps."""
    wrong, error = a.bad | b.bad, rounding(a.terms + b.terms)[:, None]
    mine, theirs = compared((a, b))
    for key in mine | theirs:
        (va, sa), (vb, sb) = mine.get(key, (0.0, 0.0)), theirs.get(key, (0.0, 0.0))
        wrong |= (np.abs(va - vb) + error * (sa + sb) > max_ulps * ulp(np.maximum(sa, sb))).any(1)
    return wrong


# Ranges.

def interval(rows, range_of):
    """Bounds of the values that each row can have, rounded outward; `range_of` gives those of a symbol's channels."""
    ends, sizes = np.zeros((2, rows.channels)), np.zeros((2, rows.channels))
    for (symbol, place), (values, magnitudes) in rows.columns.items():
        bounds = np.ones((2, 1)) if symbol.tensor < 0 else np.stack(range_of(symbol))
        if place != 'mean' and not all(seen(n, *axis, m)[1] for n, axis, m in zip(rows.extent, place, symbol.extent)):
            bounds = np.stack([np.minimum(bounds[0], 0), np.maximum(bounds[1], 0)])
        doubt = rounding(rows.terms)[:, None] * magnitudes
        with np.errstate(invalid='ignore'):  # 0 * infinity is 0 here
            products = [np.nan_to_num(c * bound, nan=0.0, posinf=np.inf, neginf=-np.inf)
                        for c in (values - doubt, values + doubt) for bound in bounds]
        for i, extreme in enumerate((np.minimum.reduce(products), np.maximum.reduce(products))):
            ends[i] += extreme.sum(1)
            sizes[i] += np.abs(np.where(np.isfinite(extreme), extreme, 0)).sum(1)
    sizes *= (sum(symbol.channels for symbol, _ in rows.columns) + 8) * 2.0**-52
    return np.where(rows.bad, -np.inf, ends[0] - sizes[0]), np.where(rows.bad, np.inf, ends[1] + sizes[1])
