#!/usr/bin/python3
"""Operator-vector products of Thalweg's Lanczos and of ARPACK, on the same matrices and from the same start vectors.

    products.py CLASSPATH      called by ./products; needs Debian's python3-torch, python3-scipy, python3-h5py

Both ends, five eigenvalues each, residual <= tolerance * |eigenvalue|: ARPACK's `which="BE"` with k=10, and its "LA" and
"SA" with k=5 each. Matrices are Hessians of networks (those of core's make_spectra.py, and an MLP in training), and
others whose spectra are hard in one way or another.
"""

import os
import subprocess
import sys
import tempfile

import numpy as np
import torch
from scipy.sparse.linalg import LinearOperator, eigsh

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../core/src/test/resources/org/thalweg/objective/compiled"))

from make_fixtures import chain, dense, output  # noqa: E402
from make_spectra import SpectrumCase, states  # noqa: E402

BASES = (21, 40)
TOLERANCES = (1e-3, 1e-6)
EACH_END = 5
MATRIX = "matrix"
BELOW_BOTH_ENDS = 1.10
BELOW_ONE_BY_ONE = 0.70


def matrices():
    generator = np.random.default_rng(7)
    n = 1000
    bulk = 0.2 * generator.standard_normal(n - 12)
    yield "outliers and a bulk", np.diag([30, 18, 11, 7, 5, 3, 2, *bulk, -1.1, -1.3, -1.5, -1.8, -2.2])
    noise = generator.standard_normal((n, n))
    yield "random symmetric", (noise + noise.T) / 2
    yield "1-D Laplacian", 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    yield "two geometric series", np.diag([*(100 * 0.8 ** np.arange(n / 2)), *(-5 * 0.9 ** np.arange(n / 2))])
    mlp = chain([49], dense(12, "TANH"), output(10))
    for steps in (0, 40, 400):
        yield f"MLP, {steps} steps", SpectrumCase(mlp, steps, examples=256).hessian()
    for name, network, steps in states():
        yield name.replace("-", ", "), SpectrumCase(network, steps).hessian()


def arpack(matrix, start, which, k, basis, tolerance):
    count = 0

    def product(v):
        nonlocal count
        count += 1
        return matrix @ v

    operator = LinearOperator(matrix.shape, matvec=product, dtype=float)
    values = eigsh(
        operator, k, which=which, ncv=basis, tol=tolerance, v0=start, maxiter=10000, return_eigenvectors=False
    )
    return count, values


def thalweg(classpath, folder, runs):
    words = [str(word) for run in runs for word in run]
    command = ["java", "-Xmx2g", "-cp", classpath, "org.thalweg.benchmarks.LanczosProducts", folder, *words]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    # ND4J writes its own messages to the same stream.
    rows = [line.split() for line in lines if line.startswith(MATRIX + " ")]
    assert len(rows) == len(runs) and all(row[4] == "CONVERGED" for row in rows), lines
    return [(int(row[3]), float(row[5]), float(row[6])) for row in rows]


def main():
    print("| spectrum | P | basis | tolerance | Thalweg | BE | ratio | LA + SA | fewer |")
    print("|---|---|---|---|---|---|---|---|---|")
    missed = 0
    for name, matrix in matrices():
        start = np.random.default_rng(3).standard_normal(len(matrix))
        with tempfile.TemporaryDirectory() as folder:
            matrix.astype("<f8").tofile(os.path.join(folder, MATRIX + ".matrix"))
            start.astype("<f8").tofile(os.path.join(folder, MATRIX + ".start"))
            runs = [(MATRIX, basis, tolerance) for basis in BASES for tolerance in TOLERANCES]
            ours = thalweg(sys.argv[1], folder, runs)
        for (_, basis, tolerance), (products, top, bottom) in zip(runs, ours):
            both, values = arpack(matrix, start, "BE", 2 * EACH_END, basis, tolerance)
            single = sum(arpack(matrix, start, which, EACH_END, basis, tolerance)[0] for which in ("LA", "SA"))
            scale = tolerance * np.abs(values).max()
            assert abs(top - values.max()) < scale and abs(bottom - values.min()) < scale, (name, top, bottom, values)
            good = products <= BELOW_BOTH_ENDS * both and products <= BELOW_ONE_BY_ONE * single
            missed += not good
            print(
                f"| {name} | {len(matrix)} | {basis} | {tolerance:.0e} | {products} | {both} | {products / both:.2f} | "
                f"{single} | {100 * (1 - products / single):.0f} %{'' if good else ' (missed)'} |",
                flush=True,
            )
    print(f"\n{missed} rows beyond {BELOW_BOTH_ENDS} of BE or {BELOW_ONE_BY_ONE} of LA + SA")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
