#!/usr/bin/python3
"""Recomputes trajectories on a plane from the runs' recorded weights, with scikit-learn, NumPy and PyTorch in double.

    recompute_trajectory.py FILE RUN [RUN ...] [--tolerance 1e-4] [--every 1]

FILE is the output of `thalweg trajectory RUN ... -o FILE`. Recomputes the principal components and the variance they
explain (if they span the plane), each snapshot's least-squares coordinates and distance, its loss with its own
statistics, the loss at its place on the plane, and the surface, of which --every 3 takes every third row and column,
both with the statistics of the plane's origin. Prints the largest deviations and exits with 1 if one is above the
tolerance. Deviations are relative; those of coordinates and distances are relative to the longest path. Needs h5py,
numpy, scikit-learn and torch, and recompute.py next to it.
"""
import argparse
import json
import pathlib
import sys

import h5py
import numpy as np
import sklearn.decomposition
import torch

from recompute import Network, attribute, read_arrays


class Runs:
    """The snapshots of the runs as rows over the trainable parameters, in the order in which the plane's arrays are."""

    def __init__(self, paths, keys, trajectories):
        self.keys = keys
        self.arrays = [[self._read(path, iteration) for iteration in trajectory["iteration"][:]]
                       for path, trajectory in zip(paths, trajectories)]
        self.rows = [np.stack([self.flat(arrays) for arrays in run]) for run in self.arrays]

    @staticmethod
    def _read(path, iteration):
        with h5py.File(path / "weights" / f"{iteration:09d}.h5", "r") as file:
            return read_arrays(file)

    def flat(self, arrays):
        return np.concatenate([arrays[key].numpy().reshape(-1) for key in self.keys])

    def moved(self, arrays, row):
        """The same arrays with the trainable parameters of a row."""
        moved, offset = dict(arrays), 0
        for key in self.keys:
            count = arrays[key].numel()
            moved[key] = torch.from_numpy(row[offset:offset + count]).reshape(arrays[key].shape)
            offset += count
        return moved


def relative(found, expected):
    found, expected = np.asarray(found), np.asarray(expected)
    return float(np.max(np.abs(found - expected) / np.maximum(np.abs(expected), 1e-12)))


def component_errors(file, runs, directions):
    """Against the differences to the first run's final point, centred at their mean by scikit-learn."""
    rows = np.concatenate(runs.rows) - runs.rows[0][-1]
    pca = sklearn.decomposition.PCA(n_components=3 if len(rows) > 3 else 2, svd_solver="full").fit(rows)
    errors = {name: relative(file[name][:], getattr(pca, name)[:2])
              for name in ("explained_variance_", "explained_variance_ratio_", "singular_values_")}
    sigma = np.append(pca.singular_values_, 0)
    for k, direction in enumerate(directions):
        # A component turns by the rounding divided by the gap to its neighbours, which is not an error.
        gap = min(abs(sigma[k] - sigma[j]) for j in (k - 1, k + 1) if j >= 0) / sigma[0]
        sine = np.sqrt(max(0, 1 - (direction @ pca.components_[k]) ** 2 / (direction @ direction)))
        errors[f"component {k + 1}"] = sine * min(1, gap)
    return errors


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("runs", type=pathlib.Path, nargs="+")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--every", type=int, default=1, help="of the surface, every so-many-th row and column")
    options = parser.parse_args()

    description = json.loads((options.runs[0] / "run.json").read_text())
    network = Network(description["model"], description["parameters"])
    with h5py.File(options.runs[0] / "probe.h5", "r") as file:
        probe = read_arrays(file)

    def loss(parameters, prefix=""):
        with torch.no_grad():
            logits = network.logits(parameters, probe[prefix + "features"])
            return network.loss(logits, probe[prefix + "labels"]).item()

    errors = {}
    with h5py.File(options.file, "r") as file:
        groups = [file["xdirection"], file["ydirection"]]
        count = len(groups[0])
        keys = [attribute(groups[0][str(i)], "key") for i in range(count)]
        directions = [np.concatenate([np.asarray(group[str(i)], dtype=np.float64).reshape(-1) for i in range(count)])
                      for group in groups]
        trajectories = [file["trajectory"][str(i)] for i in range(len(file["trajectory"]))]
        runs = Runs(options.runs, keys, trajectories)
        components = attribute(file["thalweg"], "plane") == "pca"
        centre = -1 if components else 0
        origin, statistics = runs.rows[0][centre], runs.arrays[0][centre]
        if components:
            errors.update(component_errors(file, runs, directions))

        def on_plane(alpha, beta):
            return runs.moved(statistics, origin + alpha * directions[0] + beta * directions[1])

        reach = max(np.abs(rows - origin).max(initial=0) for rows in runs.rows)
        reach = max(reach, max(np.linalg.norm(rows - origin, axis=1).max() for rows in runs.rows))
        plane = np.stack(directions, axis=1)
        lengths = np.linalg.norm(plane, axis=0)
        for rows, arrays, trajectory in zip(runs.rows, runs.arrays, trajectories):
            places = np.linalg.lstsq(plane, (rows - origin).T, rcond=None)[0]
            distances = np.linalg.norm(rows - origin - (plane @ places).T, axis=1)
            for name, found, expected, scale in (("alpha", "alpha", places[0], lengths[0]),
                                                 ("beta", "beta", places[1], lengths[1]),
                                                 ("distance", "distance", distances, 1)):
                deviation = np.max(np.abs(trajectory[found][:] - expected)) * scale / reach
                errors[name] = max(errors.get(name, 0), float(deviation))
            own = [loss(parameters) for parameters in arrays]
            there = [loss(on_plane(*place)) for place in zip(trajectory["alpha"][:], trajectory["beta"][:])]
            errors["loss"] = max(errors.get("loss", 0), relative(trajectory["loss"][:], own))
            errors["loss on the plane"] = max(
                errors.get("loss on the plane", 0), relative(trajectory["plane_loss"][:], there))
        sparse = slice(None, None, options.every)
        alphas, betas = file["xcoordinates"][sparse], file["ycoordinates"][sparse]
        for name, prefix in (("train_loss", ""), ("test_loss", "validation_")):
            if name in file:
                surface = [[loss(on_plane(alpha, beta), prefix) for alpha in alphas] for beta in betas]
                errors[name] = relative(file[name][sparse, sparse], surface)
        snapshots = sum(len(rows) for rows in runs.rows)
        points = len(alphas) * len(betas)

    for name, error in errors.items():
        print(f"{name:28s} {error:.1e}" + ("" if error <= options.tolerance else "  DISAGREES"))
    disagreements = sum(not error <= options.tolerance for error in errors.values())
    print(f"{snapshots} snapshots and {points} points recomputed, {disagreements} disagreements")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
