"""Rise, convexity and persistence of the loss on planes through a network's weights, by PyTorch and SciPy.

Usage: random_planes.py DIRECTORY KEEP_PRUNED; it has inputs.csv, labels.csv, alpha.csv and beta.csv (one row of coordinates each), and of
each dense layer i weights-i.csv [in, out] and bias-i.csv, with standard normal draws of plane p in delta-p-i.csv and eta-p-i.csv.
Hidden layers are tanh, the last is softmax. Draws are set to zero where the weights are, if KEEP_PRUNED is true, then normalized by
filter (Li et al. 2018): each column gets the length of the weights' column. Prints "rise convexity convexity persistence" for each plane, with
the least and the largest convexity that rounding allows.
"""
import pathlib
import sys

import numpy as np
import scipy.ndimage
import torch

folder = pathlib.Path(sys.argv[1])
keeps_pruned = sys.argv[2] == "true"


def read(name):
    return torch.tensor(np.loadtxt(folder / f"{name}.csv", delimiter=",", ndmin=2))


inputs, labels = read("inputs"), read("labels").argmax(1)
alpha, beta = read("alpha")[0], read("beta")[0]
layers = len(list(folder.glob("weights-*.csv")))
weights = [read(f"weights-{i}") for i in range(layers)]
biases = [read(f"bias-{i}") for i in range(layers)]


def loss(moved):
    x = inputs
    for i in range(layers):
        x = x @ moved[i] + biases[i]
        x = torch.tanh(x) if i < layers - 1 else x
    return torch.nn.functional.cross_entropy(x, labels).item()


def direction(name):
    scaled = []
    for i, weight in enumerate(weights):
        drawn = read(f"{name}-{i}")
        if keeps_pruned:
            drawn = torch.where(weight == 0, torch.zeros_like(drawn), drawn)
        scaled.append(drawn * weight.norm(dim=0) / (drawn.norm(dim=0) + 1e-10))
    return scaled


def convexity(surface):
    """Least and largest share of inner points whose matrix of second differences has no negative eigenvalue."""
    rounding = 1e-9 * np.abs(surface).max()
    lowest = []
    for r in range(1, surface.shape[0] - 1):
        for c in range(1, surface.shape[1] - 1):
            s = surface[r - 1:r + 2, c - 1:c + 2]
            mixed = (s[2, 2] - s[2, 0] - s[0, 2] + s[0, 0]) / 4
            hessian = [[s[1, 0] - 2 * s[1, 1] + s[1, 2], mixed], [mixed, s[0, 1] - 2 * s[1, 1] + s[2, 1]]]
            lowest.append(np.linalg.eigvalsh(hessian)[0])
    return [float(np.mean(np.array(lowest) >= bound)) for bound in (rounding, -rounding)]


def error(surface, r, c):
    """How far a pass may lie lower between the points."""
    across = [surface[r, c - 1], surface[r, c + 1]] if 0 < c < surface.shape[1] - 1 else None
    along = [surface[r - 1, c], surface[r + 1, c]] if 0 < r < surface.shape[0] - 1 else None
    deviations = [abs(surface[r, c] - np.mean(pair)) for pair in (across, along) if pair]
    return max([d / 4 for d in deviations] + [1e-6 * abs(surface[r, c])])


def persistence(surface):
    """Depths of the hollows below the level at which they join a lower one, from the definition: level by level."""
    total, open_minima = 0, {}
    for level in np.sort(surface, axis=None):
        regions, count = scipy.ndimage.label(surface <= level, structure=np.ones((3, 3)))
        place = np.unravel_index(np.argmin(np.abs(surface - level)), surface.shape)
        minima = {scipy.ndimage.minimum_position(surface, regions, region) for region in range(1, count + 1)}
        for minimum in [m for m in open_minima if m not in minima]:
            depth = level - surface[minimum]
            if depth > error(surface, *place):
                total += depth
            del open_minima[minimum]
        open_minima.update(dict.fromkeys(minima))
    return total


here = loss(weights)
for plane in range(len(list(folder.glob("delta-*-0.csv")))):
    delta, eta = direction(f"delta-{plane}"), direction(f"eta-{plane}")
    surface = np.array([
        [loss([w + a * d + b * e for w, d, e in zip(weights, delta, eta)]) for a in alpha] for b in beta
    ])
    print(float(surface.mean() - here), *convexity(surface), float(persistence(surface)))
