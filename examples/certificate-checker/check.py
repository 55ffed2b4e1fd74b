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
from operators import read_node
from rows import Rejected, differing
from rules import Step
from writer import Pair, Writer


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
    if [original.shapes[t] for t in original.inputs] != [converted.shapes[t] for t in converted.inputs]:
        raise Rejected('the inputs have other shapes')
    for side, steps in enumerate((said['facts'], said['steps'])):
        if len({step['tensor'] for step in steps}) < len(steps):
            raise Rejected('two steps are about one tensor')
        for step in steps:
            model, tensor = pair.models[side], pair.tensor(side, step['tensor'])
            if tensor in model.inputs or side == 0 and not pair.is_symbol(tensor):
                raise Rejected(f'{step["tensor"]} cannot have this step')
            covering(step['runs'], model.shapes[tensor][0], step['tensor'])
            pair.claim(side, tensor, Step(pair, side, tensor, pair.opened(step['open'])).checked(step['runs']))
    if not len(said['outputs']) == len(original.outputs) == len(converted.outputs):
        raise Rejected('the outputs are not as many')
    for i, names in enumerate(said['outputs']):
        mine, theirs, writer = original.outputs[i], converted.outputs[i], Writer(pair, pair.opened(names))
        if original.shapes[mine] != converted.shapes[theirs] or original.layouts[i] != converted.layouts[i]:
            raise Rejected(f'output {i} has another shape')
        wrong = differing(writer.row(0, mine), writer.row(1, theirs), said['maxUlps'])
        if wrong.any():
            raise Rejected(f'output {i}, channel {int(wrong.argmax())} is not the same')


def as_printed(number):
    """As JavaScript prints it."""
    digits, _, power = repr(float(number)).partition('e')
    if power and not -7 < int(power) < 21:
        return f'{digits}e{int(power):+d}'
    return re.sub(r'\.0$', '', digits) if not power else np.format_float_positional(number, trim='-')


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    at = arguments[0]
    try:
        said, graphs = read_certificate(at), []
        digests = []
        for at in arguments[1:]:
            graph, contents = read_graph(at)
            graphs.append(graph)
            digests.append(hashlib.sha256(b''.join(contents)).hexdigest())
        for which, digest, stated in zip(('original', 'converted model'), digests, said['models']):
            if digest != stated:
                raise Rejected(f'it is about another {which}, of SHA-256 {stated}')
        check(*(Model(graph, read_node) for graph in graphs), said)
    except (Rejected, NotUnderstood) as reason:
        print(f'not accepted: {reason}')
        return 2
    except (Unreadable, OSError) as reason:
        print(f'check.py: {at}: {reason}', file=sys.stderr)
        return 65
    inputs = 'every finite input'
    if said['inputRange'] is not None:
        inputs = f'inputs in [{", ".join(map(as_printed, said["inputRange"]))}]'
    print(f'accepted: {arguments[2]} computes the function of {arguments[1]} for {inputs}, '
          f'every coefficient within {as_printed(ceil(said["maxUlps"] * 1000) / 1000)} units in the last place')
    return 0


if __name__ == '__main__':
    sys.setrecursionlimit(20000)
    sys.exit(main(sys.argv[1:]))
