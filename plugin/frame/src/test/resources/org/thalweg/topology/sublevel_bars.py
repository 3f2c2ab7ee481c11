"""Persistence of hollows from the definition alone: the connected parts of {f <= t} at each level t, by scipy.

Usage: sublevel_bars.py FILE...; each file has a grid, nan where there is a wall. Prints a line for each: birth:death ...
"""
import sys

import numpy as np
from scipy import ndimage

EIGHT = np.ones((3, 3))


def bars(f):
    known = np.isfinite(f)
    alive, ended = {}, []
    for t in np.unique(f[known]):
        parts, count = ndimage.label(known & (f <= t), EIGHT)
        for part in range(1, count + 1):
            inside = parts == part
            members = sorted((f[place], place) for place in alive if inside[place])
            if not members:
                place = tuple(np.argwhere(inside & (f == f[inside].min()))[0])
                alive[place] = t
            for birth, place in members[1:]:
                ended.append((birth, t))
                del alive[place]
    return ended + [(birth, np.inf) for birth in alive.values()]


for name in sys.argv[1:]:
    found = bars(np.loadtxt(name, delimiter=",", ndmin=2))
    print(" ".join(f"{birth!r}:{death!r}" for birth, death in sorted((float(b), float(d)) for b, d in found)))
