#!/usr/bin/python3
"""Reference values of networks over sequences, by PyTorch's automatic differentiation in double precision.

Run in this folder, as make_fixtures.py:

    /usr/bin/python3 make_sequences.py

It writes sequences.h5 to this folder, with the same values every time. The cells follow Deeplearning4j's semantics and
share no code with Thalweg. SequenceFixtureTest builds Deeplearning4j's networks by the names of the cases.

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


def mean(x, mask):
    return (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


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
    return dense(weights, "3_", mean(lstm(weights, "1_", words), mask))


def attention(weights, key, queries, x, mask):
    """Queries [N, Q, F] on steps [N, T, F] with masked keys; projections are [heads, size, F], the last [heads size, out]."""
    q, k, v = (
        torch.einsum("ntf,hsf->nhts", steps, weights[key + name])
        for name, steps in (("Wq", queries), ("Wk", x), ("Wv", x))
    )
    scores = q @ k.transpose(2, 3) / np.sqrt(q.shape[-1]) + 1e9 * (mask[:, None, None] - 1)
    attended = torch.softmax(scores, -1) @ v
    return attended.transpose(1, 2).reshape(len(x), queries.shape[1], -1) @ weights[key + "Wo"]


def self_attention(weights, x, mask):
    h = lstm(weights, "0_", x[0].transpose(1, 2))
    return dense(weights, "3_", mean(attention(weights, "1_", h, h, mask), mask))


def learned_attention(weights, x, mask):
    steps = x[0].transpose(1, 2)
    queries = weights["0_Q"].transpose(1, 2).expand(len(steps), -1, -1)
    return dense(weights, "2_", attention(weights, "0_", queries, steps, mask).mean(1))


def recurrent_attention(weights, x, mask):
    """h' = tanh(x W + b + A R), where A is the attention of h over the whole sequence, or zero at the first step."""
    steps = x[0].transpose(1, 2)
    projected = dense(weights, "0_", steps)
    outputs = [torch.tanh(projected[:, 0])]
    for t in range(1, steps.shape[1]):
        attended = attention(weights, "0_", outputs[-1][:, None], steps, mask)[:, 0]
        outputs.append(torch.tanh(projected[:, t] + attended @ weights["0_RW"]))
    return dense(weights, "2_", mean(torch.stack(outputs, 1), mask))


def heads(queries, inputs):
    """Two heads of size 2, and a result of SIZE."""
    return {"Wq": (2, 2, queries), "Wk": (2, 2, inputs), "Wv": (2, 2, inputs), "Wo": (4, SIZE)}


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
    attended = keyed(l0_=cell(2), l1_=heads(SIZE, SIZE), l3_=output(SIZE))
    yield "self-attention", self_attention, attended, inputs, mask, None
    learned = keyed(l0_={"Q": (1, 2, 3), **heads(2, 2)}, l2_=output(SIZE))
    yield "learned-attention", learned_attention, learned, inputs, mask, None
    recurrent = {"W": (2, SIZE), "RW": (SIZE, SIZE), "b": (1, SIZE), **heads(SIZE, 2)}
    yield "recurrent-attention", recurrent_attention, keyed(l0_=recurrent, l2_=output(SIZE)), inputs, mask, None
    yield "embedding", embedded, keyed(l0_={"W": (6, 2)}, l1_=cell(2), l3_=output(SIZE)), words, mask, None


def draw(generator, shapes):
    """Weights by their keys, and a vector."""
    weights = {key: (sequences(generator, *shape) * 0.5).requires_grad_() for key, shape in shapes.items()}
    return weights, [sequences(generator, *shape) for shape in shapes.values()]


def write(group, network, shapes, features, features_mask, labels_mask):
    generator = generate(11)
    weights, vector = draw(generator, shapes)
    arguments = [features] if features_mask is None else [features, features_mask]
    logits = network(weights, *arguments)
    classes = torch.from_numpy(generator.integers(0, logits.shape[-1], logits.shape[:-1]))
    terms = -torch.log_softmax(logits, -1).gather(-1, classes[..., None])[..., 0]
    write_values(group, weights, vector, (terms if labels_mask is None else terms * labels_mask).sum() / EXAMPLES)

    labels = torch.nn.functional.one_hot(classes, logits.shape[-1]).double()
    group["labels_0"] = (labels.transpose(1, 2) if labels.dim() == 3 else labels).float().numpy()
    for i, array in enumerate(features):
        group[f"features_{i}"] = array.float().numpy()
    if features_mask is not None:
        group["features_mask_0"] = features_mask.float().numpy()
    if labels_mask is not None:
        group["mask_0"] = labels_mask.float().numpy()


def write_values(group, weights, vector, loss):
    """The loss, its gradient and its Hessian's product."""
    trainable = list(weights.values())
    gradient = torch.autograd.grad(loss, trainable, create_graph=True)
    slope = sum((g * v).sum() for g, v in zip(gradient, vector))
    product = torch.autograd.grad(slope, trainable)
    for key, *rows in zip(weights, trainable, gradient, vector, product):
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
