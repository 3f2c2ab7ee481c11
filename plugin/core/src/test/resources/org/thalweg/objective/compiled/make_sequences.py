#!/usr/bin/python3
"""Reference values of networks over sequences, by PyTorch's automatic differentiation in double precision.

Run in this folder, as make_fixtures.py:

    /usr/bin/python3 make_sequences.py

It writes sequences.h5 beside it, with the same values every time. The cells are written from Deeplearning4j's semantics, and
share no code with Thalweg; SequenceFixtureTest has Deeplearning4j's networks by the names of the cases.

A case is a group as make_fixtures.py describes it, without a description of the network. Features and labels are [N, C, T] or
[N, C], word numbers [N, T]; features_mask_<i> and mask_<i> are [N, T]. The loss is summed over steps and averaged over examples.
"""

import json
import os

import h5py
import numpy as np
import torch

EXAMPLES, TIME, SIZE = 5, 6, 4
torch.set_default_dtype(torch.double)


def lstm(weights, key, x, mask=None, backwards=False):
    """[N, T, F] to [N, T, H]; columns of W, RW and b are input, forget, output and modulation gates."""
    w, rw, b = (weights[key + name] for name in ("W", "RW", "b"))
    h, c = torch.zeros(len(x), SIZE), torch.zeros(len(x), SIZE)
    outputs = [h] * x.shape[1]
    for t in range(x.shape[1])[:: -1 if backwards else 1]:
        i, f, o, g = (x[:, t] @ w + h @ rw + b).split(SIZE, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(g) * torch.tanh(i)
        h = torch.sigmoid(o) * torch.tanh(c)
        if mask is not None:
            h, c = h * mask[:, t : t + 1], c * mask[:, t : t + 1]
        outputs[t] = h
    return torch.stack(outputs, 1)


def dense(weights, key, x):
    return x @ weights[key + "W"] + weights[key + "b"].reshape(-1)


def last(x, mask):
    return x[torch.arange(len(x)), (mask * torch.arange(1, mask.shape[1] + 1)).argmax(1)]


def two_layers(weights, x):
    return dense(weights, "2_", lstm(weights, "1_", lstm(weights, "0_", x[0].transpose(1, 2))))


def bidirectional(weights, x):
    steps = x[0].transpose(1, 2)
    both = torch.cat([lstm(weights, "0_f", steps), lstm(weights, "0_b", steps, backwards=True)], 2)
    return dense(weights, "1_", both)


def masked_last(weights, x, mask):
    return dense(weights, "1_", last(lstm(weights, "0_", x[0].transpose(1, 2), mask), mask))


def sequence_to_sequence(weights, x, mask):
    encoded = last(lstm(weights, "encoder_", x[0].transpose(1, 2)), mask)
    target = x[1].transpose(1, 2)
    read = torch.cat([target, encoded[:, None].expand(-1, target.shape[1], -1)], 2)
    return dense(weights, "out_", lstm(weights, "decoder_", read))


def causal(weights, x):
    """Deeplearning4j's op reads the elements of its [out, in, time] as [time, in, out]."""
    filters = weights["0_W"].reshape(3, 2, SIZE).permute(2, 1, 0)
    padded = torch.nn.functional.pad(x[0], (4, 0))
    maps = torch.nn.functional.conv1d(padded, filters, weights["0_b"].reshape(-1), dilation=2)
    return dense(weights, "1_", torch.tanh(maps).transpose(1, 2))


def embedded(weights, x, mask):
    words = weights["0_W"][x[0].long()] * mask[:, :, None]
    return dense(weights, "3_", (lstm(weights, "1_", words) * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True))


def cell(inputs):
    return {"W": (inputs, 4 * SIZE), "RW": (SIZE, 4 * SIZE), "b": (1, 4 * SIZE)}


def output(inputs, classes=3):
    return {"W": (inputs, classes), "b": (1, classes)}


def keyed(**layers):
    return {prefix.lstrip("l") + name: shape for prefix, arrays in layers.items() for name, shape in arrays.items()}


def generate(seed):
    return np.random.default_rng(seed)


def padding(generator, time=TIME):
    lengths = generator.integers(1, time + 1, EXAMPLES)
    return torch.from_numpy((np.arange(time)[None] < lengths[:, None]).astype(float))


def sequences(generator, *shape):
    return torch.from_numpy(generator.standard_normal(shape)).float().double()


def cases():
    generator = generate(7)
    inputs = [sequences(generator, EXAMPLES, 2, TIME)]
    mask, other = padding(generator), padding(generator, 4)
    two = [*inputs, sequences(generator, EXAMPLES, 2, 4)]
    words = [torch.from_numpy(generator.integers(0, 6, (EXAMPLES, TIME)).astype(float))]
    yield "lstm", two_layers, keyed(l0_=cell(2), l1_=cell(SIZE), l2_=output(SIZE)), inputs, None, mask
    yield "bidirectional", bidirectional, keyed(l0_f=cell(2), l0_b=cell(2), l1_=output(2 * SIZE)), inputs, None, None
    yield "masked-last", masked_last, keyed(l0_=cell(2), l1_=output(SIZE)), inputs, mask, None
    seq2seq = keyed(encoder_=cell(2), decoder_=cell(2 + SIZE), out_=output(SIZE))
    yield "seq2seq", sequence_to_sequence, seq2seq, two, mask, other
    convolution = {"W": (SIZE, 2, 3), "b": (1, SIZE)}
    yield "causal", causal, keyed(l0_=convolution, l1_=output(SIZE)), inputs, None, mask
    yield "embedding", embedded, keyed(l0_={"W": (6, 2)}, l1_=cell(2), l3_=output(SIZE)), words, mask, None


def write(group, network, shapes, features, features_mask, labels_mask):
    generator = generate(11)
    keys = list(shapes)
    weights = [sequences(generator, *shapes[key]) * 0.5 for key in keys]
    vector = [sequences(generator, *shapes[key]) for key in keys]
    arguments = [features] if features_mask is None else [features, features_mask]
    trainable = [w.clone().requires_grad_() for w in weights]
    logits = network(dict(zip(keys, trainable)), *arguments)
    classes = torch.from_numpy(generator.integers(0, logits.shape[-1], logits.shape[:-1]))
    terms = -torch.log_softmax(logits, -1).gather(-1, classes[..., None])[..., 0]
    loss = (terms if labels_mask is None else terms * labels_mask).sum() / EXAMPLES
    gradient = torch.autograd.grad(loss, trainable, create_graph=True)
    slope = sum((g * v).sum() for g, v in zip(gradient, vector))
    product = torch.autograd.grad(slope, trainable)

    labels = torch.nn.functional.one_hot(classes, logits.shape[-1]).double()
    group["labels_0"] = (labels.transpose(1, 2) if labels.dim() == 3 else labels).float().numpy()
    for i, array in enumerate(features):
        group[f"features_{i}"] = array.float().numpy()
    if features_mask is not None:
        group["features_mask_0"] = features_mask.float().numpy()
    if labels_mask is not None:
        group["mask_0"] = labels_mask.float().numpy()
    for key, *rows in zip(keys, trainable, gradient, vector, product):
        group[f"trainable/{key}"] = torch.stack([row.detach() for row in rows]).numpy()
    group.attrs["network"] = json.dumps({"nodes": []})
    group.attrs["mode"], group.attrs["batchSize"] = "RUNNING", EXAMPLES
    group.attrs["regularized"], group.attrs["loss"] = 0, loss.item()


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with h5py.File(os.path.join(folder, "sequences.h5"), "w", libver="latest") as file:
        for name, *case in cases():
            write(file.create_group(name), *case)


if __name__ == "__main__":
    main()
