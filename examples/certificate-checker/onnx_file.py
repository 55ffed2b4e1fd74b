"""An ONNX file as the nodes and constants it holds: the wire format of protobuf, and no more of it than is needed."""
import os
import struct
from dataclasses import dataclass, field

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
    attributes: dict = field(default_factory=dict)


@dataclass
class Graph:
    opset: int
    nodes: list
    constants: dict
    inputs: list  # (name, element type, extents; None where free)
    outputs: list
    files: list  # the weights beside the file, in the order it names them


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
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            value, at = data[at:at + size], at + size
        else:
            raise Unreadable('not a protobuf message')
        if at > len(data):
            raise Unreadable('it ends in the middle of a field')
        fields.setdefault(key >> 3, []).append(value)
    return fields


def signed(value):
    return value - 2**64 if value >= 2**63 else value


def integers(values):
    """Repeated integers, packed or not."""
    out = []
    for value in values:
        if isinstance(value, int):
            out.append(signed(value))
            continue
        at = 0
        while at < len(value):
            number, at = varint(value, at)
            out.append(signed(number))
    return out


def floats(values, kind='<f4'):
    return np.frombuffer(b''.join(bytes(v) for v in values), kind)


def one(fields, number, default):
    return fields[number][-1] if number in fields else default


def text(fields, number):
    return bytes(one(fields, number, b'')).decode('utf8')


# TensorProto.DataType: float, int32, int64, bool, float16, double.
KINDS = {1: '<f4', 6: '<i4', 7: '<i8', 9: '?', 10: '<f2', 11: '<f8'}


def tensor(fields, folder, files):
    dims = integers(fields.get(1, []))
    kind = KINDS.get(one(fields, 2, 0))
    if kind is None:
        raise NotUnderstood(f'a constant of element type {one(fields, 2, 0)}')
    if one(fields, 14, 0) == 1:
        values = np.frombuffer(outside(fields, folder, files), kind)
    elif 9 in fields:
        values = np.frombuffer(bytes(one(fields, 9, b'')), kind)
    elif kind in ('<f4', '<f8'):
        values = floats(fields.get(4 if kind == '<f4' else 10, []), kind)
    elif kind == '<f2':
        values = np.array(integers(fields.get(5, [])), '<u2').view('<f2')
    else:
        values = np.array(integers(fields.get(7 if kind == '<i8' else 5, [])), kind)
    if any(d < 0 for d in dims) or values.size != np.prod(dims, dtype=object):
        raise Unreadable(f'{values.size} values where {dims} are stated')
    return values.reshape(dims).astype({'<f2': '<f4', '<f4': '<f4', '<f8': '<f8'}.get(kind, '<i8'), copy=False)


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
    kind = one(fields, 20, 0)
    if kind == 1:
        return struct.unpack('<f', one(fields, 2, b'\0\0\0\0'))[0]
    if kind == 2:
        return signed(one(fields, 3, 0))
    if kind == 3:
        return text(fields, 4)
    if kind == 4:
        return tensor(message(one(fields, 5, b'')), folder, files)
    if kind == 6:
        return [float(v) for v in floats(fields.get(7, []))]
    if kind == 7:
        return integers(fields.get(8, []))
    raise NotUnderstood(f'an attribute of type {kind}')


def port(fields):
    kind = message(one(message(one(fields, 2, b'')), 1, b''))
    dims = [message(d) for d in message(one(kind, 2, b'')).get(1, [])]
    return text(fields, 1), one(kind, 1, 0), [one(d, 1, None) for d in dims]


def read_bytes(file):
    with open(file, 'rb') as stream:
        return stream.read()


def read_graph(file):
    """Also gives the bytes of the file and of those beside it, for the digest."""
    data, files, folder = read_bytes(file), {}, os.path.dirname(file)
    try:
        model = message(memoryview(data))
        graph = message(one(model, 7, b''))
        opsets = {text(o, 1): one(o, 2, 0) for o in map(message, model.get(8, []))}
        constants = {}
        for fields in map(message, graph.get(5, [])):
            constants[text(fields, 8)] = tensor(fields, folder, files)
        nodes = []
        for fields in map(message, graph.get(1, [])):
            names = [[bytes(n).decode('utf8') for n in fields.get(i, [])] for i in (1, 2)]
            node = Node(text(fields, 3), text(fields, 4), text(fields, 7), *names)
            for said in map(message, fields.get(5, [])):
                node.attributes[text(said, 1)] = attribute(said, folder, files)
            nodes.append(node)
        inputs = [port(message(i)) for i in graph.get(11, [])]
        outputs = [text(message(o), 1) for o in graph.get(12, [])]
    except (UnicodeDecodeError, TypeError, AttributeError, ValueError, struct.error) as error:
        raise Unreadable(f'not an ONNX model ({error})') from error
    opset = opsets.get('', opsets.get('ai.onnx'))
    if opset is None or not outputs:
        raise Unreadable('not an ONNX model')
    if not 7 <= opset <= 28 or 15 in graph:
        raise NotUnderstood(f'opset {opset}, or sparse constants')
    ports = [i for i in inputs if i[0] not in constants]
    return Graph(opset, nodes, constants, ports, outputs, list(files)), [data, *files.values()]
