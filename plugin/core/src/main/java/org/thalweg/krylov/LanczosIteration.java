package org.thalweg.krylov;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of {@link Lanczos}: when to restart with what, when to stop, and what has been spent. */
final class LanczosIteration implements AutoCloseable {

    /** Beyond this basis size Ritz values are looked at more rarely than every product: they cost its cube. */
    private static final int CHEAP_BASIS = 64;

    /**
     * Length of the random vector that is added to a given start of unit length: what the start is orthogonal to would not
     * be seen before rounding has brought it in.
     */
    private static final double RANDOM_SHARE = 0.1;

    private final LinearOperator operator;
    private final LanczosOptions options;
    private final long n;
    private final int basisSize;
    private final KrylovBasis basis;
    private final LanczosProcess process;
    private final RandomVectors random;
    private final long begin = System.nanoTime();

    private ProjectedProblem.Ritz ritz = ProjectedProblem.Ritz.NONE;
    /** Products before the current sequence, and the wanted values that it started with. */
    private int sequenceStart;

    private double[] sequenceBefore = new double[0];
    private int restarts;
    private int breakdowns;

    LanczosIteration(LinearOperator operator, LanczosOptions options, int basisSize) {
        this.operator = operator;
        this.options = options;
        this.n = operator.dimension();
        this.basisSize = basisSize;
        this.basis = new KrylovBasis(operator.space(), basisSize + 1);
        this.process = new LanczosProcess(operator, basis, basisSize);
        this.random = new RandomVectors(options.seed());
    }

    /**
     * Runs to the end.
     *
     * @param start vector {@code [n]}, vectors {@code [j, n]}, or null
     */
    LanczosResult run(@Nullable INDArray start) {
        if (start == null) {
            appendRandom();
        } else {
            append(start);
        }
        StopReason stop = null;
        while (stop == null) {
            boolean grows = process.step();
            stop = stop(grows);
            if (stop == null && !grows) {
                breakDown();
            }
            if (stop == null && full()) {
                process.restart(ritz, kept());
                restarts++;
            }
        }
        return result(stop);
    }

    /** Goes on from an invariant subspace with a fresh random vector. */
    private void breakDown() {
        breakdowns++;
        sequenceStart = process.products();
        sequenceBefore = wantedValues();
        appendRandom();
    }

    private void append(INDArray start) {
        INDArray rows = start.reshape(start.length() / n, n);
        VectorSpace space = operator.space();
        try (Vector sum = space.fromArray(rows.sum(0).castTo(operator.dataType()));
                Vector draw = random.normal(space)) {
            double norm = space.norm(sum);
            if (!(norm > 0) || Double.isInfinite(norm)) {
                throw new IllegalArgumentException(
                        "start vectors must have a finite sum other than zero, got one of norm " + norm);
            }
            space.scale(RANDOM_SHARE * norm / space.norm(draw), draw);
            space.axpy(1, draw, sum);
            basis.accept(basis.propose(sum));
        }
    }

    /** Appends a random unit vector orthogonal to the basis. */
    private void appendRandom() {
        double share = 0;
        // By chance a draw lies almost within the basis, where only rounding would be left of it: draw again.
        while (share < 1e-3 / Math.sqrt((double) n)) {
            double norm;
            try (Vector draw = random.normal(operator.space())) {
                norm = basis.propose(draw);
            }
            basis.orthogonalize();
            share = basis.candidateNorm() / norm;
        }
        basis.accept(basis.candidateNorm());
    }

    private boolean full() {
        return process.used() == basisSize;
    }

    private @Nullable StopReason stop(boolean grows) {
        boolean spent = process.products() >= options.maxProducts();
        boolean late = System.nanoTime() - begin >= options.timeBudget().toNanos();
        boolean looks = process.products() % (1 + basisSize / CHEAP_BASIS) == 0;
        if (looks || full() || !grows || spent || late) {
            ritz = process.solve();
            if (believable(grows) && countConverged() == options.wanted()) {
                return StopReason.CONVERGED;
            }
        }
        if (process.used() == n) {
            return StopReason.COMPLETE;
        }
        if (spent) {
            return StopReason.PRODUCTS;
        }
        return late ? StopReason.TIME : null;
    }

    /**
     * Whether the sequence of products since the start, or since the last invariant subspace, can have seen all there is
     * to see: it is as long as the basis, or it came to an end in its turn and changed nothing. Otherwise copies of a
     * multiple eigenvalue may be missing, zero for an operator of low rank.
     */
    private boolean believable(boolean grows) {
        if (process.used() == n || process.products() - sequenceStart >= basisSize) {
            return true;
        }
        double[] values = wantedValues();
        if (grows || values.length != sequenceBefore.length) {
            return false;
        }
        return IntStream.range(0, values.length)
                .allMatch(i -> Math.abs(values[i] - sequenceBefore[i]) <= bound(values[i]));
    }

    private double[] wantedValues() {
        return wanted().mapToDouble(i -> ritz.values()[i]).toArray();
    }

    private int countConverged() {
        return (int) wanted().filter(this::converged).count();
    }

    private boolean converged(int i) {
        return process.residual(ritz, i) <= bound(ritz.values()[i]);
    }

    private double bound(double value) {
        double epsilon = InnerProducts.epsilon(operator.dataType());
        return Math.max(options.rule().bound(options.tolerance(), value, ritz.norm(), epsilon), process.rounding());
    }

    private int[] kept() {
        double[] excess = IntStream.range(0, ritz.size())
                .mapToDouble(i -> process.residual(ritz, i) / bound(ritz.values()[i]))
                .toArray();
        return new RestartChoice(ritz.values(), excess, options.largest(), options.smallest()).kept();
    }

    private IntStream wanted() {
        return IntStream.concat(largest(), smallest());
    }

    private IntStream largest() {
        // In a basis smaller than both ends together each Ritz value is shown once, unless it is the whole space.
        int used = ritz.size();
        int count = used == n ? options.largest() : Math.max((used + 1) / 2, used - options.smallest());
        return IntStream.range(0, Math.min(options.largest(), count));
    }

    private IntStream smallest() {
        int used = ritz.size();
        int count = used == n ? options.smallest() : used - (int) largest().count();
        return IntStream.range(used - Math.min(options.smallest(), count), used);
    }

    private LanczosResult result(StopReason stop) {
        ConvergenceInfo info = new ConvergenceInfo(
                countConverged(),
                options.wanted(),
                process.products(),
                restarts,
                breakdowns,
                basisSize,
                KrylovBasis.bytes(operator.dataType(), basisSize + 1, n),
                process.rounding(),
                options.tolerance(),
                options.rule(),
                stop);
        return new LanczosResult(pairs(largest()), pairs(smallest()), info);
    }

    private List<EigenPair> pairs(IntStream indices) {
        return indices.mapToObj(i -> new EigenPair(
                        ritz.values()[i],
                        options.eigenvectors() ? operator.space().toArray(basis.combine(ritz.coordinates()[i])) : null,
                        process.residual(ritz, i),
                        converged(i)))
                .toList();
    }

    @Override
    public void close() {
        basis.close();
    }
}
