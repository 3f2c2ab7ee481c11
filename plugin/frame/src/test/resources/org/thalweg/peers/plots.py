#!/usr/bin/python3
"""Draws a file's contents as the plotting tools of tomgoldstein/loss-landscape do, using only the names and shapes that
those tools rely on.

    plots.py KIND FILE PICTURE

KIND is contour (plot_2D.py with a surface), trajectory (with directions and a projection as well), line (plot_1D.py),
convexity (the map of eigenvalue ratios) or mesh (h52vtp.py). Prints what it read, one "name value" per line; exits with
an error if a name is missing or a shape differs. Needs h5py, numpy and matplotlib.
"""
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def told(name, value):
    print(name, repr(float(value)))


def coordinates(file):
    x, y = np.array(file["xcoordinates"][:]), np.array(file["ycoordinates"][:])
    assert x.ndim == y.ndim == 1, (x.shape, y.shape)
    return x, y


def surface(file, name):
    """A surface and the meshed coordinates under it: rows are y, columns are x."""
    x, y = coordinates(file)
    meshed_x, meshed_y = np.meshgrid(x, y)
    z = np.array(file[name][:])
    assert z.shape == meshed_x.shape, f"{name} is {z.shape}, the coordinates mesh to {meshed_x.shape}"
    return meshed_x, meshed_y, z


def levels(z):
    """Where lines are drawn: the tools take these from the command line."""
    finite = z[np.isfinite(z)]
    return np.linspace(finite.min(), finite.max(), 12)[1:-1]


def contour(file):
    told("points", file["train_loss"].size)
    for name in ("train_loss", "train_acc", "test_loss", "test_acc"):
        if name not in file.keys():
            continue
        x, y, z = surface(file, name)
        told(name + "_min", np.nanmin(z))
        told(name + "_max", np.nanmax(z))
        plt.figure()
        lines = plt.contour(x, y, z, levels=levels(z))
        plt.clabel(lines, inline=1, fontsize=8)
        plt.contourf(x, y, z, levels=levels(z))


def trajectory(file):
    contour(file)
    x, y = file["proj_xcoord"][:], file["proj_ycoord"][:]
    plt.plot(x, y, marker=".")
    told("snapshots", len(x))
    told("start_x", x[0])
    told("end_x", x[-1])
    told("end_y", y[-1])
    directions = [[np.array(file[group][str(i)]) for i in range(len(file[group]))]
                  for group in ("xdirection", "ydirection")]
    told("arrays", len(directions[0]))
    told("norm_x", np.sqrt(sum((d.astype(np.float64) ** 2).sum() for d in directions[0])))
    told("norm_y", np.sqrt(sum((d.astype(np.float64) ** 2).sum() for d in directions[1])))
    if "explained_variance_ratio_" in file.keys():
        ratio_x, ratio_y = file["explained_variance_ratio_"][0], file["explained_variance_ratio_"][1]
        plt.xlabel("1st PC: %.2f %%" % (ratio_x * 100))
        plt.ylabel("2nd PC: %.2f %%" % (ratio_y * 100))
        told("ratio_x", ratio_x)
        told("ratio_y", ratio_y)
        assert len(file["singular_values_"]) == len(file["explained_variance_"]) == 2


def line(file):
    x = file["xcoordinates"][:]
    loss, accuracy = file["train_loss"][:], file["train_acc"][:]
    assert x.shape == loss.shape == accuracy.shape, (x.shape, loss.shape, accuracy.shape)
    _, losses = plt.subplots()
    accuracies = losses.twinx()
    losses.semilogy(x, loss, "b-")
    accuracies.plot(x, accuracy, "r-")
    told("points", len(x))
    told("train_loss_min", np.nanmin(loss))
    if "test_loss" in file.keys():
        losses.plot(x, file["test_loss"][:], "b--")
        accuracies.plot(x, file["test_acc"][:], "r--")
        told("test_loss_min", np.nanmin(file["test_loss"][:]))
    plt.figure()
    plt.plot(x, 100 - accuracy)


def convexity(file):
    x, _, smallest = surface(file, "min_eig")
    _, _, largest = surface(file, "max_eig")
    ratio = np.absolute(np.divide(smallest, largest))
    plt.imshow(ratio, origin="lower", vmin=0, vmax=0.5)
    told("points", x.size)
    told("ratio_max", np.nanmax(ratio))


def mesh(file):
    """The converter takes the root of the number of points as the number per side."""
    x, _, z = surface(file, "train_loss")
    side = int(np.sqrt(z.size))
    assert side * side == z.size, f"{z.shape} is not square"
    raveled = z.ravel()
    means = [np.mean([raveled[i], raveled[i + 1], raveled[i + side], raveled[i + side + 1]])
             for row in range(side - 1) for i in range(row * side, row * side + side - 1)]
    told("points", z.size)
    told("quads", len(means))
    told("mean_max", np.nanmax(means))
    told("x_max", x.max())


with h5py.File(sys.argv[2], "r") as opened:
    {"contour": contour, "trajectory": trajectory, "line": line, "convexity": convexity, "mesh": mesh}[sys.argv[1]](opened)
plt.savefig(sys.argv[3])
