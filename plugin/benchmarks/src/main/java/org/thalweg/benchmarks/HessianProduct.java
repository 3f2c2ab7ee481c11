package org.thalweg.benchmarks;

import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
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
import org.thalweg.krylov.LinearOperator;

/** One Hessian-vector product at fixed parameters; with Deeplearning4j, the difference of two gradients. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class HessianProduct {

    /** The Hessian at the network's parameters and a vector. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the setup.
    public static class AtTheta {

        private LinearOperator hessian;
        private INDArray vector;

        @Setup(Level.Trial)
        public void open(Measured measured) {
            vector = measured.direction();
            hessian = measured.objective.hessianAt(measured.theta);
        }

        @TearDown(Level.Trial)
        public void close() {
            hessian.close();
        }

        double product() {
            try (INDArray product = hessian.multiply(vector)) {
                return product.getDouble(0);
            }
        }
    }

    @Benchmark
    public double thalweg(AtTheta at) {
        return at.product();
    }

    @Benchmark
    public double deeplearning4j(Measured measured) {
        measured.gradient();
        measured.gradient();
        return measured.network.score();
    }
}
