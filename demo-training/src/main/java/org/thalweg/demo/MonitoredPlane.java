package org.thalweg.demo;

import java.util.Locale;
import java.util.Optional;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.direction.GradientDirections;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.Lanczos;

/** The kinds of plane through the network that are available during training. */
enum MonitoredPlane {
    /** Two random directions, scaled filter by filter. */
    RANDOM {
        @Override
        Optional<DirectionSource> directions(long seed) {
            return Optional.empty();
        }
    },
    /** The eigenvectors of the Hessian's two largest eigenvalues, of unit length. */
    EIGEN {
        @Override
        Optional<DirectionSource> directions(long seed) {
            return Optional.of(eigenvectors(Ends.LARGEST_TWO));
        }
    },
    /** The eigenvectors of the largest and the smallest eigenvalue, of unit length. */
    EIGEN_ENDS {
        @Override
        Optional<DirectionSource> directions(long seed) {
            return Optional.of(eigenvectors(Ends.LARGEST_AND_SMALLEST));
        }
    },
    /**
     * Steepest descent and the last step; two random directions where no step is known, as at the first frame, also
     * of a resumed run.
     */
    GRADIENT {
        @Override
        Optional<DirectionSource> directions(long seed) {
            return Optional.of(new GradientDirections(new RandomDirections(seed, DirectionOptions.DEFAULT)));
        }
    };

    /** The directions, with the seed of random ones; empty for the listener's default. */
    abstract Optional<DirectionSource> directions(long seed);

    private static DirectionSource eigenvectors(Ends ends) {
        return new EigenvectorDirections(
                ends, Lanczos.DEFAULT, CurvatureOptions.UNTIMED.eigenvalues().budget());
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
