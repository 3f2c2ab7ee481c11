"""The same picture by matplotlib's plot_surface: seconds a picture, with the surface, its contours on the ground and axes.

    plot_surface.py RUN [PICTURES]

Needs numpy, scipy, h5py and matplotlib (Debian: python3-matplotlib, python3-h5py, python3-scipy).
"""

import pathlib
import sys
import time

import h5py
import matplotlib
import numpy as np
from scipy.interpolate import RectBivariateSpline

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (after the backend is chosen)

FINE = 161


def main(run, pictures):
    last = sorted(pathlib.Path(run, "frames").glob("*.h5"))[-1]
    with h5py.File(last) as frame:
        alpha, beta = frame["xcoordinates"][:], frame["ycoordinates"][:]
        height = np.log10(frame["train_loss"][:])
    x = np.linspace(alpha[0], alpha[-1], FINE)
    y = np.linspace(beta[0], beta[-1], FINE)
    z = RectBivariateSpline(beta, alpha, height, kx=3, ky=3)(y, x)
    figure = plt.figure(figsize=(19.2, 10.8), dpi=100)
    axes = figure.add_subplot(projection="3d")
    grid = np.meshgrid(x, y)
    axes.plot_surface(*grid, z, cmap="viridis", rstride=1, cstride=1, antialiased=True)
    axes.contourf(*grid, z, levels=15, zdir="z", offset=z.min() - 0.5, cmap="viridis")
    figure.canvas.draw()
    start = time.perf_counter()
    for picture in range(pictures):
        axes.view_init(elev=38, azim=28 + 5 * picture)
        figure.canvas.draw()
        np.asarray(figure.canvas.buffer_rgba())
    seconds = (time.perf_counter() - start) / pictures
    print(f"matplotlib {matplotlib.__version__}: {1000 * seconds:.0f} ms a picture of 1920x1080, {FINE}x{FINE} points")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)
