"""Reads a TensorBoard event file without TensorFlow: read_events.py FILE prints one JSON object for each event.

Checks both checksums of each record and that nothing follows the last one. Messages are decoded by their wire format alone;
names of fields are those of tensorflow/core/framework/summary.proto and tensorflow/core/util/event.proto.
"""

import base64
import json
import struct
import sys


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    at = 0
    while at < len(data):
        length, checksum = struct.unpack_from("<QI", data, at)
        assert checksum == masked(data[at : at + 8]), f"checksum of the length at {at}"
        content = data[at + 12 : at + 12 + length]
        (checksum,) = struct.unpack_from("<I", data, at + 12 + length)
        assert checksum == masked(content), f"checksum of the record at {at}"
        yield content
        at += 16 + length
    assert at == len(data), f"{at - len(data)} bytes are missing"


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    found = {}
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 1:
            value, at = data[at : at + 8], at + 8
        elif key & 7 == 5:
            value, at = data[at : at + 4], at + 4
        else:
            assert key & 7 == 2, f"wire type {key & 7}"
            length, at = varint(data, at)
            assert at + length <= len(data)
            value, at = data[at : at + length], at + length
        found.setdefault(key >> 3, []).append(value)
    return found


def double(data):
    return struct.unpack("<d", data)[0]


def doubles(data):
    return list(struct.unpack(f"<{len(data) // 8}d", data))


def summary(data):
    for value in map(fields, fields(data).get(1, [])):
        told = {"tag": value[1][0].decode()}
        if 2 in value:
            told["scalar"] = struct.unpack("<f", value[2][0])[0]
        if 4 in value:
            image = fields(value[4][0])
            told["image"] = {
                "height": image[1][0],
                "width": image[2][0],
                "colorspace": image[3][0],
                "png": base64.b64encode(image[4][0]).decode(),
            }
        if 5 in value:
            histogram = fields(value[5][0])
            told["histogram"] = {
                name: double(histogram[number][0])
                for number, name in enumerate(["min", "max", "num", "sum", "sum_squares"], 1)
            }
            told["histogram"].update(limits=doubles(histogram[6][0]), buckets=doubles(histogram[7][0]))
        yield told


with open(sys.argv[1], "rb") as file:
    for record in map(fields, records(file.read())):
        event = {"wall_time": double(record[1][0]), "step": record.get(2, [0])[0]}
        if 3 in record:
            event["version"] = record[3][0].decode()
        if 5 in record:
            event["values"] = list(summary(record[5][0]))
        print(json.dumps(event))
