package org.thalweg.curvature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.InnerProducts;

/**
 * Keeps what later frames need from earlier ones: the first frame's parameters, the last frame's top eigenvectors, and the mean of
 * parameters once a quantity has asked for it. Memory: {@code 2 + k} parameter vectors, where k is the number of eigenvalues at each
 * end.
 */
final class CurvatureHistory {

    /** As many checkpoints as are averaged where learning rates do not decay: J. Kaddour (2022) takes 6. */
    private static final int AVERAGED = 6;

    private @Nullable INDArray start;
    private List<INDArray> topEigenvectors = List.of();
    private @Nullable INDArray mean;
    private int averaged;
    private boolean isFirst = true;
    private boolean averages;

    /** Keeps the parameters of the first frame; later calls do nothing. */
    void at(INDArray parameters) {
        if (start == null) {
            start = parameters.dup();
        }
    }

    /**
     * Keeps the top eigenvectors of a frame's report, and adds its parameters to the mean, if they are finite.
     *
     * @param parameters of the frame
     */
    void found(CurvatureReport report, INDArray parameters) {
        if (averages && !isFirst && InnerProducts.isFinite(parameters)) {
            INDArray next = meanWith(parameters);
            if (mean != null) {
                mean.close();
            }
            mean = next;
            averaged = Math.min(AVERAGED, averaged + 1);
        }
        isFirst = false;
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

    /**
     * The mean of parameters up to a frame that is being computed: of the frames after the first while they are
     * {@value #AVERAGED}, later an exponential one that gives the newest a share of one in {@value #AVERAGED}.
     *
     * @return a new vector
     * @throws AbsentException at the first frame, and if the parameters are not finite
     */
    INDArray meanWith(INDArray parameters) {
        averages = true;
        if (isFirst) {
            throw new AbsentException("first frame");
        }
        if (!InnerProducts.isFinite(parameters)) {
            throw new AbsentException(CurvatureReport.DIVERGED);
        }
        INDArray next = parameters.dup();
        if (mean == null) {
            return next;
        }
        return next.subi(mean).divi(Math.min(AVERAGED, averaged + 1)).addi(mean);
    }

    /** How many frames the mean is of, with the one that is being computed; {@value #AVERAGED} stands for all longer ones. */
    int averagedFrames() {
        return Math.min(AVERAGED, averaged + 1);
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
