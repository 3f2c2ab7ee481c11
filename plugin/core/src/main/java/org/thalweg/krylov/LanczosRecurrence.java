package org.thalweg.krylov;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One run of {@link Lanczos} without a basis, for one eigenvalue at each end: {@link LanczosSequence}s, almost always a single one,
 * until both ends have converged and the Lanczos polynomial leaves nothing further out.
 *
 * <p>Eigenvectors are sums of the sequence's vectors, so they take each product a second time, and one product more for the pair's own
 * residual. A sequence that ends in an invariant subspace before the polynomial is satisfied is followed by another from a fresh random
 * vector, until that changes nothing.
 */
final class LanczosRecurrence {

    /** In a longer sequence, its values are not computed after every product: they cost the cube of its length. */
    private static final int CHEAP_LENGTH = 32;

    /** A sequence as long as the basis that is used by default counts as long enough, as there. */
    private static final int LONG = Lanczos.DEFAULT.basisSize();

    private final LinearOperator operator;
    private final Lanczos lanczos;
    private final EigenvalueQuery query;
    private final KrylovBudget budget;
    private final Accuracy accuracy;
    private final StartVectors starts;
    private final long begin = System.nanoTime();
    private final List<End> ends;
    private int products;
    private int breakdowns;
    private double scale;
    /** Largest absolute value at either end, wanted or not. */
    private double largest;

    /** One end of the spectrum and what is known of it; 1 for the largest eigenvalue, -1 for the smallest. */
    private static final class End {

        private final int sign;
        private double value = Double.NaN;
        private double residual;
        private @Nullable Vector vector;
        /** What its vector is made of: the value when it first became accurate, before its copies appeared. */
        private LanczosSequence.@Nullable Ritz first;

        End(int sign) {
            this.sign = sign;
        }
    }

    LanczosRecurrence(
            LinearOperator operator,
            Lanczos lanczos,
            EigenvalueQuery query,
            KrylovBudget budget,
            @Nullable INDArray start) {
        this.operator = operator;
        this.lanczos = lanczos;
        this.query = query;
        this.budget = budget;
        this.accuracy = new Accuracy(operator, lanczos);
        this.starts = new StartVectors(operator, start);
        this.ends = IntStream.of(1, -1)
                .filter(sign -> (sign > 0 ? query.largest() : query.smallest()) > 0)
                .mapToObj(End::new)
                .toList();
    }

    /** Bytes of all vectors that are held at the same time, of length n. */
    static long bytes(EigenvalueQuery query, long n, DataType type) {
        return (LanczosSequence.VECTORS + (query.eigenvectors() ? query.wanted() : 0L)) * n * type.width();
    }

    LanczosResult run() {
        StopReason stop = null;
        for (int number = 0; stop == null; number++) {
            stop = run(number);
        }
        return result(stop);
    }

    /** Runs a sequence; returns null where it takes another one to believe it. */
    private @Nullable StopReason run(int number) {
        try (LanczosSequence sequence = new LanczosSequence(
                operator, accuracy, starts.draw(random(number)), starts.randomShare(), budget.products())) {
            ends.forEach(end -> end.first = null);
            StopReason stop = null;
            boolean grows = true;
            while (stop == null && grows) {
                grows = sequence.step(++products);
                stop = stop(sequence, grows);
            }
            boolean changed = keep(sequence, number);
            if (stop != null) {
                return stop;
            }
            breakdowns++;
            return changed ? null : StopReason.CONVERGED;
        }
    }

    /** Each sequence has a stream of its own, so that it can be run again. */
    private RandomVectors random(int number) {
        return new RandomVectors(lanczos.seed() + number);
    }

    private @Nullable StopReason stop(LanczosSequence sequence, boolean grows) {
        int length = sequence.size();
        long wholeCost = query.eigenvectors() ? products + 1L + length + query.wanted() : products;
        boolean spent = query.eigenvectors() ? wholeCost > budget.products() : wholeCost >= budget.products();
        long passed = (query.eigenvectors() ? 2 : 1) * (System.nanoTime() - begin);
        boolean late = passed >= budget.time().toNanos();
        if (length % (1 + length / CHEAP_LENGTH) == 0 || !grows || spent || late) {
            LanczosSequence.Ritz[] ritz = sequence.ends();
            scale = Math.max(scale, sequence.scale());
            largest = Math.max(largest, Math.max(Math.abs(ritz[0].value()), Math.abs(ritz[1].value())));
            ends.forEach(end -> noteFirst(end, of(end, ritz)));
            if (ends.stream().allMatch(end -> settled(sequence, end, of(end, ritz)))) {
                return StopReason.CONVERGED;
            }
        }
        if (spent) {
            return StopReason.PRODUCTS;
        }
        return late ? StopReason.TIME : null;
    }

