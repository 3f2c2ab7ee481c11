package org.thalweg.krylov;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Counts, over random symmetric matrices with known eigenvalues, how often what {@link Lanczos} says of an eigenvalue is not
 * true: that it has converged while it is off by more than the tolerance, and that a true eigenvalue lies within the residual.
 */
final class RandomSpectra {

    /** By how much a direct solver's eigenvalues are off, relative to the norm. */
    private static final double SOLVER = 1e-14;

    /**
     * What was counted.
     *
     * @param pairs all that were returned
     * @param converged those that are said to have converged
     * @param wrong those of them that have no true eigenvalue within the tolerance
     * @param missed those of them whose eigenvalue has another rank, and is off from the one with that rank by more than the
     *     tolerance: an outer member of a cluster was not seen, which no residual can tell
     * @param outside pairs that have no true eigenvalue within the residual
     * @param neighbours pairs whose true eigenvalue by rank is not within the residual: where eigenvalues lie closer than the
     *     tolerance it may be a neighbour that is
     * @param products operator-vector products taken
     */
    record Count(int pairs, int converged, int wrong, int missed, int outside, int neighbours, long products) {

        static final Count NONE = new Count(0, 0, 0, 0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(
                    pairs + other.pairs,
                    converged + other.converged,
                    wrong + other.wrong,
                    missed + other.missed,
                    outside + other.outside,
                    neighbours + other.neighbours,
                    products + other.products);
        }
    }

    private enum Kind {
        INDEFINITE,
        DEFINITE,
        CLUSTERED,
        MULTIPLE,
        GRADED,
        LOW_RANK
    }

    private final SplittableRandom random;
    private boolean withoutBasis;

    RandomSpectra(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One eigenvalue at an end or at both, from the three-term recurrence. */
    RandomSpectra withoutBasis() {
        withoutBasis = true;
        return this;
    }

    /** Prints the count by type, for a number of spectra and a seed. */
    public static void main(String[] args) {
        int trials = Integer.parseInt(args[0]);
        RandomSpectra spectra = new RandomSpectra(Long.parseLong(args[1]));
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            System.out.println(type + " " + spectra.count(trials / 2, type));
        }
    }

    /** Counts over a number of matrices. */
    Count count(int trials, DataType type) {
        Count count = Count.NONE;
        for (int i = 0; i < trials; i++) {
            count = count.plus(trial(type));
        }
        return count;
    }

    private Count trial(DataType type) {
        int n = random.nextInt(3, 121);
        double[] values = values(n);
        boolean dense = random.nextBoolean();
        MatrixOperator operator;
        if (dense) {
            double[][] matrix = rounded(dense(values), type);
            values = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false)).getRealEigenvalues();
            operator = MatrixOperator.dense(type, matrix);
        } else {
            values = rounded(new double[][] {values}, type)[0];
            operator = MatrixOperator.diagonal(type, values);
        }
        Arrays.sort(values);
        return judge(operator, values, dense ? SOLVER : 0);
    }

    private Count judge(MatrixOperator operator, double[] ascending, double solver) {
        int n = ascending.length;
        int most = withoutBasis ? 1 : 5;
        int largest = random.nextInt(0, Math.min(n, most) + 1);
        int smallest = random.nextInt(largest == 0 ? 1 : 0, Math.min(n, most) + 1);
        LanczosRun run = LanczosRun.DEFAULT
                .withoutVectors()
                .withBasisSize(withoutBasis ? Lanczos.RECURRENCE : largest + smallest + random.nextInt(10, 40))
                .withEnds(largest, smallest)
                .withTolerance(Math.pow(10, random.nextDouble(-6, -1)), anyRule())
                .withProducts(random.nextInt(50, 2000))
                .withSeed(random.nextLong());
        LanczosResult result = run.on(operator);
        double norm = Math.max(Math.abs(ascending[0]), Math.abs(ascending[n - 1]));
        Count count = new Count(0, 0, 0, 0, 0, 0, result.info().products());
        for (int i = 0; i < result.largest().size(); i++) {
            count = count.plus(judge(
                    result.largest().get(i), ascending, n - 1 - i, run.lanczos(), norm, solver, operator.dataType()));
        }
        int found = result.smallest().size();
        for (int i = 0; i < found; i++) {
            count = count.plus(judge(
                    result.smallest().get(i),
                    ascending,
                    found - 1 - i,
                    run.lanczos(),
                    norm,
                    solver,
                    operator.dataType()));
        }
        return count;
    }

    private ToleranceRule anyRule() {
        return random.nextBoolean() ? ToleranceRule.RELATIVE_TO_EACH : ToleranceRule.RELATIVE_TO_LARGEST;
    }

    private static Count judge(
            EigenPair pair, double[] ascending, int rank, Lanczos lanczos, double norm, double solver, DataType type) {
        double truth = ascending[rank];
        double allowed = lanczos.rule().bound(lanczos.tolerance(), truth, norm, InnerProducts.epsilon(type));
        double error = Math.abs(pair.value() - truth) - solver * norm;
        double nearest = Arrays.stream(ascending)
                        .map(value -> Math.abs(pair.value() - value))
                        .min()
                        .orElseThrow()
                - solver * norm;
        boolean wrong = pair.converged() && nearest > allowed;
        boolean missed = pair.converged() && error > allowed && !wrong;
        boolean outside = nearest > pair.residual();
        boolean other = error > pair.residual();
        return new Count(1, one(pair.converged()), one(wrong), one(missed), one(outside), one(other), 0);
    }

    private static int one(boolean counts) {
        return counts ? 1 : 0;
    }

    /** Eigenvalues of some kind, of a size between 1e-12 and 1e12. */
    private double[] values(int n) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        double scale = Math.pow(10, random.nextDouble(-12, 12));
        double[] values = new double[n];
        Arrays.setAll(values, i -> scale * value(kind, i));
        return values;
    }

    private double value(Kind kind, int i) {
        double any = random.nextDouble(-1, 1);
        return switch (kind) {
            case INDEFINITE -> i % 5 == 0 ? 10 * any : any;
            case DEFINITE -> Math.abs(any) + (i < 4 ? 3 * i : 0);
            case CLUSTERED -> i % 3 == 0 ? (i % 2 == 0 ? 5 : -4) + 1e-3 * any : any;
            case MULTIPLE -> i < 9 ? (i < 3 ? 1.526 : i < 6 ? -1.472 : 1.4) : any;
            case GRADED -> Math.copySign(Math.pow(10, -8 * Math.abs(any)), random.nextDouble(-1, 1));
            case LOW_RANK -> i < 6 ? 1 + i + any : 0;
        };
    }

    /** Q diag(values) Q^T with a random orthogonal Q, symmetric to the last bit. */
    private double[][] dense(double[] values) {
        int n = values.length;
        double[][] normal = new double[n][n];
        for (double[] row : normal) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        RealMatrix q = new QRDecomposition(new Array2DRowRealMatrix(normal, false)).getQ();
        double[][] product = q.multiply(MatrixUtils.createRealDiagonalMatrix(values))
                .multiply(q.transpose())
                .getData();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                product[j][i] = product[i][j];
            }
        }
        return product;
    }

    private static double[][] rounded(double[][] rows, DataType type) {
        return type == DataType.DOUBLE
                ? rows
                : Stream.of(rows)
                        .map(row -> Arrays.stream(row).map(x -> (float) x).toArray())
                        .toArray(double[][]::new);
    }
}
