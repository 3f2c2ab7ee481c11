"""Prints SciPy's Spearman correlation, Kendall's tau, and quantiles of the bootstrap distribution, for numbers x0,x1,... y0,y1,..."""
import sys
import warnings

import numpy as np
from scipy import stats

x, y = (np.array([float(value) for value in text.split(",")]) for text in sys.argv[1:3])
levels = [float(level) for level in sys.argv[3].split(",")]
resamples = int(sys.argv[4])
# Resamples of one pair alone are constant.
warnings.simplefilter("ignore")
drawn = stats.bootstrap(
    (x, y),
    lambda a, b: stats.spearmanr(a, b)[0],
    paired=True,
    vectorized=False,
    method="percentile",
    n_resamples=resamples,
    random_state=int(sys.argv[5]),
).bootstrap_distribution
drawn = drawn[np.isfinite(drawn)]
numbers = [stats.spearmanr(x, y)[0], stats.kendalltau(x, y)[0], *np.quantile(drawn, levels)]
print(" ".join(repr(float(number)) for number in numbers))
