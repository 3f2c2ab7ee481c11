"""Loss, accuracy and share of the curvature along a vector by class, by PyTorch's automatic differentiation.

Usage: class_shares.py DIRECTORY; it has inputs.csv, labels.csv and, of each dense layer i, weights-i.csv [in, out] and bias-i.csv,
with the same parts of the vector in vector-weights-i.csv and vector-bias-i.csv. Hidden layers are tanh, the last is softmax. batches.csv
has the number of each example's batch. Prints "class examples loss bar accuracy bar share bar" for each class, where bars are halves of
95 % intervals: for ratios of sums over batches by linearization (Cochran 1977), for the accuracy the far end of Wilson's.
"""
import pathlib
import sys

import numpy as np
import scipy.stats
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
batches = read("batches")[0]


def sums(of):
    """Of each batch: its number of examples in a mask, the sum of their losses, the sum of their curvatures."""
    rows = []
    for b in batches.unique():
        here = of & (batches == b)
        n = here.sum().item()
        loss = torch.nn.functional.cross_entropy(logits(inputs[here]), labels[here]) if n else None
        rows.append((n, n * loss.item() if n else 0, n * curvature(loss) if n else 0))
    return np.array(rows).T


def bar(y, x, batches_with_the_class, units):
    """Of the ratio of two sums over batches."""
    residuals = y - y.sum() / x.sum() * x
    error = np.sqrt(units / (units - 1) * (residuals**2).sum()) / abs(x.sum())
    return float(scipy.stats.t.ppf(0.975, batches_with_the_class - 1) * error)


everything = sums(torch.ones_like(labels, dtype=torch.bool))[2]
for c in labels.unique().tolist():
    of = labels == c
    out = logits(inputs[of])
    loss = torch.nn.functional.cross_entropy(out, labels[of])
    accuracy = 100 * (out.argmax(1) == c).double().mean().item()
    share = curvature(loss) * of.sum().item() / len(labels) / whole
    counts, losses, curvatures = sums(of)
    present = (counts > 0).sum()
    loss_bar = bar(losses, counts, present, present)
    share_bar = bar(curvatures, everything, present, len(counts))
    right = int((out.argmax(1) == c).sum())
    interval = scipy.stats.binomtest(right, len(out)).proportion_ci(0.95, method="wilson")
    accuracy_bar = float(100 * max(interval.high - right / len(out), right / len(out) - interval.low))
    numbers = (loss.item(), loss_bar, accuracy, accuracy_bar, share, share_bar)
    print(c, of.sum().item(), *(repr(number) for number in numbers))
