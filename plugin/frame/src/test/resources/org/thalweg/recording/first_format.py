"""Copies an HDF5 file into the format's first version, whose headers have no checksums: first_format.py IN.h5 OUT.h5."""
import sys

import h5py

with h5py.File(sys.argv[1], "r") as source, h5py.File(sys.argv[2], "w", libver="earliest") as target:
    for name in source:
        source.copy(name, target)
    for name, value in source.attrs.items():
        target.attrs[name] = value
