package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.Weights;

/** A square dense layer whose weights are read by several steps, in one of several ways. */
public final class TiedDense extends DenseLayer {

    private static final long serialVersionUID = 1;

    private Reading reading = Reading.TWICE;

    /** How the weights are read. */
    public enum Reading {
        /** By two layers after one another. */
        TWICE,
        /** Whole by one step, and its first and last columns by two others. */
        IN_PARTS,
        /** By a kernel that overwrites its share of the gradient. */
        BY_OVERWRITING,
        /** By one step under two names. */
        UNDER_TWO_NAMES,
        /** By a recurrent step for each place of a sequence, with a mask. */
        OVER_TIME
    }

    /** For Deeplearning4j's copies of a configuration. */
    public TiedDense() {
        setHasBias(true);
    }

    /** @param size numbers per example that it reads and computes */
    public TiedDense(long size, Reading reading) {
        this();
        setNIn(size);
        setNOut(size);
        this.reading = reading;
    }

    public Reading getReading() {
        return reading;
    }

    public void setReading(Reading reading) {
        this.reading = reading;
    }

    /** Compiles it. */
    public static final class Rule implements LayerRule {

        private static final ElementwiseKernel TANH = new ElementwiseKernel(ElementwiseFunction.of(UnaryFunction.TANH));

        @Override
        public Set<Class<? extends Layer>> layers() {
            return Set.of(TiedDense.class);
        }

        @Override
        public boolean acceptsMask() {
            return true;
        }

        @Override
        public Value compile(LayerScope scope, Value input) {
            return switch (scope.as(TiedDense.class).getReading()) {
                case TWICE -> dense(scope, scope.elementwise(TANH, dense(scope, input)));
                case IN_PARTS -> inParts(scope, scope.elementwise(TANH, dense(scope, input)));
                case BY_OVERWRITING -> scaled(scope, scaled(scope, dense(scope, input)));
                case UNDER_TWO_NAMES -> {
                    Operand bias = scope.parameter("b");
                    yield scope.step(
                            new TwoBiases(), List.of(dense(scope, input)), Map.of("a", bias, "b", bias), input.shape());
                }
                case OVER_TIME -> overTime(scope, input);
            };
        }

        private static Value dense(LayerScope scope, Value input) {
            return scope.affine(input, scope.parameter("W"), scope.parameter("b"), input.channels());
        }

        private static Value inParts(LayerScope scope, Value input) {
            long size = input.channels();
            Value first = scope.affine(input, new Operand.Slice(scope.key("W"), 1, 0, 2), null, 2);
            Value last = scope.affine(
                    scope.slice(input, 0, 1, size), new Operand.Slice(scope.key("W"), 0, 0, size - 1), null, size);
            return scope.concatenate(List.of(first, scope.slice(last, 0, 2, size)), 0);
        }

        private static Value scaled(LayerScope scope, Value input) {
            return scope.step(new Scale(), List.of(input), Map.of(Scale.FACTOR, scope.parameter("b")), input.shape());
        }

        private static Value overTime(LayerScope scope, Value input) {
            List<Value> states = new ArrayList<>();
            for (long t = 0; t < input.size(0); t++) {
                Value x = scope.select(input, 0, t);
                Value sum = t == 0 ? x : scope.combine(List.of(x, states.get(states.size() - 1)), 1, 1);
                Value state = scope.elementwise(TANH, dense(scope, sum));
                Value mask = input.mask();
                states.add(mask == null ? state : scope.masked(state.withMask(scope.slice(mask, 0, t, t + 1))));
            }
            return states.get(states.size() - 1).withMask(null);
        }
    }

    /** y = x f, with a factor a channel. */
    private record Scale() implements Kernel {

        private static final String FACTOR = "factor";

        @Override
        public void forward(KernelContext context) {
            context.tape().multiply(context.input(0), context.weights(FACTOR).value(), context.output());
        }

        @Override
        public void backward(KernelContext context) {
            Weights factor = context.weights(FACTOR);
            Tensor product = context.scratch(context.output().shape());
            context.tape().multiply(context.outputDelta(), context.input(0), product);
            context.sumRows(product, factor.gradient());
            context.tape().multiply(context.outputDelta(), factor.value(), context.inputDelta(0));
        }

        @Override
        public void tangentForward(KernelContext context) {
            Tape tape = context.tape();
            Weights factor = context.weights(FACTOR);
            Tensor product = context.scratch(context.output().shape());
            tape.multiply(context.input(0), factor.tangent(), product);
            tape.multiply(context.inputTangent(0), factor.value(), context.outputTangent());
            tape.add(context.outputTangent(), product, context.outputTangent());
        }

        @Override
        public void tangentBackward(KernelContext context) {
            Tape tape = context.tape();
            Weights factor = context.weights(FACTOR);
            Tensor product = context.scratch(context.output().shape());
            Tensor sum = context.scratch(context.output().shape());
            tape.multiply(context.outputDeltaTangent(), context.input(0), product);
            tape.multiply(context.outputDelta(), context.inputTangent(0), sum);
            tape.add(sum, product, sum);
            context.sumRows(sum, factor.gradientTangent());
            Tensor result = context.inputDeltaTangent(0);
            tape.multiply(context.outputDeltaTangent(), factor.value(), result);
            tape.multiply(context.outputDelta(), factor.tangent(), product);
            tape.add(result, product, result);
        }
    }

    /** y = x + a + b, with summands a channel. */
    private record TwoBiases() implements Kernel {

        @Override
        public void forward(KernelContext context) {
            Tape tape = context.tape();
            tape.add(context.input(0), context.weights("a").value(), context.output());
            tape.add(context.output(), context.weights("b").value(), context.output());
        }

        @Override
        public void backward(KernelContext context) {
            context.sumRows(context.outputDelta(), context.weights("b").gradientTarget());
            context.sumRows(context.outputDelta(), context.weights("a").gradient());
            context.tape().copy(context.outputDelta(), context.inputDelta(0));
        }

        @Override
        public void tangentForward(KernelContext context) {
            Tape tape = context.tape();
            tape.add(context.inputTangent(0), context.weights("a").tangent(), context.outputTangent());
            tape.add(context.outputTangent(), context.weights("b").tangent(), context.outputTangent());
        }

        @Override
        public void tangentBackward(KernelContext context) {
            context.sumRows(context.outputDeltaTangent(), context.weights("a").gradientTangentTarget());
            context.sumRows(context.outputDeltaTangent(), context.weights("b").gradientTangent());
            context.tape().copy(context.outputDeltaTangent(), context.inputDeltaTangent(0));
        }
    }
}
