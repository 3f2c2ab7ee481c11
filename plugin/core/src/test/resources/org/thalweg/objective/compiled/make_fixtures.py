#!/usr/bin/python3
"""Reference values of losses, gradients and Hessians, by PyTorch's automatic differentiation in double precision.

Run in this folder, with Debian's python3-torch (1.13), python3-h5py and python3-numpy:

    /usr/bin/python3 make_fixtures.py

It writes the *.h5 files to this folder, with the same values every time. Each file has a handful of cases, and each
case is a group. The networks (networks.py) follow Deeplearning4j's semantics and share no code with Thalweg.

A case:

    @network      JSON: {"inputs": {name: shape of an example}, "nodes": [{"name", "type", "from": [...], ...}],
                  "outputs": [...], "l1", "l2", "weightDecay", "l1Bias", "l2Bias"}; the types are those of NODES in
                  networks.py
    @mode         RUNNING, BATCH or TRAINING (BatchNorm on running statistics, or on those of consecutive batches;
                  dropout only in TRAINING)
    @seed         seed of dropout, in the mode TRAINING
    @batchSize    examples a batch
    @regularized  whether the penalties are part of loss, gradient and Hessian
    @loss         the mean loss over all examples, summed over outputs as in Deeplearning4j (masked entries give 0 and
                  the mean is over all examples)
    @accuracy     percent, if the last activation is softmax (argmax) or sigmoid (threshold 0.5 per output); masked
                  entries do not count; otherwise absent
    features_<i>  inputs [N, C, H, W] or [N, F], in the order of the network's inputs
    labels_<i>    [N, C], in the order of the network's outputs
    mask_<i>      [N, 1] or [N, C], if the output has a label mask
    trainable/<key>  [4, shape of the array in paramTable()]: the weights, the gradient of the loss, a random vector v
                  and H v; dense W [nIn, nOut], convolution W [out, in, kH, kW], vectors [n]
    noise/<name>  [2, N, ...]: the factors and summands of dropout on a layer's input, in the mode TRAINING
    constant/<key>  arrays that are not trained: BatchNorm's mean and var or log10stdev, frozen layers
    eigenvalues   [2], the smallest and the largest eigenvalue of the dense Hessian, for at most DENSE_LIMIT parameters

Values have no exact ties and no exact zeros before a kink, so the pattern of every ReLU and max-pool is unambiguous.
"""

import os

import h5py
from case import EXAMPLES, Case
from networks import ACTIVATIONS, ElementWise

# Each with its number: the probability of keeping an element, Gaussian dropout's rate, the standard deviation of noise.
DROPOUTS = {"Dropout": 0.7, "SpatialDropout": 0.5, "GaussianDropout": 0.3, "GaussianNoise": 0.4, "AlphaDropout": 0.8}


def chain(shape, *nodes, **penalties):
    """A network without branches: each node is named by its index and follows the one before."""
    named = [{"name": str(i), "from": [str(i - 1) if i else "in"], **node} for i, node in enumerate(nodes)]
    return {"inputs": {"in": shape}, "nodes": named, "outputs": [named[-1]["name"]], **penalties}


def graph(inputs, outputs, *nodes):
    named = [{"name": name, "from": sources, **node} for name, sources, node in nodes]
    return {"inputs": inputs, "nodes": named, "outputs": outputs}


def dense(out, activation="RELU", **more):
    return {"type": "dense", "out": out, "activation": activation, **more}


def conv(out, kernel=3, activation="RELU", **more):
    return {"type": "convolution", "out": out, "kernel": [kernel, kernel], "activation": activation, **more}


def pool(kind="MAX", kernel=2, stride=2, **more):
    return {"type": "pooling", "pool": kind, "kernel": [kernel, kernel], "stride": [stride, stride], **more}


def output(out, activation="SOFTMAX", loss="MCXENT", **more):
    return {"type": "output", "out": out, "activation": activation, "loss": loss, **more}


