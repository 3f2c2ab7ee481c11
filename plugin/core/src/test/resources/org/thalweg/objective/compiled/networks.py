"""Networks with Deeplearning4j's semantics in PyTorch; see make_fixtures.py."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from noise import noise_of_example

torch.set_default_dtype(torch.float64)

# Deeplearning4j's own constants: hardsigmoid's slope 0.2, leaky ReLU's 0.01, GELU as x sigmoid(1.702 x).
ACTIVATIONS = {
    "IDENTITY": lambda z: z,
    "RELU": torch.relu,
    "LEAKYRELU": lambda z: F.leaky_relu(z, 0.01),
    "ELU": F.elu,
    "SELU": torch.selu,
    "SOFTPLUS": lambda z: torch.log1p(torch.exp(-z.abs())) + torch.relu(z),
    "TANH": torch.tanh,
    "SIGMOID": torch.sigmoid,
    "HARDSIGMOID": lambda z: torch.clamp(0.2 * z + 0.5, 0, 1),
    "SWISH": lambda z: z * torch.sigmoid(z),
    "GELU": lambda z: z * torch.sigmoid(1.702 * z),
    "SOFTMAX": lambda z: torch.softmax(z, 1),
    "CUBE": lambda z: z**3,
    "SOFTSIGN": F.softsign,
    "MISH": F.mish,
    "RECTIFIEDTANH": lambda z: torch.relu(torch.tanh(z)),
    "HARDTANH": F.hardtanh,
    "RELU6": F.relu6,
    "THRESHOLDEDRELU": lambda z: F.threshold(z, 1.0, 0.0),
}


def cross_entropy(activation, z, y):
    """-y log a(z), by log-softmax if a is softmax."""
    log = torch.log_softmax(z, 1) if activation == "SOFTMAX" else torch.log(ACTIVATIONS[activation](z))
    return -y * log


def binary_cross_entropy(activation, z, y):
    assert activation == "SIGMOID"
    return -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z))


def difference(power, mean):
    def loss(activation, z, y):
        terms = (ACTIVATIONS[activation](z) - y).abs() ** power
        return terms / z.shape[1] if mean else terms

    return loss


# The terms of an example's loss, one per output unit; the example's loss is their sum.
LOSSES = {
    "MCXENT": cross_entropy,
    "NEGATIVELOGLIKELIHOOD": cross_entropy,
    "XENT": binary_cross_entropy,
    "MSE": difference(2, True),
    "L2": difference(2, False),
    "MEAN_ABSOLUTE_ERROR": difference(1, True),
    "L1": difference(1, False),
}


class Kernel:
    """One layer or vertex: its parameters' shapes and its function of the inputs."""

    def __init__(self, node, shapes):
        self.node, self.shapes = node, shapes

    def parameters(self):
        return {}

    def value(self, inputs, p, batch_statistics):
        raise NotImplementedError

    def activation(self, z):
        return ACTIVATIONS[self.node.get("activation", "IDENTITY")](z)

    def noisy_shape(self):
        """The shape of an example's input for dropout: channels first."""
        return self.shapes[0]


class Dense(Kernel):
    def parameters(self):
        n_in, n_out = math.prod(self.shapes[0]), self.node["out"]
        return {"W": (n_in, n_out), "b": (n_out,)} if self.node.get("bias", True) else {"W": (n_in, n_out)}

    def noisy_shape(self):
        return (math.prod(self.shapes[0]),)

    def logits(self, inputs, p):
        z = inputs[0].flatten(1) @ p["W"]
        return z + p["b"] if "b" in p else z

    def value(self, inputs, p, batch_statistics):
        return self.activation(self.logits(inputs, p))


class LossLayer(Kernel):
    def logits(self, inputs, p):
        return inputs[0]

    def value(self, inputs, p, batch_statistics):
        return self.activation(inputs[0])


