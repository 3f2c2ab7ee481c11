"""Arrays of every type as NumPy writes them, each with its values as doubles: numpy_arrays.py FOLDER SEED"""

import os
import sys

import numpy as np

folder, seed = sys.argv[1], int(sys.argv[2])
random = np.random.default_rng(seed)
arrays = {}
for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]:
    for order in "<>":
        for layout in "CF":
            shape = tuple(random.integers(1, 6, random.integers(0, 5)))
            type_ = np.dtype(kind if kind == "b1" else order + kind)
            if type_.kind == "f":
                values = random.standard_normal(shape)
            elif type_.kind == "b":
                values = random.integers(0, 2, shape)
            else:
                limits = np.iinfo(type_)
                values = random.integers(limits.min, limits.max, shape, dtype=type_.newbyteorder("="), endpoint=True)
            array = np.array(values, dtype=type_, order=layout)
            arrays[f"{kind}_{'little' if order == '<' else 'big'}_{layout}"] = array
            arrays[f"expected_{kind}_{'little' if order == '<' else 'big'}_{layout}"] = array.astype("<f8", order="C")
np.savez(os.path.join(folder, "plain.npz"), **arrays)
np.savez_compressed(os.path.join(folder, "compressed.npz"), **arrays)
os.mkdir(os.path.join(folder, "files"))
for name, array in arrays.items():
    np.save(os.path.join(folder, "files", name + ".npy"), array)

np.savez(os.path.join(folder, "objects.npz"), features=np.array([{"a": 1}], dtype=object))
np.savez(os.path.join(folder, "structures.npz"), features=np.zeros(3, dtype=[("a", "<f4"), ("b", "O")]))
np.savez(os.path.join(folder, "text.npz"), features=np.array(["a", "bc"]))

# The layout of the file of tf.keras.datasets.mnist.load_data.
np.savez(
    os.path.join(folder, "keras.npz"),
    x_train=random.integers(0, 256, (20, 2, 3), dtype="u1"),
    y_train=random.integers(0, 3, 20, dtype="u1"),
    x_test=random.integers(0, 256, (7, 2, 3), dtype="u1"),
    y_test=random.integers(0, 3, 7, dtype="i8"),
)
