#!/usr/bin/python3
"""The same work in PyTorch, with two threads (or OMP_NUM_THREADS): what benchmarks/run compares with.

    /usr/bin/python3 peers.py grid LENET 512      # loss at a grid point
    /usr/bin/python3 peers.py hessian LENET 512   # one Hessian-vector product, the graph of the gradient kept

prints one JSON object with the median and the minimum in milliseconds and the GFLOP of a forward pass. A grid point is
theta + alpha d + beta e written into the weights, and a forward pass without gradients, as in
tomgoldstein/loss-landscape; a product differentiates gradient times vector once more, as PyHessian does. Debian's
python3-torch 1.13.
"""

import json
import os
import statistics
import sys
import time

import torch
from torch import nn

SECONDS = 9


def convolution(n_in, n_out, order):
    norm, relu = nn.BatchNorm2d(n_out), nn.ReLU()
    return [nn.Conv2d(n_in, n_out, 3, padding=1), *((norm, relu) if order == "BN_RELU" else (relu, norm))]


def vgg(blocks, dense, order):
    layers, n_in = [], 1
    for block in blocks:
        for width in block:
            layers += convolution(n_in, width, order)
            n_in = width
        layers.append(nn.MaxPool2d(2))
    layers.append(nn.Flatten())
    for width in dense:
        layers += [nn.Linear(n_in, width), nn.ReLU()]
        n_in = width
    return nn.Sequential(*layers, nn.Linear(n_in, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10),
    )  # fmt: skip


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)
    )


class Lstm(nn.Module):
    """Two layers of 128 units, and a softmax behind the last step."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 128, 2, batch_first=True)
        self.output = nn.Linear(128, 10)

    def forward(self, sequences):
        return self.output(self.lstm(sequences)[0][:, -1])


class InvertedResidual(nn.Module):
    def __init__(self, n_in, n_out, stride):
        super().__init__()
        wide = 6 * n_in
        self.adds = stride == 1 and n_in == n_out
        self.layers = nn.Sequential(
            nn.Conv2d(n_in, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU6(),
            nn.Conv2d(wide, wide, 3, stride, 1, groups=wide, bias=False), nn.BatchNorm2d(wide), nn.ReLU6(),
            nn.Conv2d(wide, n_out, 1, bias=False), nn.BatchNorm2d(n_out),
        )  # fmt: skip

    def forward(self, x):
        return x + self.layers(x) if self.adds else self.layers(x)


def mobilenet():
    layers, n_in = [nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU6()], 16
    for n_out, stride in [(16, 1), (24, 2), (24, 1), (32, 2), (32, 1)]:
        layers.append(InvertedResidual(n_in, n_out, stride))
        n_in = n_out
    head = [nn.Conv2d(32, 128, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU6()]
    return nn.Sequential(*layers, *head, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10))


SMALL = [[16, 16], [32, 32], [64, 64, 64], [128, 128, 128]]
LARGE = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512]]
SUBJECTS = {
    "LENET": lenet,
    "VGG_BN_RELU": lambda: vgg(SMALL, [1024], "BN_RELU"),
    "VGG_RELU_BN": lambda: vgg(SMALL, [1024], "RELU_BN"),
    "MLP": mlp,
    "LSTM": Lstm,
    "MOBILENET": mobilenet,
    "VGG13": lambda: vgg(LARGE, [4096, 4096], "BN_RELU"),
}


def flops(network, images):
    """Two a multiply-add of the convolutions, dense and recurrent layers of a forward pass."""
    total = sum(
        2 * weight.numel() * images.shape[0] * images.shape[1]
        for m in network.modules() if isinstance(m, nn.LSTM)
        for name, weight in m.named_parameters() if name.startswith("weight")
    )  # fmt: skip

    def count(layer, inputs, output):
        nonlocal total
        total += 2 * output.numel() * layer.weight[0].numel()

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    with torch.no_grad():
        network(images)
    for hook in hooks:
        hook.remove()
    return total


def grid_point(network, images, labels):
    parameters = list(network.parameters())
    theta = [p.detach().clone() for p in parameters]
    delta, eta = ([0.1 * torch.randn_like(p) for p in parameters] for _ in range(2))

    @torch.no_grad()
    def work():
        for p, t, d, e in zip(parameters, theta, delta, eta):
            p.copy_(t + 0.3 * d - 0.2 * e)
        return nn.functional.cross_entropy(network(images), labels).item()

    return work


def hessian_product(network, images, labels):
    parameters = list(network.parameters())
    loss = nn.functional.cross_entropy(network(images), labels)
    gradient = torch.autograd.grad(loss, parameters, create_graph=True)
    vector = [torch.randn_like(p) for p in parameters]
    return lambda: torch.autograd.grad(gradient, parameters, grad_outputs=vector, retain_graph=True)


def main(what, subject, examples):
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    torch.manual_seed(1)
    network = SUBJECTS[subject]().eval()
    shape = (100, 64) if subject == "LSTM" else (1, 28, 28)
    images, labels = torch.randn(examples, *shape), torch.randint(0, 10, (examples,))
    work = {"grid": grid_point, "hessian": hessian_product}[what](network, images, labels)
    for _ in range(3):
        work()
    samples, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(samples) < 3:
        start = time.perf_counter()
        work()
        samples.append(1000 * (time.perf_counter() - start))
    result = {"median": statistics.median(samples), "min": min(samples), "samples": len(samples)}
    print(json.dumps({**result, "gflop": flops(network, images) / 1e9}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
