package org.thalweg.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Slice;

/** The loss at one point. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class GridPoint {

    /** A plane and a row of points, evaluated one in each call. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the setup.
    public static class Plane {

        private final double[][] points = Measured.row(0.3, 51);
        private Slice slice;
        private int next;

        @Setup(Level.Trial)
        public void open(Measured measured) {
            slice = measured.plane();
        }

        @TearDown(Level.Trial)
        public void close() {
            slice.close();
        }

        ObjectiveValue[] nextPoint() {
            next = (next + 1) % points.length;
            return slice.evaluate(new double[][] {points[next]});
        }
    }

    @Benchmark
    public ObjectiveValue[] thalweg(Plane plane) {
        return plane.nextPoint();
    }

    @Benchmark
    public double deeplearning4j(Measured measured) {
        return measured.score();
    }
}
