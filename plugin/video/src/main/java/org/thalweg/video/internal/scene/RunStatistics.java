package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.film.ValueOptions;

/**
 * Numbers and range of losses of a run's frames, from one pass over them. Not thread-safe while frames are added.
 *
 * <p>Merged statistics give compared runs a common scale.
 */
public final class RunStatistics {

    /** Largest fraction of values that the scale may cut off: spikes would flatten the valley. */
    private static final double SPIKES = 0.01;

    private static final int PER_FRAME = 2048;

    private final SurfaceQuantity quantity;
    private final List<FrameNumbers> numbers = new ArrayList<>();
    private double[] values = new double[1024];
    private int count;
    private double lowest = Double.POSITIVE_INFINITY;
    private double lowestPositive = Double.POSITIVE_INFINITY;

    private RunStatistics(SurfaceQuantity quantity) {
        this.quantity = quantity;
    }

    /**
     * Reads all frames of a source.
     *
     * @throws IOException if a frame cannot be read or lacks the quantity; the message names it
     */
    public static RunStatistics of(FrameSource frames, SurfaceQuantity quantity) throws IOException {
        RunStatistics statistics = new RunStatistics(quantity);
        for (int i = 0; i < frames.size(); i++) {
            statistics.add(frames.title(), frames.frame(i));
        }
        return statistics;
    }

    /** The losses of both runs and the numbers of the first, since only one run's can be shown next to a surface. */
    public RunStatistics with(RunStatistics other) {
        RunStatistics both = new RunStatistics(quantity);
        both.numbers.addAll(numbers);
        Arrays.stream(values, 0, count).forEach(both::addValue);
        Arrays.stream(other.values, 0, other.count).forEach(both::addValue);
        both.lowest = Math.min(lowest, other.lowest);
        both.lowestPositive = Math.min(lowestPositive, other.lowestPositive);
        return both;
    }

    private void add(String run, Frame frame) throws IOException {
        FrameNumbers ofFrame = FrameNumbers.of(frame, quantity);
        numbers.add(ofFrame);
        double[][] loss =
                RegularGrid.of(frame.surface(), values(run, frame, quantity)).loss();
        long points = (long) loss.length * loss[0].length;
        long every = Math.max(1, points / PER_FRAME);
        long point = 0;
        note(ofFrame.at(quantity));
        for (double[] row : loss) {
            for (double value : row) {
                note(value);
                if (point++ % every == 0 && Double.isFinite(value)) {
                    addValue(value);
                }
            }
        }
    }

    /**
     * The values of a quantity on a frame's surface.
     *
     * @throws IOException if the frame lacks them, naming run and frame
     */
    static double[][] values(String run, Frame frame, SurfaceQuantity quantity) throws IOException {
        return quantity.of(frame.surface())
                .orElseThrow(() -> new IOException("frame " + frame.iteration() + " of " + run + " has no " + quantity
                        + ": its surface has no validation probe, or belongs to a regression"));
    }

    private void note(double value) {
        if (Double.isFinite(value)) {
            lowest = Math.min(lowest, value);
            lowestPositive = value > 0 ? Math.min(lowestPositive, value) : lowestPositive;
        }
    }

    private void addValue(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    /** The quantity of the values. */
    SurfaceQuantity quantity() {
        return quantity;
    }

    /** The frames' numbers, in order. */
    public List<FrameNumbers> numbers() {
        return List.copyOf(numbers);
    }

    /** Whether the quantity is a loss and every finite one is positive. */
    public boolean positive() {
        return quantity.isLoss() && lowest > 0;
    }

    /**
     * The scale of the whole film: by default from the lowest value to the highest, or for losses to the value that 1 %
     * of the points exceed. Logarithmic if requested and every value is a positive loss.
     */
    public ValueScale scale(ValueOptions options) {
        boolean log = options.logarithmic() && positive();
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double lowest = count == 0 ? (log ? 0.1 : 0) : log ? lowestPositive : this.lowest;
        double low = options.low().orElse(lowest);
        double spikes = quantity.isLoss() ? SPIKES : 0;
        double highest = count == 0 ? 1 : sorted[(int) Math.floor((count - 1) * (1 - spikes))];
        if (!quantity.isLoss()) {
            // A maximum between points may be slightly higher than at the points.
            highest += 0.05 * (highest - lowest);
        }
        // A flat surface has no range.
        double least = log ? low * 1.01 : low + Math.max(1e-6, 0.01 * Math.abs(low));
        return new ValueScale(log, low, Math.max(options.high().orElse(highest), least));
    }
}
