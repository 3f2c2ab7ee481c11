package org.thalweg.krylov;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Spectra that trip up eigensolvers. Eigenvalues ascending. */
enum Spectrum {
    /** A few large positive ones, a bulk around zero, a few negative ones: a network's Hessian. */
    INDEFINITE {
        @Override
        double value(int i, int n, SplittableRandom random) {
            return i < 6 ? 40 - 6 * i : i < 12 ? -3 - 1.5 * (i - 6) : 0.3 * random.nextGaussian();
        }
    },
    /** Rank 20. */
    RANK_DEFICIENT {
        @Override
        double value(int i, int n, SplittableRandom random) {
            return i < 20 ? 20 - i : 0;
        }
    },
    /** Five within a few per cent of each other at each end. */
    CLUSTERED {
        @Override
        double value(int i, int n, SplittableRandom random) {
            return i < 5 ? 10 + 0.1 * i : i < 10 ? -5 - 0.1 * i : random.nextDouble(-0.5, 0.5);
        }
    },
    /** lambda_min close to -lambda_max, which power iteration cannot tell apart. */
    BALANCED {
        @Override
        double value(int i, int n, SplittableRandom random) {
            double size = 10 - i / 2 - (i % 2) * 0.001;
            return i < 10 ? (i % 2 == 0 ? size : -size) : random.nextDouble(-1, 1);
        }
    },
    ALL_EQUAL {
        @Override
        double value(int i, int n, SplittableRandom random) {
            return 2.5;
        }
    },
    ZERO {
        @Override
        double value(int i, int n, SplittableRandom random) {
            return 0;
        }
    };

    abstract double value(int i, int n, SplittableRandom random);

    double[] values(int n, SplittableRandom random) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = value(i, n, random);
        }
        Arrays.sort(values);
        return values;
    }
}
