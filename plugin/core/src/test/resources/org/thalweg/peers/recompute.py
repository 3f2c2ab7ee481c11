#!/usr/bin/python3
"""Recomputes every number of a recorded run with PyTorch and SciPy, from the run's files alone.

    recompute.py RUN [--surface-tolerance 1e-4] [--eigenvalue-tolerance 1e-2]

The run must have been recorded with weights and directions. Everything is computed in double precision: the surfaces
at theta + alpha delta + beta eta, the extreme eigenvalues by ARPACK on products of autograd's Hessian. Prints a table
and exits with 1 if a number disagrees. Needs h5py, numpy, scipy and torch.
"""
import argparse
import json
import pathlib
import sys

import h5py
import numpy as np
import scipy.sparse.linalg
import torch
import torch.nn.functional as F

PROBABILITY_CLIP = 1e-10  # DL4J's clipping, active in objectives that go through DL4J's own loss
CENTRE_TOLERANCE = 1e-6

ACTIVATIONS = {
    "ActivationIdentity": lambda z: z,
    "ActivationReLU": torch.relu,
    "ActivationTanH": torch.tanh,
    "ActivationSigmoid": torch.sigmoid,
    "ActivationSoftPlus": F.softplus,
    "ActivationELU": F.elu,
    "ActivationSELU": F.selu,
}


def kind(configuration):
    """The simple name of a configuration's Java class."""
    return configuration["@class"].rsplit(".", 1)[-1]


