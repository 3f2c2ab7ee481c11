package org.thalweg.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.thalweg.objective.Slice;

/** The cost of a frame: a whole surface of side x side points, one row in each call, from the first op to the last. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class Surface {

    @Param("51")
    public int side;

    @Benchmark
    public void thalweg(Measured measured, Blackhole sink) {
        try (Slice plane = measured.plane()) {
            for (double[] coordinates : Measured.row(0, side)) {
                sink.consume(plane.evaluate(Measured.row(coordinates[1], side)));
            }
        }
    }
}
