"""Writes an HDF5 file that declares more than it holds: declared_sizes.py OUT.h5 attribute|chunk.

The format's first version has no checksums of headers, so that shapes can be replaced in the written file.
"""
import struct
import sys

import h5py
import numpy

path, what = sys.argv[1:]
# The product of these, times the 4 bytes of a value, is 2 ** 64 + 4.
overflowing = (5, 5581, 8681, 49477, 384773)
with h5py.File(path, "w", libver="earliest") as file:
    if what == "attribute":
        written = (3, 5, 2, 7, 4)
        file.create_group("thalweg").attrs["format"] = numpy.zeros(written, "<i4")
    else:
        written = (3, 5)
        overflowing = (40000, 40000)
        values = numpy.zeros(written, "<f8")
        file.create_dataset("train_loss", data=values, chunks=written, maxshape=(9, 9), compression="gzip")
        file.create_group("thalweg").attrs["format"] = 1
data = open(path, "rb").read()
width = "Q" if what == "attribute" else "I"
old = struct.pack("<%d%s" % (len(written), width), *written)
assert old in data
open(path, "wb").write(data.replace(old, struct.pack("<%d%s" % (len(written), width), *overflowing)))
