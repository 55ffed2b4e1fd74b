"""The file: one JSON object, of which every property is known and in its place."""
import json
from math import isfinite

from onnx_file import Unreadable


def fail(what):
    raise Unreadable(f'not a certificate: {what}')


def no_constant(text):
    fail(f'{text} is no number')


def unique(pairs):
    names = [name for name, _ in pairs]
    return dict(pairs) if len(set(names)) == len(names) else fail('a property is there twice')


def number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        fail(f'{value!r} is no number')
    value = float(value)
    return value if value == 0 or 2.0**-200 <= abs(value) <= 2.0**200 else fail(f'{value} is out of range')


def factor(value):
    return number(value) or fail('a scale of 0')


def count(value, least=0):
    fits = number(value) == int(value) and least <= value <= 2**31
    return int(value) if fits else fail(f'{value!r} is no count')


def string(value):
    return value if isinstance(value, str) else fail(f'{value!r} is no text')


def flag(value):
    return value if isinstance(value, bool) else fail(f'{value!r} is neither true nor false')


def many(item):
    return lambda value: [item(v) for v in value] if isinstance(value, list) else fail(f'{value!r} is no list')


def pair(item):
    return lambda value: tuple(many(item)(value)) if len(many(item)(value)) == 2 else fail(f'{value!r} is no pair')


def optional(item, default):
    return item, default


def record(**items):
    """Each property: how it is read, and what it is where it is left out; without that it is needed."""
    def reads(value):
        if not isinstance(value, dict) or set(value) - set(items):
            fail('an object with unknown properties')
        out = {}
        for name, item in items.items():
            item, *default = item if isinstance(item, tuple) else (item,)
            if name not in value and not default:
                fail(f'{name} is missing')
            out[name] = item(value[name]) if name in value else default[0]
        return out
    return reads


def rule(value):
    return value if value in ('is', 'same', 'half', 'bound', 'flat', 'any') else fail(f'the rule {value!r}')


def input_range(value):
    if value is None:
        return None
    low, high = pair(number)(value)
    return (low, high) if low <= high else fail('an empty range')


def version(value):
    return value if value == 1 else fail(f'version {value!r}')


term = record(tensor=string, channel=count, scale=optional(factor, 1.0), half=optional(flag, False),
              stride=optional(pair(lambda n: count(n, 1)), (1, 1)))
run = record(first=count, count=lambda n: count(n, 1), rule=rule, terms=optional(many(term), []),
             constant=optional(number, 0.0))
known = record(first=count, count=lambda n: count(n, 1), constant=optional(number, 0.0))
certificate = record(
    version=version, models=pair(string), library=string, theorems=many(string), inputRange=input_range,
    maxUlps=number, named=many(string), facts=many(record(tensor=string, runs=many(known))),
    steps=many(record(tensor=string, open=optional(many(string), []), runs=many(run))), outputs=many(many(string)))


def read_certificate(file):
    try:
        with open(file, encoding='utf8') as stream:
            parsed = json.load(stream, parse_constant=no_constant, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise Unreadable('not a certificate') from error
    said = certificate(parsed)
    return said if said['maxUlps'] >= 0 else fail('maxUlps is negative')
