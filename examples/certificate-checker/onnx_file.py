"""An ONNX file as the nodes and constants it holds: the wire format of protobuf, and no more of it than is needed."""
import os
import struct
from dataclasses import dataclass

import numpy as np


class Unreadable(Exception):
    """The file is no ONNX model, or a broken one."""


class NotUnderstood(Exception):
    """The model may be right, but this program does not know what it means."""


@dataclass
class Node:
    name: str
    operator: str
    domain: str
    inputs: list
    outputs: list
    attributes: dict


@dataclass
class Graph:
    opset: int
    nodes: list
    constants: dict
    inputs: list  # (name, element type, extents; None where free)
    outputs: list


def varint(data, at):
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Unreadable('a number that does not end')
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value & (2**64 - 1), at


def message(data):
    """Field number -> what it holds, in order: numbers, or bytes where a length is stated."""
    fields, at = {}, 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            size, at = varint(data, at) if key & 7 == 2 else ({1: 8, 5: 4}.get(key & 7), at)
            if size is None or at + size > len(data):
                raise Unreadable('not a protobuf message')
            value, at = data[at:at + size], at + size
        fields.setdefault(key >> 3, []).append(value)
    return fields


def integers(fields, number):
    """Repeated, packed or not."""
    out = []
    for value in fields.get(number, []):
        if isinstance(value, int):
            out.append(value)
            continue
        at = 0
        while at < len(value):
            entry, at = varint(value, at)
            out.append(entry)
    return [v - 2**64 if v >= 2**63 else v for v in out]


def floats(fields, number, kind='<f4'):
    return np.frombuffer(b''.join(map(bytes, fields.get(number, []))), kind)


def one(fields, number, default=0):
    return fields[number][-1] if number in fields else default


def text(fields, number):
    return bytes(one(fields, number, b'')).decode('utf8')


def inner(fields, number):
    return message(one(fields, number, b''))


# TensorProto.DataType, the field that holds such numbers, and what they are read as.
KINDS = {1: ('<f4', 4, '<f4'), 6: ('<i4', 5, '<i8'), 7: ('<i8', 7, '<i8'), 9: ('?', 5, '<i8'), 10: ('<f2', 5, '<f4'),
         11: ('<f8', 10, '<f8')}


def tensor(fields, folder, files):
    if one(fields, 2) not in KINDS:
        raise NotUnderstood(f'a constant of element type {one(fields, 2)}')
    (kind, field, read_as), dims = KINDS[one(fields, 2)], integers(fields, 1)
    if one(fields, 14) == 1 or 9 in fields:
        raw = outside(fields, folder, files) if one(fields, 14) == 1 else bytes(one(fields, 9))
        values = np.frombuffer(raw, kind)
    elif kind in ('<f4', '<f8'):
        values = floats(fields, field, kind)
    else:
        values = np.array(integers(fields, field), '<i8')
        values = values.astype('<u2').view('<f2') if kind == '<f2' else values
    if any(d < 0 for d in dims) or values.size != np.prod(dims, dtype=object):
        raise Unreadable(f'{values.size} values where {dims} are stated')
    return values.reshape(dims).astype(read_as, copy=False)


def outside(fields, folder, files):
    said = {text(entry, 1): text(entry, 2) for entry in map(message, fields.get(13, []))}
    name = said.get('location', '')
    if name == '' or os.path.isabs(name) or '..' in name.replace('\\', '/').split('/'):
        raise Unreadable(f'weights in {name!r}, which is not beside the model')
    if name not in files:
        files[name] = read_bytes(os.path.join(folder, name))
    start = int(said.get('offset', 0))
    size = int(said.get('length', len(files[name]) - start))
    if start < 0 or size < 0 or start + size > len(files[name]):
        raise Unreadable(f'{name} is too short')
    return files[name][start:start + size]


def attribute(fields, folder, files):
    kind = one(fields, 20)
    readers = {1: lambda: struct.unpack('<f', one(fields, 2, bytes(4)))[0],
               2: lambda: (integers(fields, 3) or [0])[-1],
               3: lambda: text(fields, 4),
               4: lambda: tensor(inner(fields, 5), folder, files),
               6: lambda: floats(fields, 7).tolist(),
               7: lambda: integers(fields, 8)}
    if kind not in readers:
        raise NotUnderstood(f'an attribute of type {kind}')
    return readers[kind]()


def port(fields):
    kind = inner(inner(fields, 2), 1)
    dims = [message(d) for d in inner(kind, 2).get(1, [])]
    return text(fields, 1), one(kind, 1), [one(d, 1, None) for d in dims]


def read_bytes(file):
    with open(file, 'rb') as stream:
        return stream.read()


def read_graph(file):
    """Also gives the bytes of the file and of those beside it, in the order it names them, for the digest."""
    data, files, folder = read_bytes(file), {}, os.path.dirname(file)
    try:
        model = message(memoryview(data))
        graph = inner(model, 7)
        opsets = {text(o, 1): one(o, 2) for o in map(message, model.get(8, []))}
        constants = {text(t, 8): tensor(t, folder, files) for t in map(message, graph.get(5, []))}
        nodes = []
        for fields in map(message, graph.get(1, [])):
            names = [[bytes(n).decode('utf8') for n in fields.get(i, [])] for i in (1, 2)]
            said = {text(a, 1): attribute(a, folder, files) for a in map(message, fields.get(5, []))}
            nodes.append(Node(text(fields, 3), text(fields, 4), text(fields, 7), *names, said))
        inputs = [port(message(i)) for i in graph.get(11, [])]
        outputs = [text(message(o), 1) for o in graph.get(12, [])]
    except (UnicodeDecodeError, TypeError, AttributeError, ValueError, struct.error) as error:
        raise Unreadable(f'not an ONNX model ({error})') from error
    opset = opsets.get('', opsets.get('ai.onnx'))
    if opset is None or not outputs:
        raise Unreadable('not an ONNX model')
    if not 7 <= opset <= 28 or 15 in graph:
        raise NotUnderstood(f'opset {opset}, or sparse constants')
    return Graph(opset, nodes, constants, [i for i in inputs if i[0] not in constants], outputs), [data, *files.values()]
