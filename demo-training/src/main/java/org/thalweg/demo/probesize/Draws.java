package org.thalweg.demo.probesize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SamplingBar;

/**
 * Random probes of one size, and the frame on all examples that they were drawn from without replacement. Errors are relative
 * to its values.
 *
 * @param percent the probes' share of all examples
 * @param examples examples in a probe
 * @param frames one for each probe
 * @param all the frame on all examples
 * @param of number of all examples
 */
record Draws(int percent, int examples, List<Frame> frames, Frame all, int of) {

    /** 95 % bars are this many standard errors. */
    private static final double BAR = SamplingBar.of(1);

    Draws {
        frames = List.copyOf(frames);
    }

    /** Whether the probe is all there is. */
    boolean isAll() {
        return examples == of;
    }

    /** Root of the mean squared relative error of a quantity. */
    double error(Quantity quantity) {
        return Math.sqrt(
                Arrays.stream(errors(quantity)).map(x -> x * x).average().orElse(Double.NaN));
    }

    /** Mean relative error of a quantity. */
    double bias(Quantity quantity) {
        return Arrays.stream(errors(quantity)).average().orElse(Double.NaN);
    }

    private double[] errors(Quantity quantity) {
        double value = quantity.of(all);
        return frames.stream()
                .mapToDouble(frame -> (quantity.of(frame) - value) / Math.abs(value))
                .toArray();
    }

    /** Root mean square of the relative standard errors that the frames give; empty if one has none. */
    OptionalDouble standardError(Quantity quantity) {
        return bars(quantity).stream()
                .mapToDouble(bar -> bar / BAR / quantity.of(all))
                .map(x -> x * x)
                .average()
                .stream()
                .map(Math::sqrt)
                .findFirst();
    }

    /** Number of probes whose 95 % bar contains the value on all examples; empty if one has none. */
    OptionalInt covered(Quantity quantity) {
        List<Double> bars = bars(quantity);
        if (bars.isEmpty()) {
            return OptionalInt.empty();
        }
        double value = quantity.of(all);
        return OptionalInt.of(Math.toIntExact(IntStream.range(0, bars.size())
                .filter(i -> Math.abs(quantity.of(frames.get(i)) - value) <= bars.get(i))
                .count()));
    }

    /**
     * One for each frame, or none. Frames' bars are for endlessly many examples; of a finite number, drawn without
     * replacement, the root of the share that was not drawn is left (W. Cochran, "Sampling techniques", 1977, theorem 2.2).
     */
    private List<Double> bars(Quantity quantity) {
        List<Double> bars = new ArrayList<>();
        double left = Math.sqrt(1 - (double) examples / of);
        for (Frame frame : frames) {
            quantity.bar(frame).ifPresent(bar -> bars.add(left * bar));
        }
        return bars.size() == frames.size() ? bars : List.of();
    }

    /** Root of the mean squared error of the surface over the probes. */
    double surfaceError() {
        return Math.sqrt(frames.stream()
                .mapToDouble(this::surfaceError)
                .map(x -> x * x)
                .average()
                .orElse(Double.NaN));
    }

    /** Median over the surface's points of the relative difference of the loss. */
    private double surfaceError(Frame frame) {
        double[] few = Arrays.stream(frame.surface().loss())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] many = Arrays.stream(all.surface().loss())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] shares = IntStream.range(0, many.length)
                .mapToDouble(i -> Math.abs(few[i] - many[i]) / many[i])
                .sorted()
                .toArray();
        return shares[shares.length / 2];
    }
}