def drop(p, kind="Dropout"):
    return {"kind": kind, "p": p}


def value():
    return output(1, "TANH", "L2")


def norm(**more):
    return {"type": "batchnorm", **more}


def global_pool(kind):
    return {"type": "globalpooling", "pool": kind}


def activation(name):
    return {"type": "activation", "activation": name}


def activations():
    for name in ACTIVATIONS:
        # Deeplearning4j clips the loss of logits as large as those of cubes.
        second = "TANH" if name == "CUBE" else name
        yield name, Case(chain([5], dense(6, name), dense(4, second), output(3)))
        if name != "SOFTMAX":
            yield name + "-image", Case(chain([2, 5, 5], conv(2, 3, name), output(2)))


def losses():
    pairs = [
        ("MCXENT", "SOFTMAX"), ("NEGATIVELOGLIKELIHOOD", "SOFTMAX"), ("XENT", "SIGMOID"),
        ("MSE", "IDENTITY"), ("MSE", "TANH"), ("MSE", "SOFTMAX"), ("MSE", "SIGMOID"), ("L2", "IDENTITY"),
        ("L2", "SOFTPLUS"), ("MEAN_ABSOLUTE_ERROR", "IDENTITY"), ("MEAN_ABSOLUTE_ERROR", "TANH"), ("L1", "IDENTITY"),
        ("L1", "ELU"),
    ]  # fmt: skip
    for loss, name in pairs:
        yield f"{loss}-{name}", Case(chain([4], dense(5, "TANH"), output(3, name, loss)))
    for loss, name in [("MCXENT", "SOFTMAX"), ("XENT", "SIGMOID"), ("MSE", "IDENTITY"), ("L1", "TANH")]:
        weighted = output(3, name, loss, weights=[0.5, 2.0, 1.25])
        yield f"{loss}-{name}-weights", Case(chain([4], dense(5, "TANH"), weighted))
        plain = chain([4], dense(5, "TANH"), output(3, name, loss))
        yield f"{loss}-{name}-example-mask", Case(plain, masks=["example"])
    for loss, name in [("XENT", "SIGMOID"), ("MSE", "TANH")]:
        weighted = output(3, name, loss, weights=[0.5, 2.0, 1.25])
        yield f"{loss}-{name}-output-mask", Case(chain([4], dense(5, "TANH"), weighted), masks=["output"])
    yield "loss-layer", Case(chain([4], dense(3, "TANH"), {"type": "loss", "activation": "SOFTMAX", "loss": "MCXENT"}))
    yield "no-bias", Case(chain([4], dense(5, "TANH", bias=False), output(3, bias=False)))
    penalties = {"l1": 0.01, "l2": 0.03, "l1Bias": 0.02, "l2Bias": 0.04}
    yield "l1-l2", Case(chain([4], dense(5, "TANH"), output(3), **penalties), regularized=True)
    yield "l1-l2-data-loss", Case(chain([4], dense(5, "TANH"), output(3), **penalties))
    decayed = chain([2, 5, 5], conv(3, 3, "TANH"), norm(), output(3), weightDecay=0.05)
    yield "weight-decay", Case(decayed, regularized=True)


def convolutions():
    variants = {
        "plain": {}, "stride": {"stride": [2, 2]}, "padding": {"padding": [1, 1]},
        "dilation": {"dilation": [2, 2]}, "same": {"mode": "Same"}, "same-stride": {"mode": "Same", "stride": [2, 2]},
        "same-dilation": {"mode": "Same", "dilation": [2, 2]}, "strict-stride": {"mode": "Strict", "stride": [2, 2]},
        "truncate-stride": {"stride": [3, 3]}, "padding-stride": {"padding": [2, 1], "stride": [2, 1]},
        "rectangular": {"kernel": [3, 2], "stride": [1, 2]}, "same-even-kernel": {"kernel": [2, 2], "mode": "Same"},
        "pointwise": {"kernel": [1, 1]}, "no-bias": {"bias": False},
    }  # fmt: skip
    for name, variant in variants.items():
        second = {**conv(2, 3, "TANH"), **variant}
        yield name, Case(chain([2, 7, 7], second, value()))
        yield name + "-second", Case(chain([1, 9, 9], conv(2), second, value()))


