#!/usr/bin/python3
"""Prints the results of benchmarks/run in a folder as Markdown tables."""

import json
import os
import sys

GRID = {
    "LENET": "LeNet, 512 images, loss at a grid point",
    "VGG_BN_RELU": "VGG, Conv-BN-ReLU, 512 images, loss at a grid point",
    "VGG_RELU_BN": "VGG, Conv-ReLU-BN, 512 images, loss at a grid point",
    "MLP": "MLP 784-256-128-10, 512 images, loss at a grid point",
    "LSTM": "LSTM 2 x 128, 64 sequences of 100 steps, loss at a grid point",
    "MOBILENET": "MobileNetV2-like, 256 images, loss at a grid point",
}
HESSIAN = {
    "LENET": "LeNet, 512 images, one Hessian-vector product",
    "VGG_BN_RELU": "VGG, Conv-BN-ReLU, 512 images, one Hessian-vector product",
    "LSTM": "LSTM 2 x 128, 64 sequences of 100 steps, one Hessian-vector product",
    "MOBILENET": "MobileNetV2-like, 256 images, one Hessian-vector product",
}


class Results:
    def __init__(self, folder):
        self.folder = folder

    def read(self, name):
        with open(os.path.join(self.folder, name + ".json")) as file:
            return json.load(file)

    def jmh(self, name):
        """Median and minimum in milliseconds, by benchmark method."""
        times = {}
        for entry in self.read(name):
            percentiles = entry["primaryMetric"]["scorePercentiles"]
            times[entry["benchmark"].rsplit(".", 1)[1]] = (percentiles["50.0"], percentiles["0.0"])
        return times

    def torch(self, name):
        result = self.read("torch-" + name)
        return result["median"], result["min"]


def cell(times):
    return f"{times[0]:,.1f} ({times[1]:,.1f})"


def compared(results, kind, labels):
    for subject, label in labels.items():
        own, peer = results.jmh(f"{kind}-{subject}"), results.torch(f"{kind}-{subject}")
        thalweg, dl4j = own["thalweg"], own["deeplearning4j"]
        rate = results.read(f"torch-{kind}-{subject}")["gflop"] * (1 if kind == "grid" else 6) / thalweg[0] * 1000
        print(f"| {label} | {cell(thalweg)} | {cell(dl4j)} | {dl4j[0] / thalweg[0]:.1f} | {cell(peer)} "
              f"| {peer[0] / thalweg[0]:.1f} | {rate:,.0f} |")  # fmt: skip


def main(folder):
    results = Results(folder)
    print("| work | Thalweg | Deeplearning4j | ratio | PyTorch | ratio | GFLOP/s |\n|---|---|---|---|---|---|---|")
    compared(results, "grid", GRID)
    compared(results, "hessian", HESSIAN)

    print("\n| work | seconds | resident after the first | after the last | at most |\n|---|---|---|---|---|")
    for name in ("memory-LENET", "memory-VGG_BN_RELU", "surface-VGG13"):
        with open(os.path.join(folder, name + ".md")) as file:
            print(file.read(), end="")
    peer = results.torch("grid-VGG13")[0] * 51 * 51 / 1000
    print(f"\nPyTorch, 51x51 surface of the 13-layer VGG, 32 images: {peer:,.0f} s (2,601 times the median point)\n")

    print("| LeNet, 512 images, points | seconds | ms a point |\n|---|---|---|")
    for entry in results.read("points"):
        points, time = int(entry["params"]["side"]) ** 2, entry["primaryMetric"]["score"]
        print(f"| {points:,} | {time:.2f} | {1000 * time / points:.1f} |")

    print("\n| LeNet, images | ms | microseconds an image |\n|---|---|---|")
    for entry in results.read("probe"):
        images, time = int(entry["params"]["examples"]), entry["primaryMetric"]["scorePercentiles"]["50.0"]
        print(f"| {images:,} | {time:.1f} | {1000 * time / images:.1f} |")


if __name__ == "__main__":
    main(sys.argv[1])
