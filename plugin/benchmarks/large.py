#!/usr/bin/python3
"""Compares the product that LargeEigenvalues wrote with PyTorch's double backward: large.py UNITS FOLDER."""
import sys

import numpy
import torch

units, folder = int(sys.argv[1]), sys.argv[2]


def read(name):
    return numpy.fromfile(f"{folder}/{name}.f32", dtype="<f4")


def arrays(flat):
    """Weights and biases of a flat vector, whose weights are in column order."""
    found, at = [], 0
    for rows, columns in ((784, units), (units, units), (units, 10)):
        weights = flat[at : at + rows * columns].reshape(columns, rows)
        found.append(torch.from_numpy(weights.copy()))
        at += rows * columns
        found.append(torch.from_numpy(flat[at : at + columns].copy()))
        at += columns
    return found


features = torch.from_numpy(read("features").reshape(-1, 784))
labels = torch.from_numpy(read("labels").reshape(-1, 10))
parameters = [array.requires_grad_() for array in arrays(read("parameters"))]
value = features
for layer in range(3):
    value = torch.nn.functional.linear(value, parameters[2 * layer], parameters[2 * layer + 1])
    if layer < 2:
        value = torch.relu(value)
loss = -(labels * torch.log_softmax(value, 1)).sum(1).mean()
gradient = torch.autograd.grad(loss, parameters, create_graph=True)
directions = arrays(read("direction"))
slope = sum((g * d).sum() for g, d in zip(gradient, directions))
del directions
products = torch.autograd.grad(slope, parameters)
expected = arrays(read("product"))
difference = sum(float(((p - e).double() ** 2).sum()) for p, e in zip(products, expected)) ** 0.5
norm = sum(float((p.double() ** 2).sum()) for p in products) ** 0.5
print(f"{sum(p.numel() for p in parameters):,} parameters, loss {float(loss):.6g}: "
      f"|product - PyTorch's| / |PyTorch's| = {difference / norm:.1e}")