def same_padding(z, kernel, stride):
    """Zeros around the last two axes so that the output has ceil(input / stride) entries, the odd one at the end."""
    pads = []
    for size, k, s in reversed(list(zip(z.shape[-2:], kernel, stride))):
        total = max((-(-size // s) - 1) * s + k - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(z, pads)


class Network:
    """A Deeplearning4j network from its configuration, of the layers of LeNets and multilayer perceptrons, with BatchNorm. Parameters are
    a dict by DL4J's keys, in DL4J's shapes."""

    def __init__(self, configuration, parameters):
        self.layers = [conf["layer"] for conf in configuration["confs"]]
        self.preprocessors = {int(i): p for i, p in configuration.get("inputPreProcessors", {}).items()}
        self.trainable = [p["key"] for p in parameters if p["trainable"]]
        output = self.layers[-1]
        self.output_activation = kind(output["activationFn"])
        self.loss_function = kind(output["lossFn"])

    def logits(self, parameters, features):
        """The input of the output layer's activation, [N, C]."""
        z = features
        for i, layer in enumerate(self.layers):
            z = self._prepare(i, z)
            z = getattr(self, "_" + kind(layer))(str(i) + "_", layer, parameters, z)
        return z

    def loss(self, logits, labels):
        """Mean over the examples of the output layer's loss."""
        if self.loss_function in ("LossMCXENT", "LossNegativeLogLikelihood") and self.output_activation == "ActivationSoftmax":
            return -(labels * F.log_softmax(logits, dim=1)).sum(1).mean()
        if self.loss_function == "LossBinaryXENT" and self.output_activation == "ActivationSigmoid":
            return F.binary_cross_entropy_with_logits(logits, labels, reduction="none").sum(1).mean()
        squares = (self._output(logits) - labels).square()
        if self.loss_function == "LossMSE":
            return squares.mean(1).mean()
        if self.loss_function == "LossL2":
            return squares.sum(1).mean()
        raise ValueError(f"no {self.loss_function} after {self.output_activation} here")

    def smallest_probability(self, logits, labels):
        """The smallest probability of a true class; 1 if the loss has no probabilities."""
        if self.output_activation != "ActivationSoftmax":
            return 1.0
        return (F.softmax(logits, dim=1) * labels).sum(1).min().item()

    def accuracy(self, logits, labels):
        """Percent of examples whose largest output is the true class."""
        return 100 * (logits.argmax(1) == labels.argmax(1)).double().mean().item()

    def _output(self, logits):
        if self.output_activation == "ActivationSoftmax":
            return F.softmax(logits, dim=1)
        return ACTIVATIONS[self.output_activation](logits)

    def _prepare(self, i, z):
        preprocessor = self.preprocessors.get(i)
        if preprocessor is None:
            return z
        if kind(preprocessor) == "FeedForwardToCnnPreProcessor":
            return z.reshape(-1, *(preprocessor[name] for name in ("numChannels", "inputHeight", "inputWidth")))
        if kind(preprocessor) == "CnnToFeedForwardPreProcessor":
            return z.flatten(1)
        raise ValueError(f"no {kind(preprocessor)} here")

    @staticmethod
    def _affine(prefix, parameters, z):
        product = z @ parameters[prefix + "W"]
        bias = parameters.get(prefix + "b")
        return product if bias is None else product + bias.reshape(-1)

    def _DenseLayer(self, prefix, layer, parameters, z):
        return ACTIVATIONS[kind(layer["activationFn"])](self._affine(prefix, parameters, z))

    def _OutputLayer(self, prefix, layer, parameters, z):
        return self._affine(prefix, parameters, z)

    def _ActivationLayer(self, prefix, layer, parameters, z):
        return ACTIVATIONS[kind(layer["activationFn"])](z)

    def _DropoutLayer(self, prefix, layer, parameters, z):
        return z

    def _ConvolutionLayer(self, prefix, layer, parameters, z):
        z, padding = self._pad(layer, z)
        bias = parameters.get(prefix + "b")
        out = F.conv2d(z, parameters[prefix + "W"], None if bias is None else bias.reshape(-1),
                       layer["stride"], padding, layer["dilation"])
        return ACTIVATIONS[kind(layer["activationFn"])](out)

    def _BatchNormalization(self, prefix, layer, parameters, z):
        """On running statistics; the variance is kept as such or as the logarithm of the standard deviation."""
        variance = parameters.get(prefix + "var")
        if variance is None:
            variance = (10 ** parameters[prefix + "log10stdev"]) ** 2
        gamma, beta = (parameters[prefix + name].reshape(-1) for name in ("gamma", "beta"))
        return F.batch_norm(z, parameters[prefix + "mean"].reshape(-1), variance.reshape(-1), gamma, beta, eps=layer["eps"])

    def _SubsamplingLayer(self, prefix, layer, parameters, z):
        if layer["poolingType"] == "MAX" and layer["convolutionMode"] != "Same":
            return F.max_pool2d(z, layer["kernelSize"], layer["stride"], layer["padding"], layer["dilation"])
        if layer["poolingType"] == "AVG" and layer["convolutionMode"] != "Same" and max(layer["padding"]) == 0:
            return F.avg_pool2d(z, layer["kernelSize"], layer["stride"])
        raise ValueError(f"no {layer['convolutionMode']} {layer['poolingType']} pooling here")

    @staticmethod
    def _pad(layer, z):
        if layer["convolutionMode"] != "Same":
            return z, layer["padding"]
        reach = [(k - 1) * d + 1 for k, d in zip(layer["kernelSize"], layer["dilation"])]
        return same_padding(z, reach, layer["stride"]), [0, 0]


class Check:
    """Collects comparisons and disagreements."""

    def __init__(self):
        self.failures = []

    def that(self, holds, message):
        if not holds:
            self.failures.append(message)
        return holds


def read_arrays(group):
    return {key.replace("%2F", "/"): torch.from_numpy(np.asarray(group[key], dtype=np.float64)) for key in group}


def attribute(group, name):
    """An attribute as a Python type, whether it was written as a scalar or as an array of one element."""
    value = np.asarray(group.attrs[name]).reshape(-1)[0]
    return value.decode() if isinstance(value, bytes) else value.item() if hasattr(value, "item") else str(value)


def surface_errors(network, theta, directions, frame, prefix, features, labels, clips):
    """Relative errors of a recorded surface's losses, errors of its accuracies in examples, and points left out."""
    alphas, betas = frame["xcoordinates"][:], frame["ycoordinates"][:]
    recorded, evaluated = frame[prefix + "_loss"][:], frame["thalweg/evaluated"][:]
    accuracies = frame[prefix + "_acc"][:] if prefix + "_acc" in frame else None
    losses, examples, left_out = [], [], 0
    for row, beta in enumerate(betas):
        for column, alpha in enumerate(alphas):
            if not evaluated[row, column]:
                continue
            with torch.no_grad():
                point = {key: value + alpha * directions["delta"].get(key, 0) + beta * directions["eta"].get(key, 0)
                         for key, value in theta.items()}
                logits = network.logits(point, features)
                loss = network.loss(logits, labels).item()
                if clips and network.smallest_probability(logits, labels) < PROBABILITY_CLIP:
                    left_out += 1
                    continue
                losses.append(abs(recorded[row, column] - loss) / max(abs(loss), 1e-12))
                if accuracies is not None:
                    correct = network.accuracy(logits, labels)
                    examples.append(abs(accuracies[row, column] - correct) / 100 * len(labels))
    return np.array(losses), np.array(examples), left_out


def extreme_eigenvalues(network, theta, trainable, features, labels, largest, smallest, tolerance):
    """The largest and the smallest eigenvalues of the Hessian, each descending, and the number of products."""
    variables = [theta[key].clone().requires_grad_(True) for key in trainable]
    point = {**theta, **dict(zip(trainable, variables))}
    loss = network.loss(network.logits(point, features), labels)
    gradient = torch.autograd.grad(loss, variables, create_graph=True)
    sizes = [v.numel() for v in variables]
    products = 0

    def multiply(vector):
        nonlocal products
        products += 1
        parts = torch.split(torch.from_numpy(np.ascontiguousarray(vector).reshape(-1)), sizes)
        inner = sum((g.reshape(-1) * part).sum() for g, part in zip(gradient, parts))
        rows = torch.autograd.grad(inner, variables, retain_graph=True)
        return torch.cat([row.reshape(-1) for row in rows]).numpy()

    hessian = scipy.sparse.linalg.LinearOperator((sum(sizes), sum(sizes)), matvec=multiply, dtype=np.float64)
    start = np.random.default_rng(20201103).standard_normal(sum(sizes))

    def end(k, which):
        if k == 0:
            return np.array([])
        return np.sort(scipy.sparse.linalg.eigsh(
            hessian, k=k, which=which, v0=start, tol=tolerance / 10, return_eigenvectors=False))[::-1]

    return end(largest, "LA"), end(smallest, "SA"), products


def check_eigenvalues(check, name, frame, recompute):
    """Compares a frame's eigenvalues and returns their column of the table."""
    curvature = frame["curvature"]
    iteration = attribute(frame["thalweg"], "iteration")
    if "eigenvalues" not in curvature:
        reason = attribute(curvature, "reason")
        # Before training finite differences may have no answer; afterwards there must be one, unless none was asked for.
        check.that(reason == "off" or iteration == 0, f"{name}: no eigenvalues, because of: {reason}")
        return f"no eigenvalues: {reason}"
    recorded = curvature["eigenvalues"][:]
    converged = curvature["converged"][:]
    largest = int(attribute(curvature, "largest"))
    top, bottom, products = recompute(largest, len(recorded) - largest)
    scale = max(abs(top[0]) if len(top) else 0, abs(recorded).max())
    words = []
    for value, reference, sure in zip(recorded, np.concatenate([top, bottom]), converged):
        error = abs(value - reference) / max(abs(reference), 0.01 * scale)
        words.append(f"{'' if sure else '~'}{value:.6g} / {reference:.6g} ({error:.1e})")
        if sure:
            check.that(error <= recompute.tolerance, f"{name}: eigenvalue {value} should be {reference}")
    return ", ".join(words) + f", {products} products"


class Recomputation:
    """ARPACK's answer for one frame."""

    def __init__(self, network, theta, trainable, features, labels, tolerance):
        self.problem = (network, theta, trainable, features, labels)
        self.tolerance = tolerance

    def __call__(self, largest, smallest):
        return extreme_eigenvalues(*self.problem, largest, smallest, self.tolerance)


def check_frame(check, path, run, network, probe, options):
    """Compares all numbers of a frame, and prints its line."""
    weights = run / "weights" / path.name
    with h5py.File(path, "r") as frame, h5py.File(weights, "r") as weight_file:
        theta = read_arrays(weight_file)
        directions = {axis: read_arrays(frame["directions"][axis]) for axis in ("delta", "eta")}
        loss = attribute(frame["thalweg"], "loss")
        clips = attribute(frame["thalweg"], "objective").startswith("network")
        centre = frame["train_loss"][:][np.abs(frame["ycoordinates"][:]).argmin(), np.abs(frame["xcoordinates"][:]).argmin()]
        check.that(abs(centre - loss) <= CENTRE_TOLERANCE * max(1, abs(loss)),
                   f"{path.name}: the surface has {centre} at its centre, the frame's loss is {loss}")
        line = f"{path.stem}  loss {loss:.6f}"
        for prefix, features, labels in (("train", "features", "labels"),
                                         ("test", "validation_features", "validation_labels")):
            if prefix + "_loss" not in frame:
                continue
            errors, examples, left_out = surface_errors(
                network, theta, directions, frame, prefix, probe[features], probe[labels], clips)
            worst = errors.max() if len(errors) else float("nan")
            check.that(len(errors) > 0, f"{path.name}: no point of the {prefix} surface could be compared")
            check.that(np.all(errors <= options.surface_tolerance),
                       f"{path.name}: the {prefix} surface is off by {worst:.2e} relative")
            # A logit may change sides of a tie in single precision.
            check.that(np.all(examples <= 1 + 0.005 * len(probe[labels])),
                       f"{path.name}: the {prefix} accuracy is off by {examples.max(initial=0):.0f} examples")
            line += f"  {prefix}: {len(errors)} points, worst {worst:.1e}, {left_out} clipped"
        trainable = [key for key in network.trainable if key in theta]
        eigenvalues = Recomputation(network, theta, trainable, probe["features"], probe["labels"],
                                    options.eigenvalue_tolerance)
        print(line + "  eigenvalues: " + check_eigenvalues(check, path.name, frame, eigenvalues), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--surface-tolerance", type=float, default=1e-4, help="relative")
    parser.add_argument("--eigenvalue-tolerance", type=float, default=1e-2,
                        help="of max(|lambda|, 0.01 lambda_max)")
    options = parser.parse_args()

    description = json.loads((options.run / "run.json").read_text())
    network = Network(description["model"], description["parameters"])
    with h5py.File(options.run / "probe.h5", "r") as file:
        probe = read_arrays(file)
    frames = sorted((options.run / "frames").glob("*.h5"))
    check = Check()
    check.that(len(frames) > 0, f"{options.run} has no frames")
    for path in frames:
        check_frame(check, path, options.run, network, probe, options)
    for failure in check.failures:
        print("DISAGREES " + failure)
    print(f"{len(frames)} frames recomputed, {len(check.failures)} disagreements")
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
