package org.thalweg.curvature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;

/**
 * What later frames want to know of earlier ones: the first frame's parameters and the last one's top eigenvectors.
 * Memory: {@code 1 + k} vectors of parameters, k the number of eigenvalues of an end.
 */
final class CurvatureHistory {

    private @Nullable INDArray start;
    private List<INDArray> topEigenvectors = List.of();

    /** Takes note of where a frame is; the first one counts. */
    void at(INDArray parameters) {
        if (start == null) {
            start = parameters.dup();
        }
    }

    /** Takes note of what a frame found. */
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
            throw new AbsentException("no eigenvectors of a frame before");
        }
        return topEigenvectors;
    }
}
