"""Prints a file's groups with their attribute "size", which is the length of their dataset, if they have one."""
import sys

import h5py

with h5py.File(sys.argv[1], "r") as file:
    for name in sorted(file):
        group = file[name]
        size = int(group.attrs["size"])
        assert list(group) == (["values"] if size else []), name
        assert not size or len(group["values"]) == size, name
        print(name, size)
