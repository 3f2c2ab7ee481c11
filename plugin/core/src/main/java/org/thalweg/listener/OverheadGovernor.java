package org.thalweg.listener;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.Effort;
import org.thalweg.frame.Frame;

/**
 * Keeps the time that frames take within a share of wall time. Wall time earns credit. Frames spend it: all the time
 * that the worker is busy, whether training waits for it or shares the cores with it, and the time that training takes
 * for copies. The worker's time is an upper bound of training's loss, since at worst training stands still during that
 * time. Time spent before training is a debt that is paid off gradually; otherwise a short run would have no frames.
 *
 * <p>Frames stay comparable as long as possible. First, frames are skipped, as long as this leaves no large gaps; then
 * the grid gets coarser, then the surface's probe smaller, then the products fewer. Where only a few products would
 * remain, the surface gets their time. Without a budget nothing is reduced. Thread-safe.
 */
final class OverheadGovernor {

    /** Largest number of due frames in a row that are skipped to keep the next one complete. */
    private static final int PATIENCE = 3;

    /** Largest part of the run between two frames that is left out to keep the next one complete. */
    private static final double LARGEST_GAP = 0.1;

    /** The share of the credit that pays off the time before training; the rest is for frames. */
    private static final double START_SHARE = 0.5;

    private static final int[] STRIDES = {2, 4, 8};

    /** With fewer products, Ritz values are too far from eigenvalues to be worth their time. */
    private static final int FEWEST_PRODUCTS = 10;

    private final OptionalDouble budget;
    private final FrameCosts costs;
    private final int examples;
    private final LongSupplier clock;
    private final long start;
    private long last;
    private double beforeTraining;
    private double spent;
    private double forfeited;
    private int leftOut;
    private boolean inWork;

    /**
     * @param budget share of wall time, in (0, 1]; empty for no limit
     * @param examples of the probe
     * @param clock nanoseconds; the run begins now
     */
    OverheadGovernor(OptionalDouble budget, FrameCosts costs, int examples, LongSupplier clock) {
        this.budget = budget;
        this.costs = costs;
        this.examples = examples;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.last = start;
    }

    /** Whether there is a budget. */
    boolean isLimited() {
        return budget.isPresent();
    }

    /** The effort of the frame before training, when costs are unknown and there is no credit. */
    Effort first() {
        return budget.isPresent() ? Effort.LEAST : Effort.FULL;
    }

    /** The effort of a due frame; empty if it is skipped. */
    synchronized Optional<Effort> plan() {
        if (budget.isEmpty()) {
            return Optional.of(Effort.FULL);
        }
        Optional<Effort> chosen = inWork ? Optional.empty() : affordable(balance());
        leftOut += chosen.isPresent() ? 0 : 1;
        return chosen;
    }

    /**
     * A frame has begun. {@link #made} or {@link #spent} follows; until then no other frame begins.
     *
     * @param nanos time that training waited for the copy of the parameters
     */
    synchronized void begun(long nanos) {
        inWork = true;
        leftOut = 0;
        held(nanos);
    }

    /** Training waited for a time in nanoseconds. */
    synchronized void held(long nanos) {
        spent += nanos / 1e9;
    }

    private Optional<Effort> affordable(double seconds) {
        if (costs.of(Effort.FULL) <= seconds) {
            return Optional.of(Effort.FULL);
        }
        long now = clock.getAsLong();
        if (leftOut < PATIENCE || now - last < LARGEST_GAP * (now - start)) {
            return Optional.empty();
        }
        return surfaceWithin(seconds, Integer.MAX_VALUE)
                .or(() -> productsWithin(seconds))
                .or(() -> surfaceWithin(seconds, 0));
    }

    /**
     * The finest affordable grid on the whole probe; otherwise the coarsest grid on the largest affordable part of it.
     */
    private Optional<Effort> surfaceWithin(double seconds, int products) {
        Stream<Effort> coarser = IntStream.iterate(costs.finest(), level -> level >= 1, level -> level - 1)
                .mapToObj(level -> new Effort(level, 1, products));
        Stream<Effort> thinner = Arrays.stream(STRIDES).mapToObj(stride -> new Effort(1, stride, products));
        return Stream.concat(coarser, thinner)
                .filter(effort -> costs.of(effort) <= seconds)
                .findFirst();
    }

    /** The number of products that the smallest surface leaves time for, unless it is too small to be useful. */
    private Optional<Effort> productsWithin(double seconds) {
        int thinnest = STRIDES[STRIDES.length - 1];
        int products = costs.productsWithin(seconds - costs.of(new Effort(1, thinnest, 0)));
        return products < FEWEST_PRODUCTS ? Optional.empty() : Optional.of(new Effort(1, thinnest, products));
    }

    /**
     * Available credit in seconds, at most the cost of a complete frame: a pause in training pays for one frame, not
     * for many.
     */
    private double balance() {
        double earned = budget.orElseThrow() * (elapsed() - beforeTraining);
        double paidOff = Math.min(beforeTraining, START_SHARE * earned);
        double balance = earned - paidOff - spent - forfeited;
        double whole = costs.of(Effort.FULL);
        forfeited += Math.max(0, balance - whole);
        return Math.min(balance, whole);
    }

    /** Sets the expected cost of frames until it is measured. */
    synchronized void expect(AnalysisCost cost) {
        costs.expect(cost);
    }

    /** A frame was computed and passed to the sinks in a time in nanoseconds. */
    synchronized void made(Effort effort, Frame frame, long nanos) {
        costs.learn(effort, frame, nanos / 1e9);
        spent(nanos);
    }

    /** A frame took a time in nanoseconds that is not used for estimates: it failed, or it is the first. */
    synchronized void spent(long nanos) {
        inWork = false;
        last = clock.getAsLong();
        spent += nanos / 1e9;
    }

    /** Training begins. All time until now counts as spent; from now on time earns credit. */
    synchronized void trainingBegins() {
        beforeTraining = elapsed();
        last = clock.getAsLong();
    }

    /** The share of wall time spent before a frame and, with a budget, the effort chosen for the frame. */
    synchronized Map<String, Double> quantities(Effort effort) {
        Map<String, Double> quantities = new TreeMap<>();
        quantities.put("overhead", (beforeTraining + spent) / Math.max(elapsed(), Double.MIN_NORMAL));
        if (budget.isEmpty()) {
            return quantities;
        }
        quantities.put("budget", budget.orElseThrow());
        quantities.put("budget_grid", (double) costs.side(effort.level()));
        quantities.put("budget_examples", Math.ceil((double) examples / effort.stride()));
        return quantities;
    }

    private double elapsed() {
        return (clock.getAsLong() - start) / 1e9;
    }
}
