"""The file: one JSON object, of which every property is known and in its place."""
import json
from math import isfinite

from onnx_file import Unreadable

NEEDED = object()


def fail(what):
    raise Unreadable(f'not a certificate: {what}')


def number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        fail(f'{value!r} is no number')
    return float(value) if value == 0 or 2.0**-200 <= abs(value) <= 2.0**200 else fail(f'{value} is out of range')


def count(value, least=0):
    fits = number(value) == int(value) and least <= value <= 2**31
    return int(value) if fits else fail(f'{value!r} is no count')


def some(value):
    return count(value, 1)


def exactly(*kinds):
    return lambda value: value if type(value) in kinds else fail(f'{value!r} is of another kind')


def satisfying(item, test, what):
    def read(value):
        value = item(value)
        return value if test(value) else fail(f'{value!r}: {what}')
    return read


def many(item):
    return lambda value: [item(v) for v in exactly(list)(value)]


def pair(item):
    return lambda value: tuple(satisfying(many(item), lambda v: len(v) == 2, 'no pair')(value))


def record(**items):
    """Each property: how it is read, and what it is where it is left out, unless it is needed."""
    items = {name: item if isinstance(item, tuple) else (item, NEEDED) for name, item in items.items()}

    def read(value):
        if not isinstance(value, dict) or set(value) - set(items):
            fail('an object with unknown properties')
        missing = [name for name, (_, default) in items.items() if default is NEEDED and name not in value]
        if missing:
            fail(f'{missing[0]} is missing')
        return {name: item(value[name]) if name in value else default for name, (item, default) in items.items()}
    return read


string = exactly(str)
term = record(tensor=string, channel=count, scale=(satisfying(number, bool, 'no scale'), 1.0),
              half=(exactly(bool), False), stride=(pair(some), (1, 1)))
rule = satisfying(string, ('is', 'same', 'half', 'bound', 'flat', 'dead', 'any').__contains__, 'no rule')
run = record(first=count, count=some, rule=rule, constant=(number, 0.0),
             terms=(many(term), []))
steps = many(record(tensor=string, open=(many(string), []), runs=many(run)))
bounds = satisfying(pair(number), lambda pair: pair[0] <= pair[1], 'an empty range')
certificate = record(
    version=satisfying(number, lambda v: v == 1, 'another version'), models=pair(string), library=string,
    theorems=many(string), inputRange=lambda value: None if value is None else bounds(value),
    maxUlps=satisfying(number, lambda v: v >= 0, 'is negative'), named=many(string), facts=steps, steps=steps,
    outputs=many(many(string)))


def unique(pairs):
    return dict(pairs) if len({name for name, _ in pairs}) == len(pairs) else fail('a property is there twice')


def read_certificate(file):
    try:
        with open(file, encoding='utf8') as stream:
            return certificate(json.load(stream, parse_constant=fail, object_pairs_hook=unique))
    except (ValueError, RecursionError) as error:
        raise Unreadable('not a certificate') from error
