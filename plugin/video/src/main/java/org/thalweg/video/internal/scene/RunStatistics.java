package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.frame.Frame;

/**
 * Numbers and range of losses of a run's frames, from one pass over them. Not thread-safe while frames are added.
 *
 * <p>Merged statistics give compared runs a common scale.
 */
public final class RunStatistics {

    /** Largest fraction of values that the scale may cut off: spikes would flatten the valley. */
    private static final double SPIKES = 0.01;

    private static final int PER_FRAME = 2048;

    private final List<FrameNumbers> numbers = new ArrayList<>();
    private double[] values = new double[1024];
    private int count;
    private double lowest = Double.POSITIVE_INFINITY;
    private double lowestPositive = Double.POSITIVE_INFINITY;

    /** Reads all frames of a source. */
    public static RunStatistics of(FrameSource frames) throws IOException {
        RunStatistics statistics = new RunStatistics();
        for (int i = 0; i < frames.size(); i++) {
            statistics.add(frames.frame(i));
        }
        return statistics;
    }

    /** The losses of both runs and the numbers of the first, since only one run's can be shown next to a surface. */
    public RunStatistics with(RunStatistics other) {
        RunStatistics both = new RunStatistics();
        both.numbers.addAll(numbers);
        Arrays.stream(values, 0, count).forEach(both::addValue);
        Arrays.stream(other.values, 0, other.count).forEach(both::addValue);
        both.lowest = Math.min(lowest, other.lowest);
        both.lowestPositive = Math.min(lowestPositive, other.lowestPositive);
        return both;
    }

    private void add(Frame frame) {
        numbers.add(FrameNumbers.of(frame));
        double[][] loss = RegularGrid.of(frame.surface()).loss();
        long points = (long) loss.length * loss[0].length;
        long every = Math.max(1, points / PER_FRAME);
        long point = 0;
        note(frame.loss());
        for (double[] row : loss) {
            for (double value : row) {
                note(value);
                if (point++ % every == 0 && Double.isFinite(value)) {
                    addValue(value);
                }
            }
        }
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

    /** The frames' numbers, in order. */
    public List<FrameNumbers> numbers() {
        return List.copyOf(numbers);
    }

    /** Whether every finite loss is positive. */
    public boolean positive() {
        return lowest > 0;
    }

    /**
     * The scale of the whole film: from the lowest loss to the one that 1 % of the points exceed. Logarithmic if asked
     * for and every loss is positive.
     */
    public ValueScale scale(boolean logarithmic) {
        boolean log = logarithmic && positive();
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double low = count == 0 ? (log ? 0.1 : 0) : log ? lowestPositive : lowest;
        double high = count == 0 ? 1 : sorted[(int) Math.floor((count - 1) * (1 - SPIKES))];
        // A flat surface has no range.
        double least = log ? low * 1.01 : low + Math.max(1e-6, 0.01 * Math.abs(low));
        return new ValueScale(log, low, Math.max(high, least));
    }
}
