#!/usr/bin/python3
"""Recomputes what `thalweg connect` found between two recorded networks, with PyTorch in double.

    recompute_connection.py FILE RUN/weights/N.h5 RUN2/weights/N.h5 VALIDATION.h5 [--tolerance 1e-4]

The training examples are the first run's probe.h5, all of them; VALIDATION.h5 has the other features and labels. Networks
with BatchNorm are left to others: FILE does not say which statistics a point had. Prints the largest relative deviations, and
exits with 1 where one is above the tolerance. Needs h5py, numpy and torch, and recompute.py next to it.
"""
import argparse
import json
import pathlib
import sys

import h5py
import torch

from recompute import Network, read_arrays, surface_errors


def read(path):
    with h5py.File(path, "r") as file:
        return read_arrays(file)


def path_errors(group, network, points, probe, name):
    """Relative deviations of the losses of a path, and deviations of its accuracies in examples."""
    losses, examples = [], []
    for i, point in enumerate(points):
        with torch.no_grad():
            logits = network.logits(point, probe["features"])
            loss = network.loss(logits, probe["labels"]).item()
        losses.append(abs(group[name + "_loss"][i] - loss) / max(abs(loss), 1e-12))
        accuracy = network.accuracy(logits, probe["labels"])
        examples.append(abs(group[name + "_acc"][i] - accuracy) / 100 * len(probe["labels"]))
    # A logit may change sides of a tie in single precision.
    return max(losses), max(0, max(examples) - 1.001)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("networks", type=pathlib.Path, nargs=2)
    parser.add_argument("validation", type=pathlib.Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()

    run = options.networks[0].parent.parent
    description = json.loads((run / "run.json").read_text())
    network = Network(description["model"], description["parameters"])
    first, second = (read(path) for path in options.networks)
    probes = {"train": read(run / "probe.h5"), "test": read(options.validation)}
    errors = {}
    with h5py.File(options.file, "r") as file:
        connection = file["connection"]
        bend = read_arrays(connection["bend"])
        places = connection["t"][:]
        # With its bend at the midpoint, the curve is the straight line.
        middle = {key: (first[key] + second[key]) / 2 for key in first}
        for path, between in (("line", middle), ("curve", bend)):
            points = [{key: (1 - t) ** 2 * first[key] + 2 * t * (1 - t) * between[key] + t ** 2 * second[key] for key in first}
                      for t in places]
            for name, probe in probes.items():
                loss, examples = path_errors(connection[path], network, points, probe, name)
                errors[f"{path}, {name}_loss"] = loss
                errors[f"{path}, {name}_acc"] = examples
        directions = {axis: read_arrays(file["directions"][axis]) for axis in ("delta", "eta")}
        for name, probe in probes.items():
            losses, examples, _ = surface_errors(
                network, first, directions, file, name, probe["features"], probe["labels"], False)
            errors[f"surface, {name}_loss"] = losses.max()
            errors[f"surface, {name}_acc"] = max(0, examples.max(initial=0) - 1.001)
        # The curve lies in the plane where the file says.
        off = 0
        for i, t in enumerate(places):
            for key in first:
                on_curve = (1 - t) ** 2 * first[key] + 2 * t * (1 - t) * bend[key] + t ** 2 * second[key]
                on_plane = (first[key] + connection["alpha"][i] * directions["delta"][key]
                            + connection["beta"][i] * directions["eta"][key])
                off = max(off, (on_curve - on_plane).abs().max().item())
        errors["curve on the plane"] = off
        lengths = [sum((values ** 2).sum().item() for values in directions[axis].values()) for axis in ("delta", "eta")]
        errors["lengths of the directions"] = abs(lengths[1] / lengths[0] - 1)

    disagreements = 0
    for name, error in errors.items():
        holds = error <= options.tolerance
        disagreements += not holds
        print(f"{name:26s} {error:.1e}" + ("" if holds else "  DISAGREES"))
    print(f"{len(places)} places of two paths recomputed, {disagreements} disagreements")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