    private static LanczosSequence.Ritz of(End end, LanczosSequence.Ritz[] ritz) {
        return ritz[end.sign > 0 ? 0 : 1];
    }

    private void noteFirst(End end, LanczosSequence.Ritz ritz) {
        double bound = settledBelow(ritz);
        boolean moved = end.first == null || Math.abs(ritz.value() - end.first.value()) > bound;
        if (ritz.residual() <= bound && moved) {
            end.first = ritz;
        }
    }

    /** Vectors add rounding of their own, which a smaller residual leaves room for. */
    private double settledBelow(LanczosSequence.Ritz ritz) {
        double bound = accuracy.settledBelow(ritz.value(), largest, scale);
        return query.eigenvectors() ? Math.max(bound / 4, accuracy.rounding(scale)) : bound;
    }

    /** Whether a value is accurate, and nothing further out has stayed unseen. */
    private boolean settled(LanczosSequence sequence, End end, LanczosSequence.Ritz ritz) {
        double bound = settledBelow(ritz);
        return ritz.residual() <= bound
                && (sequence.size() >= LONG || sequence.polynomial().bounds(ritz.value() + end.sign * bound, end.sign));
    }

    /** Keeps the ends of a sequence that lie further out than those of the sequences before; returns whether any does. */
    private boolean keep(LanczosSequence sequence, int number) {
        LanczosSequence.Ritz[] ritz = sequence.ends();
        List<End> further = ends.stream()
                .filter(end -> {
                    double value = of(end, ritz).value();
                    double margin = number == 0 ? 0 : settledBelow(of(end, ritz));
                    return !(end.sign * (value - end.value) <= margin);
                })
                .toList();
        for (End end : further) {
            end.value = of(end, ritz).value();
            end.residual = of(end, ritz).error();
        }
        if (query.eigenvectors() && !further.isEmpty()) {
            replay(sequence, number, further, ritz);
        }
        return !further.isEmpty();
    }

    private void replay(LanczosSequence sequence, int number, List<End> further, LanczosSequence.Ritz[] ritz) {
        VectorSpace space = operator.space();
        Vector[] sums = new Vector[further.size()];
        double[][] coordinates = new double[further.size()][];
        for (int i = 0; i < sums.length; i++) {
            End end = further.get(i);
            free(end);
            sums[i] = space.zeros();
            end.vector = sums[i];
            coordinates[i] = (end.first == null ? of(end, ritz) : end.first).coordinates();
        }
        products += sequence.replay(() -> starts.draw(random(number)), coordinates, sums);
        for (int i = 0; i < sums.length; i++) {
            space.divide(space.norm(sums[i]), sums[i]);
            if (products < budget.products()) {
                measure(space, further.get(i), sums[i]);
            }
        }
    }

    /** Replaces a value and its residual by those of its vector. */
    private void measure(VectorSpace space, End end, Vector vector) {
        try (Vector product = operator.multiply(vector)) {
            products++;
            end.value = space.dot(vector, product);
            space.axpy(-end.value, vector, product);
            end.residual = Math.max(space.norm(product), accuracy.epsilon() * scale);
        }
    }

    private static void free(End end) {
        if (end.vector != null) {
            end.vector.close();
        }
    }

    private LanczosResult result(StopReason end) {
        List<EigenPair> upper = pairs(1);
        // Of a single product both values are the same one, unless there is no other.
        boolean once = upper.size() == 1 && products == 1 && end != StopReason.CONVERGED && operator.dimension() > 1;
        List<EigenPair> lower = once ? List.of() : pairs(-1);
        int converged = (int) Stream.concat(upper.stream(), lower.stream())
                .filter(EigenPair::converged)
                .count();
        boolean rounding = end == StopReason.CONVERGED && converged < query.wanted();
        ConvergenceInfo info = new ConvergenceInfo(
                converged,
                query.wanted(),
                products,
                0,
                breakdowns,
                Lanczos.RECURRENCE,
                bytes(query, operator.space().dimension(), operator.dataType()),
                accuracy.rounding(scale),
                lanczos.tolerance(),
                lanczos.rule(),
                rounding ? StopReason.ROUNDING : end);
        return new LanczosResult(upper, lower, info);
    }

    private List<EigenPair> pairs(int sign) {
        return ends.stream()
                .filter(end -> end.sign == sign)
                .map(end -> {
                    double residual = end.residual + accuracy.productError(scale);
                    boolean converged = residual <= accuracy.allowed(end.value, largest, scale);
                    return new EigenPair(
                            end.value,
                            end.vector == null ? null : operator.space().toArray(end.vector),
                            residual,
                            converged);
                })
                .toList();
    }
}
