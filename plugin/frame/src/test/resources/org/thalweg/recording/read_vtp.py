#!/usr/bin/python3
"""Reads a PolyData file by VTK's description of the format and compares it with the surface that it should show.

    read_vtp.py FILE SURFACE [CLIP] [log]

SURFACE is an HDF5 file with xcoordinates, ycoordinates and train_loss. Checks every point, quad and mean.
"""
import sys
import xml.etree.ElementTree

import h5py
import numpy as np

path, surface, *options = sys.argv[1:]
clip = next((float(option) for option in options if option != "log"), None)

root = xml.etree.ElementTree.parse(path).getroot()
assert root.tag == "VTKFile" and root.get("type") == "PolyData", root.attrib
piece = root.find("PolyData/Piece")


def array(section, name, dtype):
    for node in piece.find(section):
        if node.get("Name") == name:
            assert node.get("format") == "ascii" and node.get("type") == dtype, node.attrib
            return np.array(node.text.split(), dtype=dtype.lower())
    raise KeyError(section + "/" + name)


points = array("Points", "Points", "Float32").reshape(-1, 3)
heights = array("PointData", "zvalue", "Float32")
means = array("CellData", "averaged zvalue", "Float32")
offsets = array("Polys", "offsets", "Int64")
quads = array("Polys", "connectivity", "Int64").reshape(-1, 4)
assert len(points) == int(piece.get("NumberOfPoints")) == len(heights)
assert len(quads) == int(piece.get("NumberOfPolys")) == len(means) == len(offsets)
assert np.array_equal(offsets, 4 * np.arange(1, len(quads) + 1))
assert np.array_equal(points[:, 2], heights)

with h5py.File(surface, "r") as file:
    x, y = np.meshgrid(file["xcoordinates"][:], file["ycoordinates"][:])
    z = file["train_loss"][:]
if clip is not None:
    z = np.minimum(z, clip)
if "log" in options:
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.log(z + 0.1)
there = np.isfinite(z)
expected = np.stack([x[there], y[there], z[there]], axis=1).astype(np.float32)
assert np.allclose(points, expected, rtol=1e-6, atol=0), np.abs(points - expected).max()

number = np.cumsum(there.ravel()).reshape(there.shape) - 1
corners = [(0, 0), (0, 1), (1, 1), (1, 0)]
rows, columns = z.shape[0] - 1, z.shape[1] - 1
around = np.stack([number[r:r + rows, c:c + columns] for r, c in corners], axis=-1)
whole = np.all([there[r:r + rows, c:c + columns] for r, c in corners], axis=0)
assert np.array_equal(quads, around[whole])
# The mean is of numbers in double precision, and is then rounded once.
assert np.allclose(means, expected[quads][:, :, 2].astype(np.float64).mean(axis=1), rtol=1e-5, atol=1e-5 * np.abs(heights).max())
if whole.all():
    stride = z.shape[1]
    assert np.array_equal(quads[0], [0, 1, stride + 1, stride])
print(f"{len(points)} points and {len(quads)} quads agree")