def windows(node, x, value):
    """Pads an image as the convolution mode says: (top, left) before, the rest after."""
    if node.get("mode", "Truncate") != "Same":
        pad = node.get("padding", [0, 0])
        return F.pad(x, (pad[1], pad[1], pad[0], pad[0]), value=value)
    before_after = []
    for axis in (1, 0):
        size, stride = x.shape[2 + axis], node.get("stride", [1, 1])[axis]
        extent = (node["kernel"][axis] - 1) * node.get("dilation", [1, 1])[axis] + 1
        total = max(0, (math.ceil(size / stride) - 1) * stride + extent - size)
        before_after += [total // 2, total - total // 2]
    return F.pad(x, before_after, value=value)


class Convolution(Kernel):
    def parameters(self):
        n_out = self.node["out"]
        weights = (n_out, self.shapes[0][0], *self.node["kernel"])
        return {"W": weights, "b": (n_out,)} if self.node.get("bias", True) else {"W": weights}

    def value(self, inputs, p, batch_statistics):
        stride, dilation = self.node.get("stride", [1, 1]), self.node.get("dilation", [1, 1])
        x = windows(self.node, inputs[0], 0.0)
        return self.activation(F.conv2d(x, p["W"], p.get("b"), stride=stride, dilation=dilation))


class Depthwise(Kernel):
    """W [height, width, in, multiplier]; output channel c multiplier + m is channel c with filter m."""

    def parameters(self):
        n_in, multiplier = self.shapes[0][0], self.node.get("multiplier", 1)
        weights = (*self.node["kernel"], n_in, multiplier)
        return {"W": weights, "b": (n_in * multiplier,)} if self.node.get("bias", True) else {"W": weights}

    def filters(self, p):
        return p["W"].permute(2, 3, 0, 1)

    def maps(self, inputs, p, bias):
        filters = self.filters(p)
        groups = filters.shape[0]
        x = windows(self.node, inputs[0], 0.0)
        filters = filters.reshape(-1, 1, *filters.shape[2:])
        return F.conv2d(x, filters, bias, stride=self.node.get("stride", [1, 1]), groups=groups)

    def value(self, inputs, p, batch_statistics):
        return self.activation(self.maps(inputs, p, p.get("b")))


class Separable(Depthwise):
    """W [multiplier, in, height, width], then pW [out, in multiplier, 1, 1]."""

    def parameters(self):
        n_in, multiplier, n_out = self.shapes[0][0], self.node.get("multiplier", 1), self.node["out"]
        weights = (multiplier, n_in, *self.node["kernel"])
        return {"W": weights, "pW": (n_out, n_in * multiplier, 1, 1), "b": (n_out,)}

    def filters(self, p):
        return p["W"].transpose(0, 1)

    def value(self, inputs, p, batch_statistics):
        return self.activation(F.conv2d(self.maps(inputs, p, None), p["pW"], p["b"]))


class Convolution3D(Kernel):
    def parameters(self):
        n_out = self.node["out"]
        return {"W": (n_out, self.shapes[0][0], *self.node["kernel"]), "b": (n_out,)}

    def value(self, inputs, p, batch_statistics):
        stride, padding = self.node.get("stride", 1), self.node.get("padding", 0)
        return self.activation(F.conv3d(inputs[0], p["W"], p["b"], stride=stride, padding=padding))


class Pooling(Kernel):
    def value(self, inputs, p, batch_statistics):
        kernel, stride, x = self.node["kernel"], self.node["stride"], inputs[0]
        if self.node["pool"] == "MAX":
            return F.max_pool2d(windows(self.node, x, -math.inf), kernel, stride)
        # Deeplearning4j divides by the cells inside the image.
        inside = F.avg_pool2d(windows(self.node, torch.ones_like(x), 0.0), kernel, stride)
        return F.avg_pool2d(windows(self.node, x, 0.0), kernel, stride) / inside


class BatchNorm(Kernel):
    def parameters(self):
        n = self.shapes[0][0]
        return {"gamma": (n,), "beta": (n,), "mean": (n,), self.spread(): (n,)}

    def spread(self):
        return "log10stdev" if self.node.get("logStd", True) else "var"

    def value(self, inputs, p, batch_statistics):
        x = inputs[0]
        axes = [axis for axis in range(x.dim()) if axis != 1]
        if batch_statistics and not self.node.get("frozen", False):
            mean, var = x.mean(axes), x.var(axes, unbiased=False)
        else:
            mean, var = p["mean"], p["var"] if "var" in p else 10 ** (2 * p["log10stdev"])
        shape = [1, -1] + [1] * (x.dim() - 2)
        normalized = (x - mean.reshape(shape)) / torch.sqrt(var + self.node.get("eps", 1e-5)).reshape(shape)
        return p["gamma"].reshape(shape) * normalized + p["beta"].reshape(shape)


class Activation(Kernel):
    def value(self, inputs, p, batch_statistics):
        return self.activation(inputs[0])


class Dropout(Kernel):
    def value(self, inputs, p, batch_statistics):
        return inputs[0]


class GlobalPooling(Kernel):
    def value(self, inputs, p, batch_statistics):
        axes = tuple(range(2, inputs[0].dim()))
        return inputs[0].amax(axes) if self.node["pool"] == "MAX" else inputs[0].mean(axes)


class ZeroPadding(Kernel):
    def value(self, inputs, p, batch_statistics):
        top, bottom, left, right = self.node["padding"]
        return F.pad(inputs[0], (left, right, top, bottom))


class ElementWise(Kernel):
    OPERATIONS = {
        "Add": lambda x: sum(x[1:], x[0]),
        "Subtract": lambda x: x[0] - x[1],
        "Average": lambda x: sum(x[1:], x[0]) / len(x),
        "Product": lambda x: torch.stack(x).prod(0),
    }

    def value(self, inputs, p, batch_statistics):
        return self.OPERATIONS[self.node["op"]](inputs)


class Merge(Kernel):
    def value(self, inputs, p, batch_statistics):
        return torch.cat(inputs, 1)


NODES = {
    "dense": Dense, "output": Dense, "loss": LossLayer, "convolution": Convolution, "pooling": Pooling,
    "batchnorm": BatchNorm, "activation": Activation, "dropout": Dropout, "globalpooling": GlobalPooling,
    "depthwise": Depthwise, "separable": Separable, "convolution3d": Convolution3D, "zeropadding": ZeroPadding, "elementwise": ElementWise, "merge": Merge,
}  # fmt: skip


class Network:
    """Deeplearning4j's function of its parameters, from the description in the file."""

    def __init__(self, description, generator):
        self.description = description
        self.kernels, self.weights, self.trainable = {}, {}, []
        values = {name: self.noise(generator, 2, *shape) for name, shape in description["inputs"].items()}
        for node in description["nodes"]:
            inputs = [values[name] for name in node["from"]]
            kernel = NODES[node["type"]](node, [tuple(x.shape[1:]) for x in inputs])
            self.kernels[node["name"]] = kernel
            for name, shape in kernel.parameters().items():
                key = f"{node['name']}_{name}"
                self.weights[key] = self.initial(generator, name, shape)
                if not node.get("frozen", False) and name not in ("mean", "var", "log10stdev"):
                    self.trainable.append(key)
            values[node["name"]] = kernel.value(inputs, self.of(node["name"], self.weights), False)
        self.output_sizes = [values[name].shape[1] for name in description["outputs"]]

    @staticmethod
    def noise(generator, *shape):
        return torch.from_numpy(generator.standard_normal(shape))

    def initial(self, generator, name, shape):
        noise = self.noise(generator, *shape)
        if name == "W":
            fan_in = shape[0] if len(shape) == 2 else math.prod(shape[1:])
            return noise * math.sqrt(2 / fan_in)
        if name == "var":
            return 0.5 + noise.abs()
        return {"gamma": 1 + 0.3 * noise, "log10stdev": 0.2 * noise}.get(name, 0.3 * noise)

    def of(self, node, weights):
        prefix = node + "_"
        return {k[len(prefix) :]: v for k, v in weights.items() if k.startswith(prefix)}

    def draw(self, seed, examples):
        """Factors and summands of dropout, [2, examples, ...], by the name of the node."""
        noise = {}
        for name, kernel in self.kernels.items():
            dropout = kernel.node.get("dropOut")
            if dropout is not None and not kernel.node.get("frozen", False):
                shape = kernel.noisy_shape()
                drawn = [noise_of_example(dropout, seed, len(noise), i, shape) for i in range(examples)]
                noise[name] = torch.from_numpy(np.stack(drawn, 1))
        return noise

    def outputs(self, weights, features, batch_statistics, noise=None):
        """Logits and activations of each output; noise has the factors and summands of dropout for these examples."""
        values = dict(zip(self.description["inputs"], features))
        for name, kernel in self.kernels.items():
            inputs = [values[source] for source in kernel.node["from"]]
            if noise is not None and name in noise:
                factor, summand = noise[name]
                inputs[0] = inputs[0].reshape(factor.shape) * factor + summand
            if name in self.description["outputs"]:
                values["logits of " + name] = kernel.logits(inputs, self.of(name, weights))
            values[name] = kernel.value(inputs, self.of(name, weights), batch_statistics)
        return [(values["logits of " + name], values[name]) for name in self.description["outputs"]]

    def penalty(self, weights):
        d, total = self.description, torch.zeros(())
        for key in self.trainable:
            suffix = {"W": "", "b": "Bias"}.get(key.rsplit("_", 1)[1])
            if suffix is not None:
                decay = d.get("weightDecay", 0) if suffix == "" else 0
                total = total + d.get("l1" + suffix, 0) * weights[key].abs().sum()
                total = total + 0.5 * (d.get("l2" + suffix, 0) + decay) * (weights[key] ** 2).sum()
        return total
