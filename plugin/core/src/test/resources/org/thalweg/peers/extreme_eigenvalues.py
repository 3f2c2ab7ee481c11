"""Eigenvalues at both ends, and all rows, of the Hessian of an MLP 6-8-5-3 (tanh, softmax), in double: extreme_eigenvalues.py FILE EXAMPLES.

The file has doubles: the network's flat parameters (weights in column order), features and one-hot labels.
"""
import sys

import numpy
import torch

values = torch.from_numpy(numpy.fromfile(sys.argv[1], dtype="<f8"))
examples = int(sys.argv[2])
sizes = (6, 8, 5, 3)
count = sum(a * b + b for a, b in zip(sizes, sizes[1:]))
features = values[count : count + 6 * examples].reshape(examples, 6)
labels = values[count + 6 * examples :].reshape(examples, 3)


def loss(flat):
    at, value = 0, features
    for layer, (rows, columns) in enumerate(zip(sizes, sizes[1:])):
        weights = flat[at : at + rows * columns].reshape(columns, rows)
        at += rows * columns
        value = torch.nn.functional.linear(value, weights, flat[at : at + columns])
        at += columns
        value = torch.tanh(value) if layer < 2 else value
    return -(labels * torch.log_softmax(value, 1)).sum(1).mean()


hessian = torch.autograd.functional.hessian(loss, values[:count])
eigenvalues = torch.linalg.eigvalsh((hessian + hessian.T) / 2)
print(float(eigenvalues[-1]), float(eigenvalues[0]))
for row in hessian:
    print(" ".join(repr(float(x)) for x in row))