def pooling():
    variants = {
        "plain": (2, 2, {}), "overlapping": (3, 2, {}), "dense-overlap": (3, 1, {}), "gaps": (2, 3, {}),
        "same": (3, 2, {"mode": "Same"}), "padding": (3, 2, {"padding": [1, 1]}),
        "same-overlap": (2, 1, {"mode": "Same"}),
    }  # fmt: skip
    for kind in ("MAX", "AVG"):
        for name, (kernel, stride, more) in variants.items():
            nodes = conv(2, 2, "TANH"), pool(kind, kernel, stride, **more), value()
            yield f"{kind}-{name}", Case(chain([1, 8, 8], *nodes))
        yield f"global-{kind}", Case(chain([2, 6, 6], conv(4, 3, "TANH"), global_pool(kind), output(3)))
        nodes = conv(3, 3, "IDENTITY"), pool(kind), activation("RELU"), value()
        yield f"{kind}-then-relu", Case(chain([1, 8, 8], *nodes))


def normalization():
    for mode in ("RUNNING", "BATCH"):
        for size in (EXAMPLES, 4) if mode == "BATCH" else (EXAMPLES,):
            def case(description):
                return Case(description, mode=mode, batch_size=size)

            tag = f"{mode}-{size}"
            yield f"{tag}-dense", case(chain([4], dense(5, "IDENTITY"), norm(), activation("TANH"), output(3)))
            yield f"{tag}-dense-after-relu", case(chain([4], dense(5), norm(logStd=False), output(3)))
            folded = conv(3, 3, "IDENTITY"), norm(), activation("RELU"), output(2)
            yield f"{tag}-conv-bn-relu", case(chain([2, 5, 5], *folded))
            yield f"{tag}-conv-relu-bn", case(chain([2, 5, 5], conv(3), norm(logStd=False, eps=1e-3), output(2)))
            yield f"{tag}-first", case(chain([2, 4, 4], norm(), conv(2, 2, "TANH"), output(2)))
            yield f"{tag}-pooled", case(chain([1, 6, 6], conv(3, 3, "IDENTITY", bias=False), norm(), pool(), output(2)))
            yield f"{tag}-twice", case(chain([3], norm(), norm(logStd=False), dense(4, "TANH"), norm(), output(2)))
            frozen = conv(3, 3, frozen=True), norm(frozen=True)
            yield f"{tag}-frozen", case(chain([1, 6, 6], *frozen, conv(2, 2, "IDENTITY"), norm(), output(2)))


