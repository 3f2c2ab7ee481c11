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
    private final Lanczos lanczos;
    private final EigenvalueQuery query;
    private final KrylovBudget budget;
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
    /** Whether the pairs are known to be the outermost: one of each end always, several once a fresh look has changed nothing. */
    private boolean verified;

    /** Whether a fresh look has begun. */
    private boolean looking;

    private int restarts;
    private int breakdowns;

    LanczosIteration(
            LinearOperator operator, Lanczos lanczos, EigenvalueQuery query, KrylovBudget budget, int basisSize) {
        this.operator = operator;
        this.lanczos = lanczos;
        this.query = query;
        this.budget = budget;
        this.n = operator.dimension();
        this.basisSize = basisSize;
        this.basis = new KrylovBasis(operator.space(), basisSize + 1);
        this.process = new LanczosProcess(operator, basis, basisSize);
        this.random = new RandomVectors(lanczos.seed());
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
            if (stop == StopReason.CONVERGED && !verified) {
                restartFromRandom();
                stop = null;
            } else if (stop == null && !grows) {
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

    /**
     * Looks once more at what is orthogonal to all pairs asked for, from a fresh random vector: a Krylov space holds one vector
     * of each eigenspace, so that further copies of a multiple eigenvalue are in none but by rounding.
     */
    private void restartFromRandom() {
        sequenceStart = process.products();
        sequenceBefore = wantedValues();
        looking = true;
        process.lock(ritz, wanted().sorted().distinct().toArray());
        appendRandom();
        restarts++;
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
        boolean spent = process.products() >= budget.products();
        boolean late = System.nanoTime() - begin >= budget.time().toNanos();
        boolean looks = process.products() % (1 + basisSize / CHEAP_BASIS) == 0;
        if (looks || full() || !grows || spent || late) {
            ritz = process.solve();
            boolean settled = believable(grows) && wanted().allMatch(this::settled);
            verified = oneEach() || process.used() == n || (settled && changedNothing());
            if (settled && (verified || !(spent || late))) {
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
     * Whether the sequence of products since the start, or since the last fresh vector, can have seen all there is to see: it
     * is as long as the basis, or it came to an end in its turn and changed nothing. Otherwise copies of a multiple eigenvalue
     * may be missing, zero for an operator of low rank.
     */
    private boolean believable(boolean grows) {
        return process.used() == n || process.products() - sequenceStart >= basisSize || (!grows && changedNothing());
    }

    private boolean oneEach() {
        return query.largest() <= 1 && query.smallest() <= 1;
    }

    /** Whether the wanted values are, within their errors, those that the current sequence started with. */
    private boolean changedNothing() {
        int[] wanted = wanted().toArray();
        return wanted.length == sequenceBefore.length
                && IntStream.range(0, wanted.length).allMatch(k -> {
                    double value = ritz.values()[wanted[k]];
                    double error = Math.max(settledBelow(value), residual(wanted[k]));
                    return Math.abs(value - sequenceBefore[k]) <= error;
                });
    }

    private double[] wantedValues() {
        return wanted().mapToDouble(i -> ritz.values()[i]).toArray();
    }

    private int countConverged() {
        return (int) wanted().filter(this::converged).count();
    }

    /**
     * Whether a pair is what the tolerance asks for, the error of products included. Of several at an end those behind the
     * outermost are not before a fresh look has shown that none was missed.
     */
    private boolean converged(int i) {
        boolean outermost = i == 0 || i == ritz.size() - 1;
        return residual(i) <= allowed(ritz.values()[i]) && (outermost || verified);
    }

    /** ||H y - theta y||, the error of products included. */
    private double residual(int i) {
        return process.residual(ritz, i) + process.productError();
    }

    private double allowed(double value) {
        double epsilon = InnerProducts.epsilon(operator.dataType());
        return lanczos.tolerance() == 0
                ? process.rounding() + process.productError()
                : lanczos.rule().bound(lanczos.tolerance(), value, ritz.norm(), epsilon);
    }

    /** Whether further products can do nothing more for a pair: it has converged, or only rounding is left of its residual. */
    private boolean settled(int i) {
        double bound = settledBelow(ritz.values()[i]);
        if (!oneEach() && !looking) {
            // What is left of a residual when the fresh look begins stays in it.
            bound = Math.max(bound / 4, process.rounding());
        }
        return process.residual(ritz, i) <= bound;
    }

    private double settledBelow(double value) {
        return Math.max(allowed(value) - process.productError(), process.rounding());
    }

    private int[] kept() {
        double[] excess = IntStream.range(0, ritz.size())
                .mapToDouble(i -> process.residual(ritz, i) / settledBelow(ritz.values()[i]))
                .toArray();
        return new RestartChoice(ritz.values(), excess, query.largest(), query.smallest()).kept();
    }

    private IntStream wanted() {
        return IntStream.concat(largest(), smallest());
    }

    private IntStream largest() {
        // In a basis smaller than both ends together each Ritz value is shown once, unless it is the whole space.
        int used = ritz.size();
        int count = used == n ? query.largest() : Math.max((used + 1) / 2, used - query.smallest());
        return IntStream.range(0, Math.min(query.largest(), count));
    }

    private IntStream smallest() {
        int used = ritz.size();
        int count = used == n ? query.smallest() : used - (int) largest().count();
        return IntStream.range(used - Math.min(query.smallest(), count), used);
    }

    private LanczosResult result(StopReason end) {
        int converged = countConverged();
        boolean rounding = end == StopReason.CONVERGED && converged < wanted().count();
        StopReason stop = rounding ? StopReason.ROUNDING : end;
        ConvergenceInfo info = new ConvergenceInfo(
                converged,
                query.wanted(),
                process.products(),
                restarts,
                breakdowns,
                basisSize,
                KrylovBasis.bytes(operator.dataType(), basisSize + 1, n),
                process.rounding(),
                lanczos.tolerance(),
                lanczos.rule(),
                stop);
        return new LanczosResult(pairs(largest()), pairs(smallest()), info);
    }

    private List<EigenPair> pairs(IntStream indices) {
        return indices.mapToObj(i -> new EigenPair(
                        ritz.values()[i],
                        query.eigenvectors() ? operator.space().toArray(basis.combine(ritz.coordinates()[i])) : null,
                        residual(i),
                        converged(i)))
                .toList();
    }

    @Override
    public void close() {
        basis.close();
    }
}
