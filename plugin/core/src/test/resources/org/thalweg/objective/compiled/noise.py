"""The random draws of dropout, as documented in ObjectiveMode.TRAINING; see make_fixtures.py."""

import math

import numpy as np

MASK = (1 << 64) - 1


class SplittableRandom:
    """java.util.SplittableRandom of a seed (G. Steele, D. Lea and C. Flood, 2014), as far as it is needed."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next_long(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next_long() >> 11) * 2.0**-53

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())


def noise_of_example(dropout, seed, number, example, shape):
    """Factors and summands of one example, [2, *shape], channels first."""
    random = SplittableRandom(SplittableRandom(seed + number).next_long() + example)
    kind, p = dropout["kind"], dropout["p"]
    factors, summands = np.ones(shape), np.zeros(shape)
    if kind == "Dropout":
        factors.flat = [(random.uniform() < p) / p for _ in range(factors.size)]
    elif kind == "SpatialDropout":
        for channel in range(shape[0]):
            factors[channel] = (random.uniform() < p) / p
    elif kind == "GaussianDropout":
        factors.flat = [1 + math.sqrt(p / (1 - p)) * random.normal() for _ in range(factors.size)]
    elif kind == "GaussianNoise":
        summands.flat = [p * random.normal() for _ in range(factors.size)]
    else:
        assert kind == "AlphaDropout"
        kept = np.reshape([random.uniform() < p for _ in range(factors.size)], shape)
        saturated = -1.6732632423543772 * 1.0507009873554805  # the limit of selu on the left
        scale = 1 / math.sqrt(p + saturated**2 * p * (1 - p))
        shift = -scale * (1 - p) * saturated
        factors, summands = scale * kept, scale * saturated * ~kept + shift
    return np.stack([factors, summands])
