"""Reads a run with other libraries and compares it with the values that the test expects.

usage: check_run.py RUN EXPECTED
EXPECTED is a text file, one value per line: FILE NAME [INDEX] VALUE, where NAME is a dataset's path or PATH@ATTRIBUTE.
"""
import csv
import json
import math
import os
import sys
import zlib

import h5py
import numpy as np

run, expected = sys.argv[1:]


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def look_up(hdf, name):
    path, _, attribute = name.partition("@")
    node = hdf[path]
    value = node.attrs[attribute] if attribute else node[()]
    return value.decode() if isinstance(value, bytes) else value


checked = 0
files = {}
for line in open(expected):
    file, name, index, value = line.rstrip("\n").split("\t")
    if file not in files:
        files[file] = h5py.File(os.path.join(run, file), "r")
    actual = look_up(files[file], name)
    if index:
        actual = actual[tuple(int(i) for i in index.split(","))]
    if isinstance(actual, str):
        assert actual == value, (line, actual)
    else:
        assert same(float(actual), float(value)), (line, actual)
    checked += 1


def surface_of(file, name):
    """The steps of plot_2D.py in tomgoldstein/loss-landscape."""
    f = h5py.File(file, "r")
    x = np.array(f["xcoordinates"][:])
    y = np.array(f["ycoordinates"][:])
    X, Y = np.meshgrid(x, y)
    assert name in f.keys()
    Z = np.array(f[name][:])
    assert Z.shape == X.shape == (len(y), len(x)), (Z.shape, X.shape)
    assert Z.dtype == np.float64
    return Z


def check_digest(name, node):
    if isinstance(node, h5py.Dataset):
        value = node[()]
        values = value if isinstance(value, bytes) else np.asarray(value).tobytes()
        assert zlib.crc32(values) == node.attrs["crc32"], name


frames = sorted(os.listdir(os.path.join(run, "frames")))
for frame in frames:
    file = os.path.join(run, "frames", frame)
    Z = surface_of(file, "train_loss")
    f = h5py.File(file, "r")
    assert h5py.check_string_dtype(f["dir_file"].dtype) and f["dir_file"].shape == ()
    evaluated = f["thalweg/evaluated"]
    assert evaluated.dtype == np.int8 and evaluated.shape == Z.shape
    interpolated = "interpolation_tolerance" in f["thalweg"].attrs
    assert interpolated == ("interpolation_error" in f["train_loss"].attrs)
    if interpolated:
        assert f["train_loss"].attrs["interpolation_error"] >= 0
    else:
        assert np.isnan(Z[evaluated[:] == 0]).all()
    curvature = f["curvature"]
    k = int(curvature.attrs["largest"]) + int(curvature.attrs["smallest"])
    assert (k == 0) == ("eigenvalues" not in curvature)
    if k:
        assert curvature["eigenvalues"].shape == curvature["residuals"].shape == (k,)
        assert curvature["converged"].dtype == np.int8
    if "trace" in curvature:
        assert curvature["trace"].shape == () and curvature["trace"].attrs["standard_error"] >= 0
        assert look_up(f, "curvature/trace@estimator") in ("hutch++", "hutchinson")
    if "density" in curvature:
        assert curvature["density/lambda"].shape == curvature["density/value"].shape
    if "directions" in f:
        assert len(f["directions"]) == 2
    f.visititems(check_digest)

description = json.load(open(os.path.join(run, "run.json")))
assert isinstance(description["model"], dict)
assert description["format"] == 1
with h5py.File(os.path.join(run, "probe.h5"), "r") as probe:
    for name, shape in description["probe"]["shapes"].items():
        assert list(probe[name].shape) == shape, name

rows = list(csv.DictReader(open(os.path.join(run, "metrics.csv"), newline="")))
assert ["%09d.h5" % int(row["iteration"]) for row in rows] == frames
for row, frame in zip(rows, frames):
    with h5py.File(os.path.join(run, "frames", frame), "r") as f:
        assert None not in row and None not in row.values(), row
        assert same(float(row["loss"]), f["thalweg"].attrs["loss"])
        assert row["reason"] == (look_up(f, "curvature@reason") if "reason" in f["curvature"].attrs else "")
        for name, value in f["thalweg"].attrs.items():
            if name.startswith("quantity_"):
                assert same(float(row[name[len("quantity_") :]]), value), name
        if f["curvature"].attrs["smallest"]:
            assert float(row["lambda_min_1"]) == f["curvature/eigenvalues"][-1]
print(checked, "values agree")
