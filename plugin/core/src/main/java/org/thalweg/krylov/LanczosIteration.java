package org.thalweg.krylov;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of {@link Lanczos}: decides when and from what to restart and when to stop, and counts the cost. */
final class LanczosIteration implements AutoCloseable {

    /** With a larger basis, Ritz values are not computed after every product: they cost the cube of its size. */
    private static final int CHEAP_BASIS = 64;

    private final LinearOperator operator;
    private final Lanczos lanczos;
    private final EigenvalueQuery query;
    private final KrylovBudget budget;
    private final long n;
    private final int basisSize;
    private final Accuracy accuracy;
    private final KrylovBasis basis;
    private final LanczosProcess process;
    private final RandomVectors random;
    private final long begin = System.nanoTime();

    private ProjectedProblem.Ritz ritz = ProjectedProblem.Ritz.NONE;
    /** Products before the current sequence, and the wanted values at its start. */
    private int sequenceStart;

    private double[] sequenceBefore = new double[0];
    /**
     * Whether the pairs are known to be the outermost: always for one at each end, for several once a fresh start has
     * changed nothing.
     */
    private boolean verified;

    /** Whether a fresh start has begun. */
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
        this.accuracy = new Accuracy(operator, lanczos);
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

    /** Continues from an invariant subspace with a fresh random vector. */
    private void breakDown() {
        breakdowns++;
        sequenceStart = process.products();
        sequenceBefore = wantedValues();
        appendRandom();
    }

    /**
     * Restarts from a fresh random vector orthogonal to all requested pairs: a Krylov space holds one vector of each
     * eigenspace, so further copies of a multiple eigenvalue enter it only by rounding.
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
        StartVectors starts = new StartVectors(operator, start);
        try (Vector sum = starts.draw(random)) {
            basis.accept(basis.propose(sum));
        }
        process.polynomial().begin(n, starts.randomShare());
    }

    /** Appends a random unit vector orthogonal to the basis. */
    private void appendRandom() {
        double share = 0;
        // A draw may happen to lie almost within the basis; only rounding would remain of it, so draw again.
        while (share < 1e-3 / Math.sqrt((double) n)) {
            double norm;
            try (Vector draw = random.normal(operator.space())) {
                norm = basis.propose(draw);
            }
            basis.orthogonalize();
            share = basis.candidateNorm() / norm;
        }
        basis.accept(basis.candidateNorm());
        process.polynomial().begin(n, 1);
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
     * Whether the sequence of products since the start, or since the last fresh vector, is long enough to find every
     * wanted eigenvalue: what it has not seen is not outside the wanted ones, it is as long as the basis, or it ended in
     * an invariant subspace and changed nothing. Otherwise copies of a multiple eigenvalue may be missing, such as those
     * of zero for an operator of low rank.
     */
    private boolean believable(boolean grows) {
        return process.used() == n
                || process.products() - sequenceStart >= basisSize
                || (!grows && changedNothing())
                || (ritz.size() > query.wanted() && (isLookedAtAgain() || boundsTheRest()));
    }

    /** Whether a fresh start will look for what this sequence has not seen. */
    private boolean isLookedAtAgain() {
        return !oneEach() && sequenceBefore.length == 0;
    }

    /** Whether eigenvalues that were not seen are within the tolerance of the wanted ones, or further inwards. */
    private boolean boundsTheRest() {
        return (query.largest() == 0 || process.polynomial().boundsAbove(outermostUnseen(query.largest() - 1, 1)))
                && (query.smallest() == 0
                        || process.polynomial().boundsBelow(outermostUnseen(ritz.size() - query.smallest(), -1)));
    }

    /**
     * The value beyond which an unseen eigenvalue would make the innermost wanted pair, i, wrong. After a fresh start it is
     * as sharp as the pair's residual; a first sequence cannot tell eigenvalues within the residual apart.
     */
    private double outermostUnseen(int i, int sign) {
        double value = ritz.values()[i];
        return value + sign * (oneEach() ? settledBelow(value) : Math.max(residual(i), process.rounding()));
    }

    private boolean oneEach() {
        return query.largest() <= 1 && query.smallest() <= 1;
    }

    /** Whether the wanted values equal, within their errors, those at the start of the current sequence. */
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
     * Whether a pair is within the tolerance, including the error of products. Of several at one end, all but the
     * outermost count only after a fresh start has shown that none was missed.
     */
    private boolean converged(int i) {
        boolean outermost = i == 0 || i == ritz.size() - 1;
        return residual(i) <= allowed(ritz.values()[i]) && (outermost || verified);
    }

    /** ||H y - theta y||, including the error of products. */
    private double residual(int i) {
        return process.residual(ritz, i) + process.productError();
    }

    private double allowed(double value) {
        return accuracy.allowed(value, ritz.norm(), process.scale());
    }

    /** Whether further products cannot improve a pair: it has converged, or its residual is at rounding level. */
    private boolean settled(int i) {
        double bound = settledBelow(ritz.values()[i]);
        if (!oneEach()) {
            // The residual that a pair has when a fresh start begins remains, and each later restart adds some
            // rounding.
            bound = looking ? Math.max(bound, 2 * process.rounding()) : Math.max(bound / 4, process.rounding());
        }
        return process.residual(ritz, i) <= bound;
    }

    private double settledBelow(double value) {
        return accuracy.settledBelow(value, ritz.norm(), process.scale());
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
        // In a basis smaller than both ends together, each Ritz value is returned once, unless the basis spans the
        // whole space.
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
