#!/usr/bin/python3
"""Recomputes a frame's derivatives on its plane, its way to the validation valley, the loss at averaged weights, and Adam's
preconditioned curvature along the gradient with PyTorch and NumPy.

    plane_quantities.py RUN ITERATION MOMENTS LEARNING_RATE BETA1 BETA2 EPSILON

The run must have been recorded with weights, directions and a validation probe. MOMENTS is a file of little-endian doubles: Adam's
second moments at the iteration, array by array in the order of run.json, each in row-major
order. Prints a line `NAME VALUE` for each quantity. Needs h5py, numpy, scipy and torch.
"""
import json
import pathlib
import sys

import h5py
import numpy as np
import torch

from recompute import Network, attribute, read_arrays


def derivatives(network, theta, trainable, features, labels):
    """The gradient and a function that multiplies with the Hessian, both of flat vectors by `trainable`."""
    variables = [theta[key].clone().requires_grad_(True) for key in trainable]
    point = {**theta, **dict(zip(trainable, variables))}
    loss = network.loss(network.logits(point, features), labels)
    gradient = torch.cat([g.reshape(-1) for g in torch.autograd.grad(loss, variables, create_graph=True)])

    def multiply(vector):
        rows = torch.autograd.grad(gradient @ vector, variables, retain_graph=True)
        return torch.cat([row.reshape(-1) for row in rows])

    return gradient.detach(), multiply


def lowest(frame):
    """Coordinates of the lowest point of the validation surface, by least squares on its neighbourhood."""
    losses = frame["test_loss"][:]
    alphas, betas = frame["xcoordinates"][:], frame["ycoordinates"][:]
    row, column = np.unravel_index(np.nanargmin(losses), losses.shape)
    a, b = np.meshgrid(alphas[column - 1:column + 2], betas[row - 1:row + 2])
    a, b, values = a.reshape(-1), b.reshape(-1), losses[row - 1:row + 2, column - 1:column + 2].reshape(-1)
    design = np.stack([np.ones_like(a), a, b, a * a, a * b, b * b], axis=1)
    c = np.linalg.lstsq(design, values, rcond=None)[0]
    place = np.linalg.solve([[2 * c[3], c[4]], [c[4], 2 * c[5]]], [-c[1], -c[2]])
    cell = np.array([alphas[1] - alphas[0], betas[1] - betas[0]])
    bowl = c[3] > 0 and 4 * c[3] * c[5] > c[4] ** 2
    centre = np.array([alphas[column], betas[row]])
    return place if bowl and np.all(np.abs(place - centre) <= cell) else centre


def averaged(run, iteration):
    """The mean of the weights of all frames up to an iteration but the first, of up to six."""
    files = sorted((run / "weights").glob("*.h5"))[1:]
    read = []
    for path in files:
        if int(path.stem) <= iteration:
            with h5py.File(path, "r") as file:
                read.append(read_arrays(file))
    assert 1 < len(read) <= 6, "a plain mean is of up to six frames"
    return {key: torch.stack([weights[key] for weights in read]).mean(0) for key in read[0]}, len(read)


def main():
    run, iteration, moments = pathlib.Path(sys.argv[1]), int(sys.argv[2]), np.fromfile(sys.argv[3], "<f8")
    rate, beta1, beta2, epsilon = map(float, sys.argv[4:8])
    description = json.loads((run / "run.json").read_text())
    network = Network(description["model"], description["parameters"])
    name = f"{iteration:09d}.h5"
    with h5py.File(run / "probe.h5", "r") as file:
        probe = read_arrays(file)
    with h5py.File(run / "weights" / name, "r") as file:
        theta = read_arrays(file)
    with h5py.File(run / "frames" / name, "r") as frame:
        axes = {axis: read_arrays(frame["directions"][axis]) for axis in ("delta", "eta")}
        place = lowest(frame)
    trainable = [key for key in network.trainable if key in theta]
    delta, eta = (torch.cat([axes[axis].get(key, torch.zeros_like(theta[key])).reshape(-1) for key in trainable])
                  for axis in ("delta", "eta"))
    gradient, multiply = derivatives(network, theta, trainable, probe["features"], probe["labels"])
    along_delta, along_eta = multiply(delta), multiply(eta)
    print("plane_slope_alpha", (gradient @ delta).item())
    print("plane_slope_beta", (gradient @ eta).item())
    print("plane_curvature_alpha", (delta @ along_delta).item())
    print("plane_curvature_alpha_beta", (eta @ along_delta).item())
    print("plane_curvature_beta", (eta @ along_eta).item())
    print("validation_valley_distance", (place[0] * delta + place[1] * eta).norm().item())

    mean, frames = averaged(run, iteration)
    print("averaged_frames", frames)
    for name, prefix in (("averaged_loss", ""), ("averaged_validation_loss", "validation_")):
        logits = network.logits(mean, probe[prefix + "features"])
        print(name, network.loss(logits, probe[prefix + "labels"]).item())
    way = torch.cat([(mean[key] - theta[key]).reshape(-1) for key in trainable])
    place = np.linalg.lstsq(torch.stack([delta, eta], dim=1).numpy(), way.numpy(), rcond=None)[0]
    print("averaged_alpha", place[0])
    print("averaged_beta", place[1])

    second = torch.from_numpy(moments)
    corrected = (second / (1 - beta2 ** iteration)).sqrt() + epsilon / np.sqrt(1 - beta2 ** iteration)
    steps = rate / (corrected * (1 - beta1 ** iteration))
    threshold = (2 + 2 * beta1) / (1 - beta1)
    curvature = (steps * gradient) @ multiply(gradient) / (gradient @ gradient)
    print("preconditioned_gradient_curvature", curvature.item() / threshold)


if __name__ == "__main__":
    main()
