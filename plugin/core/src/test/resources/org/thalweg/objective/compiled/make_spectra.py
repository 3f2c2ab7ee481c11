#!/usr/bin/python3
"""Spectra of Hessians: extreme eigenvalues by SciPy's eigsh on PyTorch's exact products, and moments of the dense matrix.

Run in this folder, with Debian's python3-torch (1.13), python3-scipy, python3-h5py and python3-numpy:

    /usr/bin/python3 make_spectra.py

It writes spectra.h5, with the same values every time: a LeNet, a VGG with BatchNorm and a residual graph, each as
initialized and after training. Each is a case as in make_fixtures.py, and also has

    largest   [5], the algebraically largest eigenvalues of the Hessian, descending
    smallest  [5], the algebraically smallest, descending
    @trace    sum of all eigenvalues
    @squares  sum of their squares
"""

import os

import h5py
import numpy as np
import torch
from case import Case
from make_fixtures import activation, chain, conv, dense, global_pool, graph, norm, norm_then_relu, output, pool
from scipy.sparse.linalg import LinearOperator, eigsh

EXAMPLES = 32
WANTED = 5


class SpectrumCase(Case):
    """Examples are noisy versions of one pattern per class, so that there is something to learn."""

    def __init__(self, description, steps, examples=EXAMPLES):
        super().__init__(description, batch_size=examples, seed=7, examples=examples)
        generator = np.random.default_rng(11)
        patterns = self.network.noise(generator, self.labels[0].shape[1], *self.features[0].shape[1:])
        self.features = [(patterns[self.labels[0].argmax(1)] + self.features[0]).float().double()]
        self.train(steps)

    def parameters(self):
        return [self.network.weights[key].clone().requires_grad_() for key in self.network.trainable]

    def train(self, steps):
        parameters = self.parameters()
        optimizer = torch.optim.Adam(parameters, lr=0.01)
        for _ in range(steps):
            optimizer.zero_grad()
            self.loss(*parameters).backward()
            optimizer.step()
        self.network.weights.update(zip(self.network.trainable, (p.detach() for p in parameters)))

    def products(self):
        """The function v -> H v, and the number of parameters."""
        parameters = self.parameters()
        gradient = torch.autograd.grad(self.loss(*parameters), parameters, create_graph=True)
        flat = torch.cat([g.reshape(-1) for g in gradient])

        def product(v):
            rows = torch.autograd.grad(flat @ torch.from_numpy(v.reshape(-1)), parameters, retain_graph=True)
            return torch.cat([row.reshape(-1) for row in rows]).numpy()

        return product, len(flat)

    def hessian(self):
        product, size = self.products()
        matrix = np.stack([product(column) for column in np.eye(size)])
        return (matrix + matrix.T) / 2

    def write(self, group):
        super().write(group)
        product, size = self.products()
        operator = LinearOperator((size, size), matvec=product, dtype=float)
        start = np.random.default_rng(13).standard_normal(size)
        for name, which in (("largest", "LA"), ("smallest", "SA")):
            values = eigsh(operator, WANTED, which=which, v0=start, tol=1e-10, return_eigenvectors=False)
            group[name] = np.sort(values)[::-1]
        matrix = self.hessian()
        group.attrs["trace"], group.attrs["squares"] = np.trace(matrix), (matrix**2).sum()


def lenet():
    return chain([1, 14, 14], conv(6, 5, "IDENTITY"), pool(), conv(8, 3), pool(), dense(20), output(10))


def vgg():
    first = *norm_then_relu(4), *norm_then_relu(4), pool()
    second = *norm_then_relu(6), *norm_then_relu(6), pool()
    return chain([1, 8, 8], *first, *second, dense(16), output(10))


def residual():
    nodes, last = [("stem", ["in"], conv(4, 3, mode="Same"))], "stem"
    for i in (1, 2):
        nodes += [
            (f"conv{i}a", [last], conv(4, 3, "IDENTITY", mode="Same")),
            (f"norm{i}", [f"conv{i}a"], norm()),
            (f"relu{i}", [f"norm{i}"], activation("RELU")),
            (f"conv{i}b", [f"relu{i}"], conv(4, 3, "IDENTITY", mode="Same")),
            (f"add{i}", [f"conv{i}b", last], {"type": "elementwise", "op": "Add"}),
            (f"block{i}", [f"add{i}"], activation("RELU")),
        ]
        last = f"block{i}"
    nodes += [("pool", [last], global_pool("AVG")), ("out", ["pool"], output(5))]
    return graph({"in": [2, 8, 8]}, ["out"], *nodes)


def states():
    """Name, network and training steps of every case."""
    for name, network, steps in (("lenet", lenet(), 60), ("vgg", vgg(), 30), ("residual", residual(), 300)):
        yield f"{name}-untrained", network, 0
        yield f"{name}-trained", network, steps


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with h5py.File(os.path.join(folder, "spectra.h5"), "w", libver="latest") as file:
        for name, network, steps in states():
            SpectrumCase(network, steps).write(file.create_group(name))


if __name__ == "__main__":
    main()
