"""Loss, accuracy and share of the curvature along a vector by class, by PyTorch's automatic differentiation.

Usage: class_shares.py DIRECTORY; it has inputs.csv, labels.csv and, of each dense layer i, weights-i.csv [in, out] and bias-i.csv,
with the same parts of the vector in vector-weights-i.csv and vector-bias-i.csv. Hidden layers are tanh, the last is softmax.
Prints "class examples loss accuracy share" for each class.
"""
import pathlib
import sys

import numpy as np
import torch

folder = pathlib.Path(sys.argv[1])


def read(name):
    return torch.tensor(np.loadtxt(folder / f"{name}.csv", delimiter=",", ndmin=2))


inputs, labels = read("inputs"), read("labels").argmax(1)
layers = len(list(folder.glob("weights-*.csv")))
names = [f"{kind}-{i}" for i in range(layers) for kind in ("weights", "bias")]
theta = [read(name).requires_grad_() for name in names]
v = [read(f"vector-{name}") for name in names]


def logits(x):
    for i in range(layers):
        x = x @ theta[2 * i] + theta[2 * i + 1]
        x = torch.tanh(x) if i < layers - 1 else x
    return x


def curvature(loss):
    gradient = torch.autograd.grad(loss, theta, create_graph=True)
    slope = sum((g * d).sum() for g, d in zip(gradient, v))
    return sum((h * d).sum() for h, d in zip(torch.autograd.grad(slope, theta), v)).item()


whole = curvature(torch.nn.functional.cross_entropy(logits(inputs), labels))
for c in labels.unique().tolist():
    of = labels == c
    out = logits(inputs[of])
    loss = torch.nn.functional.cross_entropy(out, labels[of])
    accuracy = 100 * (out.argmax(1) == c).double().mean().item()
    share = curvature(loss) * of.sum().item() / len(labels) / whole
    print(c, of.sum().item(), repr(loss.item()), repr(accuracy), repr(share))