def graphs():
    residual = (
        ("conv", ["in"], conv(3, 3, mode="Same")),
        ("conv1", ["conv"], conv(3, 3, "IDENTITY", mode="Same")),
        ("norm1", ["conv1"], norm()),
        ("relu1", ["norm1"], activation("RELU")),
        ("conv2", ["relu1"], conv(3, 3, "IDENTITY", mode="Same")),
        ("add", ["conv2", "conv"], {"type": "elementwise", "op": "Add"}),
        ("relu2", ["add"], activation("RELU")),
        ("pool", ["relu2"], global_pool("AVG")),
        ("out", ["pool"], output(3)),
    )
    for mode in ("RUNNING", "BATCH"):
        yield f"residual-{mode}", Case(graph({"in": [2, 6, 6]}, ["out"], *residual), mode=mode, batch_size=4)
    for op in ElementWise.OPERATIONS:
        nodes = (
            ("left", ["in"], dense(4, "TANH")),
            ("right", ["in"], dense(4, "SIGMOID")),
            ("join", ["left", "right"], {"type": "elementwise", "op": op}),
            ("out", ["join"], output(3)),
        )
        yield f"elementwise-{op}", Case(graph({"in": [4]}, ["out"], *nodes))
    merged = (
        ("a", ["in"], conv(2, 3, "TANH", mode="Same")),
        ("b", ["in"], conv(3, 1, "SWISH")),
        ("merge", ["a", "b"], {"type": "merge"}),
        ("pad", ["merge"], {"type": "zeropadding", "padding": [1, 0, 2, 1]}),
        ("c", ["pad"], conv(2, 3, "TANH", stride=[2, 2])),
        ("out", ["c"], output(2)),
    )
    yield "merge-convolutions", Case(graph({"in": [1, 5, 5]}, ["out"], *merged))
    two_inputs = (
        ("image", ["x"], conv(2, 3, "TANH")),
        ("pooled", ["image"], global_pool("MAX")),
        ("vector", ["y"], dense(3, "TANH")),
        ("merge", ["pooled", "vector"], {"type": "merge"}),
        ("class", ["merge"], output(3)),
        ("value", ["merge"], output(2, "IDENTITY", "MSE", weights=[1.5, 0.5])),
    )
    description = graph({"x": [1, 5, 5], "y": [4]}, ["class", "value"], *two_inputs)
    yield "two-inputs-two-outputs", Case(description)
    yield "two-outputs-one-masked", Case(description, masks=[None, "output"])
    yield "two-outputs-both-masked", Case(description, masks=["example", "output"])


def norm_then_relu(out):
    return conv(out, 3, "IDENTITY", mode="Same"), norm(), activation("RELU")


def relu_then_norm(out):
    return conv(out, 3, "RELU", mode="Same"), norm()


def networks():
    lenet = conv(4, 3, "IDENTITY"), pool(), conv(5, 3), pool(), dense(8), output(5)
    yield "lenet", Case(chain([1, 10, 10], *lenet))
    dropout = {"type": "dropout", "dropOut": drop(0.5)}
    for name, block in (("conv-bn-relu", norm_then_relu), ("conv-relu-bn", relu_then_norm)):
        vgg = (*block(3), *block(3), pool(), *block(4), *block(4), pool(), dense(8), dropout, output(4))
        yield f"vgg-{name}", Case(chain([1, 8, 8], *vgg))
        yield f"vgg-{name}-batch", Case(chain([1, 8, 8], *vgg), mode="BATCH", batch_size=5)
    yield "mlp", Case(chain([6], dense(8), dense(5), output(4, "SOFTMAX", "NEGATIVELOGLIKELIHOOD")))
    yield "mlp-frozen", Case(chain([6], dense(6, "TANH", frozen=True), dense(5, "TANH"), output(3)))


def inverted_residual(name, source, wide, stride=1):
    """A block of MobileNetV2 (M. Sandler et al., 2018): wider, depthwise, narrow again."""
    return (
        (name + "-expand", [source], conv(wide, 1, "IDENTITY", bias=False)),
        (name + "-norm1", [name + "-expand"], norm()),
        (name + "-relu1", [name + "-norm1"], activation("RELU6")),
        (name + "-depthwise", [name + "-relu1"], depthwise(bias=False, mode="Same", stride=[stride, stride])),
        (name + "-norm2", [name + "-depthwise"], norm()),
        (name + "-relu2", [name + "-norm2"], activation("RELU6")),
        (name + "-project", [name + "-relu2"], conv(3, 1, "IDENTITY", bias=False)),
        (name + "-norm3", [name + "-project"], norm()),
    )


def depthwise(**more):
    return {"type": "depthwise", "kernel": [3, 3], "activation": "IDENTITY", **more}


def separable(out, **more):
    return {"type": "separable", "out": out, "kernel": [3, 2], "activation": "TANH", **more}


