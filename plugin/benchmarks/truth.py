#!/usr/bin/python3
"""Eigenvalues and traces of networks with known Hessians: by Thalweg, by a plain PyTorch recipe, and by SciPy.

    truth.py CLASSPATH         called by ./truth; needs Debian's python3-torch and python3-scipy

The truth is the matrix in closed form, in double, and its eigenvalues by LAPACK:

  linear regression   2 / (N m) x x^T for each of m outputs
  softmax regression  mean of (diag(p) - p p^T) (x) x x^T
  deep linear         y = W_L ... W_1 x under squared error: Gauss-Newton part J^T J, and for each two layers the residual

The plain recipe is what one writes in an afternoon: double backward in single precision, power iteration with deflation for
the five largest eigenvalues (relative change below 1e-3, at most 100 iterations each), power iteration on H - lambda_max I
for the smallest, Hutchinson's estimator with 100 vectors for the trace. SciPy is ARPACK (`eigsh`) over the same products in
double. All get one thread; times are that thread's processor time, of the second run where there are two.
"""

import math
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import scipy.linalg
import torch
from scipy.sparse.linalg import LinearOperator, eigsh

EACH_END = 5
TOLERANCE = 1e-3
SEED = 20261130


class Case:
    """A network without hidden activations: its layers' sizes, weights, examples and loss."""

    def __init__(self, name, loss, sizes, examples, generator):
        self.name, self.loss, self.sizes = name, loss, sizes
        scales = 1 / np.sqrt(1 + np.arange(sizes[0]))
        self.x = generator.standard_normal((examples, sizes[0])) * scales
        self.weights = [generator.standard_normal((i, o)) / math.sqrt(i) for i, o in zip(sizes, sizes[1:])]
        self.bias = None if len(sizes) > 2 else 0.1 * generator.standard_normal(sizes[-1])
        if loss == "mse":
            self.y = self.x @ generator.standard_normal((sizes[0], sizes[-1])) + generator.standard_normal((examples, sizes[-1]))
        else:
            self.y = np.eye(sizes[-1])[generator.integers(0, sizes[-1], examples)]

    def theta(self):
        """All parameters in Deeplearning4j's order: column by column, each bias after its weights."""
        parts = [w.ravel(order="F") for w in self.weights]
        return np.concatenate(parts + ([] if self.bias is None else [self.bias]))

    def closed_form(self):
        """The Hessian and the Gauss-Newton matrix."""
        if len(self.sizes) > 2:
            return self._deep_linear()
        examples, outputs = self.y.shape
        inputs = np.hstack([self.x, np.ones((examples, 1))])
        if self.loss == "mse":
            blocks = np.kron(np.eye(outputs), 2 / (examples * outputs) * inputs.T @ inputs)
        else:
            logits = self.x @ self.weights[0] + self.bias
            p = np.exp(logits - logits.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            width = inputs.shape[1]
            blocks = np.zeros((outputs * width, outputs * width))
            for a in range(outputs):
                for b in range(outputs):
                    share = p[:, a] * ((a == b) - p[:, b]) / examples
                    blocks[a * width:(a + 1) * width, b * width:(b + 1) * width] = (inputs * share[:, None]).T @ inputs
        return blocks, blocks

    def _deep_linear(self):
        examples, outputs = self.y.shape
        layers = len(self.weights)
        c = 2 / (examples * outputs)

        def product(first, last):
            result = np.eye(self.sizes[first])
            for w in self.weights[first:last]:
                result = result @ w
            return result

        before = [self.x @ product(0, a) for a in range(layers)]
        after = [product(a + 1, layers) for a in range(layers)]
        residual = before[-1] @ self.weights[-1] - self.y
        jacobian = np.hstack([np.kron(after[a].T, before[a]) for a in range(layers)])
        gauss_newton = c * jacobian.T @ jacobian
        hessian = gauss_newton.copy()
        starts = np.cumsum([0] + [w.size for w in self.weights])
        for a in range(layers):
            for b in range(a + 1, layers):
                # sum of residual * (before_a dW_a between dW_b after_b), entry by entry.
                s = before[a].T @ residual @ after[b].T
                between = product(a + 1, b)
                block = c * np.einsum("ik,jl->jikl", s, between)
                block = block.reshape(self.weights[a].size, -1)
                hessian[starts[a]:starts[a + 1], starts[b]:starts[b + 1]] += block
                hessian[starts[b]:starts[b + 1], starts[a]:starts[a + 1]] += block.T
        return hessian, gauss_newton

    def torch_parameters(self, dtype):
        arrays = self.weights + ([] if self.bias is None else [self.bias])
        return [torch.tensor(array, dtype=dtype, requires_grad=True) for array in arrays]

    def outputs(self, parameters, x):
        for w in parameters[:len(self.weights)]:
            x = x @ w
        return x if self.bias is None else x + parameters[-1]

    def torch_loss(self, outputs, y):
        if self.loss == "mse":
            return ((outputs - y) ** 2).mean()
        return -(y * torch.log_softmax(outputs, 1)).sum(1).mean()


class Products:
    """Products with the Hessian by double backward, or with the Gauss-Newton matrix by a forward and a backward derivative."""

    def __init__(self, case, matrix, dtype):
        self.parameters = case.torch_parameters(dtype)
        x, y = torch.tensor(case.x, dtype=dtype), torch.tensor(case.y, dtype=dtype)
        self.sizes = [p.numel() for p in self.parameters]
        self.count = 0
        outputs = case.outputs(self.parameters, x)
        loss = case.torch_loss(outputs, y)
        if matrix == "hessian":
            self.gradient = torch.autograd.grad(loss, self.parameters, create_graph=True)
            self.product = self._hessian
        else:
            self.outputs = outputs
            (self.slope,) = torch.autograd.grad(loss, outputs, create_graph=True)
            self.dummy = torch.zeros_like(outputs, requires_grad=True)
            self.pulled = torch.autograd.grad(outputs, self.parameters, self.dummy, create_graph=True)
            self.product = self._gauss_newton

    def __call__(self, vector):
        self.count += 1
        parts = torch.split(vector, self.sizes)
        return torch.cat([part.reshape(-1) for part in self.product([v.view_as(p) for v, p in zip(parts, self.parameters)])])

    def _hessian(self, parts):
        dot = sum((g * v).sum() for g, v in zip(self.gradient, parts))
        found = torch.autograd.grad(dot, self.parameters, retain_graph=True, allow_unused=True)
        return [torch.zeros_like(p) if f is None else f for f, p in zip(found, self.parameters)]

    def _gauss_newton(self, parts):
        (forward,) = torch.autograd.grad(self.pulled, self.dummy, parts, retain_graph=True)
        (bent,) = torch.autograd.grad(self.slope, self.outputs, forward, retain_graph=True)
        return torch.autograd.grad(self.outputs, self.parameters, bent, retain_graph=True)


def power_iteration(product, known, n, generator):
    v = torch.randn(n, generator=generator)
    value = None
    for _ in range(100):
        for _, u in known:
            v = v - (v @ u) * u
        v = v / v.norm()
        image = product(v)
        new = (v @ image).item()
        if value is not None and abs(new - value) <= TOLERANCE * abs(value):
            return new, v
        value, v = new, image
    return value, v / v.norm()


def plain(case, matrix):
    """Five largest, the smallest, the trace, products and seconds for the eigenvalues."""
    start = time.thread_time()
    product = Products(case, matrix, torch.float32)
    n = sum(product.sizes)
    generator = torch.Generator().manual_seed(SEED)
    found = []
    for _ in range(EACH_END):
        found.append(power_iteration(product, found, n, generator))
    top = found[0][0]
    smallest = []
    if matrix == "hessian":
        smallest = [top + power_iteration(lambda v: product(v) - top * v, [], n, generator)[0]]
    seconds, products = time.thread_time() - start, product.count
    samples = []
    for _ in range(100):
        z = torch.randint(0, 2, (n,), generator=generator).float() * 2 - 1
        samples.append((z @ product(z)).item())
    trace = (np.mean(samples), np.std(samples, ddof=1) / math.sqrt(len(samples)))
    return sorted((value for value, _ in found), reverse=True), smallest, trace, products, seconds


def arpack(case, matrix):
    start = time.thread_time()
    product = Products(case, matrix, torch.float64)
    n = sum(product.sizes)

    operator = LinearOperator((n, n), matvec=lambda v: product(torch.from_numpy(np.ascontiguousarray(v))).numpy(), dtype=float)
    v0 = np.random.default_rng(SEED).standard_normal(n)
    largest = eigsh(operator, EACH_END, which="LA", tol=TOLERANCE, v0=v0, maxiter=100000, return_eigenvectors=False)
    smallest = []
    if matrix == "hessian":
        smallest = eigsh(operator, EACH_END, which="SA", tol=TOLERANCE, v0=v0, maxiter=100000, return_eigenvectors=False)
    return np.sort(largest)[::-1], np.sort(smallest), None, product.count, time.thread_time() - start


def thalweg(classpath, folder, cases):
    words = []
    for case in cases:
        for suffix, values in (("x", case.x), ("y", case.y), ("theta", case.theta())):
            np.ascontiguousarray(values, dtype="<f8").tofile(os.path.join(folder, f"{case.name}.{suffix}"))
        words += [case.name, case.loss, "-".join(map(str, case.sizes))]
    command = ["java", "-Xmx2g", "-cp", classpath, "org.thalweg.benchmarks.KnownHessians", folder, *words]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.splitlines()
    found = {}
    # ND4J writes its own messages to the same stream.
    for row in (line.split() for line in lines if line.startswith("truth ")):
        _, name, matrix, kind, products, seconds, residual, *values = row
        numbers = [float(value) for value in values]
        found[name, matrix, kind] = (
            numbers[:EACH_END], numbers[EACH_END:-2][::-1], numbers[-2:], int(products), float(seconds), float(residual))
    return found


def cases():
    generator = np.random.default_rng(SEED)
    yield Case("linear", "mse", [50, 8], 400, generator)
    yield Case("softmax", "softmax", [60, 10], 500, generator)
    yield Case("deep-linear-3", "mse", [30, 20, 15, 8], 300, generator)
    yield Case("deep-linear-4", "mse", [50, 40, 30, 20, 10], 300, generator)


def main():
    all_cases = list(cases())
    with tempfile.TemporaryDirectory() as folder:
        ours = thalweg(sys.argv[1], folder, all_cases)
    print("| network, matrix | P | by | largest 5 | smallest | trace | products | s |")
    print("|---|---|---|---|---|---|---|---|")
    worst = 0
    for case in all_cases:
        for matrix, truth in zip(("hessian", "gauss-newton"), case.closed_form()):
            if matrix == "gauss-newton" and len(case.sizes) == 2:
                continue  # the same matrix
            exact = scipy.linalg.eigvalsh(truth)
            size = np.abs(exact).max()
            mine = {kind: ours[case.name, matrix, kind] for kind in ("FLOAT", "DOUBLE")}
            rows = [("Thalweg, float", *mine["FLOAT"][:5]), ("Thalweg, double", *mine["DOUBLE"][:5]),
                    ("plain PyTorch, float", *plain(case, matrix)), ("SciPy, double", *arpack(case, matrix))]
            for number, (by, largest, smallest, trace, products, seconds) in enumerate(rows):
                top = max(abs(a - b) for a, b in zip(largest, exact[::-1])) / size
                bottom = f"{max(abs(a - b) for a, b in zip(smallest, exact)) / size:.1e}" if len(smallest) else ""
                off = ""
                if trace is not None:
                    error = abs(trace[0] - exact.sum())
                    off = f"{error / abs(exact.sum()):.1e}, {error / trace[1]:.1f} s.e."
                label = f"{case.name}, {matrix}" if number == 0 else ""
                print(f"| {label} | {len(exact) if label else ''} | {by} | {top:.1e} | {bottom} | {off} | {products} | {seconds:.3f} |",
                      flush=True)
            # LAPACK's own error.
            floor = len(exact) * np.finfo(float).eps * size
            for kind, (largest, smallest, _, _, _, residual) in mine.items():
                factor = max((np.abs(exact - value).min() - floor) / residual for value in (*largest, *smallest))
                print(f"{case.name} {matrix} {kind}: {factor:.2g} of residual {residual:.1e}", file=sys.stderr)
                worst = max(worst, factor)
    print(f"\nThe distance of Thalweg's eigenvalues from true ones is at most {worst:.2g} of the largest residual that it states.")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
