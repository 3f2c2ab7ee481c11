#!/usr/bin/python3
"""Recomputes the results of `thalweg analyze` for recorded networks, with PyTorch and ARPACK in double.

    recompute_analysis.py FILE RUN/weights/N.h5 [RUN2/weights/N.h5] [--states] [--tolerance 1e-4] [--eigenvalue-tolerance 1e-2]

FILE is a surface that was written with its directions, with or without a convexity map, or, given two networks, the line
from the first to the second; --states if BatchNorm's statistics move along it. The data are the first run's probe.h5.
Prints the largest deviations, relative; eigenvalues' of max(|lambda|, 0.01 |lambda_max|). Exits with 1 if one is above
the tolerance. Needs h5py, numpy, scipy and torch, and recompute.py next to it.
"""
import argparse
import json
import pathlib
import sys

import h5py
import numpy as np
import torch

from recompute import Network, extreme_eigenvalues, read_arrays, surface_errors


def read(path):
    with h5py.File(path, "r") as file:
        return read_arrays(file)


def line_errors(file, network, first, second, probe, states):
    """Deviations of a line's losses, and of its accuracies in examples."""
    moving = [key for key in first if states or key in network.trainable]
    found = {}
    for name, prefix in (("train", ""), ("test", "validation_")):
        if name + "_loss" not in file:
            continue
        losses, examples = [], []
        features, labels = probe[prefix + "features"], probe[prefix + "labels"]
        for i, alpha in enumerate(file["xcoordinates"][:]):
            point = {key: value + alpha * (second[key] - value) if key in moving else value for key, value in first.items()}
            with torch.no_grad():
                logits = network.logits(point, features)
                loss = network.loss(logits, labels).item()
            losses.append(abs(file[name + "_loss"][i] - loss) / max(abs(loss), 1e-12))
            examples.append(abs(file[name + "_acc"][i] - network.accuracy(logits, labels)) / 100 * len(labels))
        found[name + "_loss"] = max(losses)
        # A logit may change sides of a tie in single precision.
        found[name + "_acc, examples"] = max(0, max(examples) - 1.001)
    return found


def convexity_errors(file, network, theta, directions, probe, tolerance):
    """Deviations of both ends of the spectrum at the points of a convexity map."""
    evaluated = file["convexity/evaluated"][:] != 0
    trainable = [key for key in network.trainable if key in theta]
    errors = {"min_eig": [], "max_eig": []}
    for row, column in zip(*np.nonzero(evaluated)):
        if not file["convexity/converged"][row, column]:
            continue
        alpha, beta = file["xcoordinates"][column], file["ycoordinates"][row]
        point = {key: value + alpha * directions["delta"].get(key, 0) + beta * directions["eta"].get(key, 0)
                 for key, value in theta.items()}
        top, bottom, _ = extreme_eigenvalues(network, point, trainable, probe["features"], probe["labels"], 1, 1, tolerance)
        scale = 0.01 * max(abs(top[0]), abs(bottom[0]))
        for name, expected in (("min_eig", bottom[0]), ("max_eig", top[0])):
            errors[name].append(abs(file[name][row, column] - expected) / max(abs(expected), scale))
    outside = np.isfinite(file["min_eig"][:][~evaluated])
    assert not outside.any(), "there are eigenvalues between the points of the map"
    return {name: max(values) for name, values in errors.items()}, len(errors["min_eig"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("networks", type=pathlib.Path, nargs="+")
    parser.add_argument("--states", action="store_true")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--eigenvalue-tolerance", type=float, default=1e-2)
    options = parser.parse_args()

    run = options.networks[0].parent.parent
    description = json.loads((run / "run.json").read_text())
    network = Network(description["model"], description["parameters"])
    probe = read(run / "probe.h5")
    networks = [read(path) for path in options.networks]
    limits, told = {}, []
    with h5py.File(options.file, "r") as file:
        if "ycoordinates" not in file:
            errors = line_errors(file, network, *networks, probe, options.states)
            told.append(f"{len(file['xcoordinates'])} points of a line")
        else:
            directions = {axis: read_arrays(file["directions"][axis]) for axis in ("delta", "eta")}
            errors = {}
            for name, prefix in (("train", ""), ("test", "validation_")):
                if name + "_loss" in file:
                    losses, examples, _ = surface_errors(network, networks[0], directions, file, name,
                                                         probe[prefix + "features"], probe[prefix + "labels"], False)
                    errors[name + "_loss"] = losses.max()
                    errors[name + "_acc, examples"] = max(0, examples.max(initial=0) - 1.001)
            told.append(f"{file['train_loss'].size} points of a surface")
            if "min_eig" in file:
                eigenvalues, points = convexity_errors(
                    file, network, networks[0], directions, probe, options.eigenvalue_tolerance)
                errors.update(eigenvalues)
                limits.update({name: options.eigenvalue_tolerance for name in eigenvalues})
                told.append(f"{points} points of a convexity map")

    disagreements = 0
    for name, error in errors.items():
        holds = error <= limits.get(name, options.tolerance)
        disagreements += not holds
        print(f"{name:24s} {error:.1e}" + ("" if holds else "  DISAGREES"))
    print(", ".join(told) + f" recomputed, {disagreements} disagreements")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