def depthwises():
    mobile = (
        ("conv", ["in"], conv(3, 3, "IDENTITY", bias=False, mode="Same")),
        ("norm", ["conv"], norm()),
        *inverted_residual("a", "norm", 5),
        ("add", ["a-norm3", "norm"], {"type": "elementwise", "op": "Add"}),
        *inverted_residual("b", "add", 4, stride=2),
        ("pool", ["b-norm3"], global_pool("AVG")),
        ("out", ["pool"], output(3)),
    )
    for mode in ("RUNNING", "BATCH"):
        yield f"mobilenet-{mode}", Case(graph({"in": [2, 6, 6]}, ["out"], *mobile), mode=mode, batch_size=4)
    for multiplier in (1, 2):
        variants = {
            "plain": {}, "stride": {"stride": [2, 3]}, "same": {"mode": "Same", "stride": [2, 1]}, "padding": {"padding": [2, 1]},
        }  # fmt: skip
        for name, variant in variants.items():
            more = {"multiplier": multiplier, **variant}
            nodes = conv(3, 2, "TANH"), depthwise(**more), norm(), activation("TANH"), value()
            yield f"depthwise-{name}-{multiplier}", Case(chain([2, 7, 6], *nodes))
            yield f"separable-{name}-{multiplier}", Case(chain([2, 7, 6], conv(3, 2, "TANH"), separable(4, **more), value()))


def volumes():
    def conv3d(out, kernel, **more):
        return {"type": "convolution3d", "out": out, "kernel": kernel, "activation": "TANH", **more}

    for name, more in {"plain": {}, "stride": {"stride": [2, 1, 2]}, "padding": {"padding": [1, 0, 1]}}.items():
        nodes = conv3d(3, [2, 2, 2]), conv3d(2, [2, 3, 2], **more), global_pool("AVG"), output(3)
        yield name, Case(chain([2, 5, 6, 5], *nodes))


def training():
    def case(description):
        return Case(description, mode="TRAINING", batch_size=4)

    for kind, p in DROPOUTS.items():
        hidden = {"dropOut": drop(p, "Dropout" if kind == "SpatialDropout" else kind)}
        nodes = conv(3, 2, "TANH"), conv(2, 3, "TANH", dropOut=drop(p, kind)), dense(4, "TANH", **hidden), output(3)
        yield f"{kind}-convolutions", case(chain([2, 6, 5], *nodes))
        if kind != "SpatialDropout":
            nodes = dense(6, "SELU", **hidden), dense(5, "TANH"), output(3, **hidden)
            yield f"{kind}-dense", case(chain([4], *nodes))
    layer = {"type": "dropout", "dropOut": drop(0.7)}
    normalized = conv(3, 2, "IDENTITY"), norm(), activation("RELU"), layer, pool(), output(3, dropOut=drop(0.6))
    yield "dropout-layer-normalization", case(chain([1, 7, 7], *normalized))
    frozen = dense(6, "TANH", frozen=True, dropOut=drop(0.5)), dense(5, "TANH", dropOut=drop(0.6)), output(3)
    yield "frozen", case(chain([4], *frozen))
    branches = (
        ("a", ["in"], dense(4, "TANH", dropOut=drop(0.6))),
        ("b", ["in"], dense(4, "TANH")),
        ("sum", ["a", "b"], {"type": "elementwise", "op": "Add"}),
        ("out", ["sum"], output(3, dropOut=drop(0.8))),
    )
    yield "branches", case(graph({"in": [4]}, ["out"], *branches))


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    for cases in (activations, losses, convolutions, pooling, normalization, graphs, networks, depthwises, volumes, training):
        with h5py.File(os.path.join(folder, cases.__name__ + ".h5"), "w", libver="latest") as file:
            for name, case in cases():
                case.write(file.create_group(name))
        print(cases.__name__)


if __name__ == "__main__":
    main()
