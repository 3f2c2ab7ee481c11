package org.thalweg.cli;

import java.util.Locale;

/** The kinds of planes, and the number of models that each needs. */
enum PlaneType {
    /** Two random directions. */
    RANDOM(1, 1),
    /** The eigenvectors of the two largest eigenvalues of the Hessian. */
    EIGEN(1, 1),
    /** The eigenvectors of the largest and the smallest eigenvalue. */
    EIGEN_ENDS(1, 1),
    /** The directions in which models, in the order of training, vary most; around the last one. */
    PCA(3, Integer.MAX_VALUE),
    /** From the first model to the second, and a random second direction. */
    INTERPOLATE(2, 2),
    /** Through three models. */
    THREE(3, 3);

    private final int least;
    private final int most;

    PlaneType(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** Checks that a number of models spans this plane. */
    void requireModels(int count) {
        if (count < least || count > most) {
            String wanted = most == Integer.MAX_VALUE ? "at least " + least : String.valueOf(least);
            throw new IllegalArgumentException(
                    "--plane " + this + " takes " + wanted + (least == 1 ? " model" : " models") + ", got " + count);
        }
    }

    /** Index of the model at (0, 0). */
    int origin(int models) {
        return this == PCA ? models - 1 : 0;
    }

    /** Whether the model at (0, 0) must be a point of the grid. */
    boolean surroundsModel() {
        return most == 1;
    }

    /** The default range, in which other models lie at 1. */
    PlaneRange range() {
        double[] around = {-1, 1};
        double[] between = {-0.5, 1.5};
        return switch (this) {
            case THREE -> new PlaneRange(between, between);
            case INTERPOLATE -> new PlaneRange(between, around);
            default -> new PlaneRange(around, around);
        };
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
