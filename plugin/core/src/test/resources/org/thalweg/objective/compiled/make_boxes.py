#!/usr/bin/python3
"""Reference values of the loss of boxes around objects, by PyTorch's automatic differentiation in double precision.

Run in this folder, as make_fixtures.py:

    /usr/bin/python3 make_boxes.py

It writes boxes.h5 to this folder, with the same values every time. The loss follows the score of Deeplearning4j's
Yolo2OutputLayer (J. Redmon and A. Farhadi, "YOLO9000: Better, faster, stronger", 2017), one box at a time, and shares
no code with Thalweg. BoxFixtureTest builds the network in Deeplearning4j. A case is a group as make_sequences.py
describes it; labels are [N, 4 + C, H, W], left, top, right and bottom of a box in units of the grid, and its class.
"""

import os

import h5py
import torch
from make_sequences import draw, generate, sequences, write_values

EXAMPLES, ROWS, COLUMNS, CLASSES = 3, 3, 4, 2
PRIORS = [(1.0, 1.5), (2.0, 0.75)]
LAMBDA_COORD, LAMBDA_NO_OBJECT = 5, 0.5
SHAPES = {"0_W": (3, 2, 2, 2), "0_b": (1, 3), "1_W": (len(PRIORS) * (5 + CLASSES), 3, 1, 1), "1_b": (1, len(PRIORS) * (5 + CLASSES))}


def network(weights, x):
    hidden = torch.tanh(torch.nn.functional.conv2d(x, weights["0_W"], weights["0_b"].reshape(-1)))
    return torch.nn.functional.conv2d(hidden, weights["1_W"], weights["1_b"].reshape(-1))


def overlap(centre, size, label):
    """Intersection over union of a box with the label's."""
    sides = []
    for axis in (0, 1):
        start = torch.maximum(centre[axis] - size[axis] / 2, label[axis])
        end = torch.minimum(centre[axis] + size[axis] / 2, label[axis + 2])
        if end <= start:
            return torch.zeros(())
        sides.append(end - start)
    intersection = sides[0] * sides[1]
    return intersection / (size[0] * size[1] + (label[2] - label[0]) * (label[3] - label[1]) - intersection)


def class_loss(kind, logits, label):
    if kind == "squares":
        return ((torch.softmax(logits, 0) - label) ** 2).sum()
    return -(label * torch.log_softmax(logits, 0)).sum()


def cell_loss(kind, outputs, label, row, column):
    """The loss of a cell's outputs [boxes, 5 + C]."""
    confidences = torch.sigmoid(outputs[:, 4])
    if label[4:].sum() == 0:
        return LAMBDA_NO_OBJECT * (confidences**2).sum()
    corners = torch.tensor([column, row])
    centres = torch.sigmoid(outputs[:, :2])
    sizes = torch.tensor(PRIORS) * torch.exp(outputs[:, 2:4])
    overlaps = torch.stack([overlap(corners + c, s, label) for c, s in zip(centres, sizes)])
    best = overlaps.argmax()
    middle = (label[:2] + label[2:4]) / 2
    place = ((centres[best] - (middle - middle.floor())) ** 2).sum()
    extent = ((sizes[best].sqrt() - (label[2:4] - label[:2]).sqrt()) ** 2).sum()
    others = torch.arange(len(PRIORS)) != best
    return (
        LAMBDA_COORD * (place + extent)
        + (overlaps[best] - confidences[best]) ** 2
        + LAMBDA_NO_OBJECT * (confidences[others] ** 2).sum()
        + class_loss(kind, outputs[best, 5:], label[4:])
    )


def loss(kind, outputs, labels):
    total = torch.zeros(())
    boxes = outputs.reshape(EXAMPLES, len(PRIORS), 5 + CLASSES, ROWS, COLUMNS)
    for n in range(EXAMPLES):
        for i in range(ROWS):
            for j in range(COLUMNS):
                total = total + cell_loss(kind, boxes[n, :, :, i, j], labels[n, :, i, j], i, j)
    return total / EXAMPLES


def draw_labels(generator):
    """A box in about half of the cells, with its centre in the cell."""
    labels = torch.zeros(EXAMPLES, 4 + CLASSES, ROWS, COLUMNS)
    for n in range(EXAMPLES):
        for i in range(ROWS):
            for j in range(COLUMNS):
                if generator.random() < 0.5:
                    centre = torch.tensor([j, i]) + torch.from_numpy(generator.uniform(0.05, 0.95, 2))
                    half = torch.from_numpy(generator.uniform(0.2, 1.2, 2))
                    labels[n, :4, i, j] = torch.cat([centre - half, centre + half])
                    labels[n, 4 + generator.integers(0, CLASSES), i, j] = 1
    return labels.float().double()


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with h5py.File(os.path.join(folder, "boxes.h5"), "w", libver="latest") as file:
        for kind in ("squares", "cross-entropy"):
            generator = generate(13)
            features = sequences(generator, EXAMPLES, 2, ROWS + 1, COLUMNS + 1)
            labels = draw_labels(generator)
            weights, vector = draw(generator, SHAPES)
            group = file.create_group(kind)
            write_values(group, weights, vector, loss(kind, network(weights, features), labels))
            group.attrs["batchSize"] = EXAMPLES
            group["features_0"], group["labels_0"] = features.float().numpy(), labels.float().numpy()


if __name__ == "__main__":
    main()
