"""The reference values of one case, by automatic differentiation; see make_fixtures.py."""

import json

import numpy as np
import torch
from networks import LOSSES, Network

DENSE_LIMIT = 150
EXAMPLES = 6
SEED = 12345


class Case:
    def __init__(
        self, description, mode="RUNNING", batch_size=EXAMPLES, regularized=False, masks=None, seed=0, examples=EXAMPLES
    ):
        self.mode, self.batch_size, self.regularized = mode, batch_size, regularized
        self.examples = examples
        generator = np.random.default_rng(seed)
        self.network = Network(description, generator)
        # Single precision, so that a FLOAT network sees the same examples.
        shapes = [(examples, *shape) for shape in description["inputs"].values()]
        self.features = [Network.noise(generator, *shape).float().double() for shape in shapes]
        self.nodes = [self.network.kernels[name].node for name in description["outputs"]]
        self.labels = [self.draw_labels(generator, *pair) for pair in zip(self.nodes, self.network.output_sizes)]
        self.masks = [self.draw_mask(generator, m, n) for m, n in zip(masks or [], self.network.output_sizes)]
        self.noise = self.network.draw(SEED, EXAMPLES) if mode == "TRAINING" else {}
        self.vector = {k: Network.noise(generator, *self.network.weights[k].shape) for k in self.network.trainable}

    def draw_labels(self, generator, node, size):
        if node["loss"] in ("MCXENT", "NEGATIVELOGLIKELIHOOD"):
            return torch.eye(size)[torch.from_numpy(generator.integers(0, size, self.examples))]
        if node["loss"] == "XENT":
            return torch.from_numpy(generator.integers(0, 2, (self.examples, size)).astype(float))
        return Network.noise(generator, self.examples, size).float().double()

    def draw_mask(self, generator, kind, size):
        if kind is None:
            return None
        mask = generator.integers(0, 2, (self.examples, 1 if kind == "example" else size)).astype(float)
        mask[0], mask[1] = 0, 1
        return torch.from_numpy(mask)

    def mask(self, output):
        given = self.masks[output] if self.masks else None
        return torch.ones_like(self.labels[output]) if given is None else given.expand_as(self.labels[output])

    def loss(self, *trainable):
        weights = {**self.network.weights, **dict(zip(self.network.trainable, trainable))}
        total = torch.zeros(())
        for start in range(0, self.examples, self.batch_size):
            rows = slice(start, start + self.batch_size)
            features = [x[rows] for x in self.features]
            noise = {name: drawn[:, rows] for name, drawn in self.noise.items()}
            outputs = self.network.outputs(weights, features, self.mode != "RUNNING", noise)
            for i, (logits, _) in enumerate(outputs):
                node = self.nodes[i]
                terms = LOSSES[node["loss"]](node["activation"], logits, self.labels[i][rows]) * self.mask(i)[rows]
                if "weights" in node:
                    terms = terms * torch.tensor(node["weights"])
                total = total + terms.sum() / self.examples
        return total + self.network.penalty(weights) if self.regularized else total

    def accuracy(self):
        if len(self.nodes) > 1 or self.mode != "RUNNING":
            return None
        output = self.network.outputs(self.network.weights, self.features, False)[0][1]
        labels, mask = self.labels[0], self.mask(0)
        if self.nodes[0]["activation"] == "SOFTMAX":
            right, counted = (output.argmax(1) == labels.argmax(1)).double(), mask.amax(1)
        elif self.nodes[0]["activation"] == "SIGMOID":
            right, counted = ((output > 0.5) == (labels > 0.5)).double(), mask
        else:
            return None
        return 100 * float((right * counted).sum() / counted.sum())

    def write(self, group):
        trainable = tuple(self.network.weights[k].clone().requires_grad_() for k in self.network.trainable)
        vector = tuple(self.vector.values())
        loss = self.loss(*trainable)
        gradient = torch.autograd.grad(loss, trainable, create_graph=True)
        slope = sum((g * v).sum() for g, v in zip(gradient, vector))
        product = torch.autograd.grad(slope, trainable, allow_unused=True)
        product = [torch.zeros_like(p) if h is None else h for h, p in zip(product, trainable)]

        group.attrs["network"] = json.dumps(self.network.description)
        group.attrs["mode"], group.attrs["batchSize"] = self.mode, self.batch_size
        group.attrs["regularized"], group.attrs["loss"] = int(self.regularized), loss.item()
        if self.mode == "TRAINING":
            group.attrs["seed"] = SEED
        if self.accuracy() is not None:
            group.attrs["accuracy"] = self.accuracy()
        for name, arrays in (("features", self.features), ("labels", self.labels), ("mask", self.masks)):
            for i, array in enumerate(arrays):
                if array is not None:
                    group[f"{name}_{i}"] = array.float().numpy()
        for name, drawn in self.noise.items():
            group[f"noise/{name}"] = drawn.numpy()
        for key, rows in zip(self.network.trainable, zip(trainable, gradient, vector, product)):
            group[f"trainable/{key}"] = torch.stack([row.detach() for row in rows]).numpy()
        for key in sorted(self.network.weights.keys() - self.network.trainable):
            group[f"constant/{key}"] = self.network.weights[key].numpy()
        if sum(p.numel() for p in trainable) <= DENSE_LIMIT:
            group["eigenvalues"] = torch.linalg.eigvalsh(self.dense_hessian(trainable))[[0, -1]].numpy()

    def dense_hessian(self, trainable):
        blocks = torch.autograd.functional.hessian(self.loss, tuple(p.detach() for p in trainable))
        sizes = [p.numel() for p in trainable]
        return torch.cat([torch.cat([b.reshape(n, m) for b, m in zip(row, sizes)], 1) for row, n in zip(blocks, sizes)])
