package org.thalweg.curvature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;

/**
 * Keeps what later frames need from earlier ones: the first frame's parameters and the last frame's top eigenvectors.
 * Memory: {@code 1 + k} parameter vectors, where k is the number of eigenvalues at each end.
 */
final class CurvatureHistory {

    private @Nullable INDArray start;
    private List<INDArray> topEigenvectors = List.of();

    /** Keeps the parameters of the first frame; later calls do nothing. */
    void at(INDArray parameters) {
        if (start == null) {
            start = parameters.dup();
        }
    }

    /** Keeps the top eigenvectors of a frame's report. */
    void found(CurvatureReport report) {
        topEigenvectors.forEach(INDArray::close);
        boolean usable = !report.largest().isEmpty()
                && report.largest().stream().allMatch(pair -> pair.converged() && pair.vector() != null);
        topEigenvectors =
                usable ? report.largest().stream().map(CurvatureHistory::copy).toList() : List.of();
    }

    private static INDArray copy(EigenPair pair) {
        INDArray vector = pair.vector();
        if (vector == null) {
            throw new IllegalStateException("eigenpair " + pair.value() + " has no vector");
        }
        return vector.dup();
    }

    INDArray start() {
        if (start == null) {
            throw new AbsentException("first frame");
        }
        return start;
    }

    List<INDArray> topEigenvectors() {
        if (topEigenvectors.isEmpty()) {
            throw new AbsentException("no eigenvectors of an earlier frame");
        }
        return topEigenvectors;
    }
}
