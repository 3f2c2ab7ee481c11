package org.thalweg.objective.compiled;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.LossRule;

/** A loss of an activation, and what labels it takes. */
record LossCase(ILossFunction function, Activation activation) {

    /** The activations that a loss is tried with; for others than these, {@link #OTHERWISE}. */
    private static final Map<Class<?>, List<Activation>> ACTIVATIONS = Map.of(
            LossMCXENT.class, List.of(Activation.SOFTMAX, Activation.SIGMOID),
            LossNegativeLogLikelihood.class, List.of(Activation.SOFTMAX),
            LossSparseMCXENT.class, List.of(Activation.SOFTMAX, Activation.SIGMOID),
            LossBinaryXENT.class, List.of(Activation.SIGMOID, Activation.SOFTMAX),
            LossKLD.class, List.of(Activation.SOFTMAX, Activation.SIGMOID),
            LossPoisson.class, List.of(Activation.SOFTPLUS),
            LossMSLE.class, List.of(Activation.SOFTPLUS, Activation.SIGMOID),
            LossMSE.class, List.of(Activation.IDENTITY, Activation.TANH, Activation.SOFTMAX, Activation.SIGMOID),
            LossL1.class, List.of(Activation.IDENTITY, Activation.TANH, Activation.SOFTMAX));

    private static final List<Activation> OTHERWISE = List.of(Activation.IDENTITY, Activation.TANH);

    /** The losses that have no weights. */
    private static final Set<Class<?>> UNWEIGHTED = Set.of(
            LossHinge.class,
            LossSquaredHinge.class,
            LossKLD.class,
            LossPoisson.class,
            LossWasserstein.class,
            LossCosineProximity.class,
            LossMultiLabel.class);

    /** All that have a rule, with weights where they can have some. */
    static Stream<LossCase> all(int outputs) {
        INDArray weights = Fresh.start().positive(DataType.DOUBLE, 1, outputs);
        return Rules.covered(LossRule.class).stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> ACTIVATIONS.getOrDefault(type, OTHERWISE).stream()
                        .flatMap(activation -> Stream.concat(
                                Stream.of(new LossCase(made(type), activation)),
                                UNWEIGHTED.contains(type)
                                        ? Stream.of()
                                        : Stream.of(new LossCase(made(type, weights), activation)))));
    }

    private static ILossFunction made(Class<?> type, INDArray... weights) {
        Class<?>[] parameters = weights.length == 0 ? new Class<?>[0] : new Class<?>[] {INDArray.class};
        try {
            return (ILossFunction) type.getConstructor(parameters).newInstance((Object[]) weights);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " has no such constructor", e);
        }
    }

    /** Random labels {@code [N, C]} or {@code [N, C, T]}. */
    INDArray labels(Fresh fresh, long... shape) {
        if (function instanceof LossHinge || function instanceof LossSquaredHinge) {
            return fresh.bits(DataType.DOUBLE, shape).muli(2).subi(1);
        } else if (function instanceof LossKLD || function instanceof LossPoisson || function instanceof LossMSLE) {
            return fresh.positive(DataType.DOUBLE, shape);
        } else if (function instanceof LossMultiLabel) {
            return fresh.bits(DataType.DOUBLE, shape);
        } else if (function instanceof LossSparseMCXENT) {
            INDArray numbers = classes(fresh, shape).argMax(1).castTo(DataType.DOUBLE);
            long[] one = shape.clone();
            one[1] = 1;
            return numbers.reshape(one);
        }
        return switch (activation) {
            case SOFTMAX -> classes(fresh, shape);
            case SIGMOID -> fresh.bits(DataType.DOUBLE, shape);
            default -> fresh.normal(DataType.DOUBLE, shape);
        };
    }

    private static INDArray classes(Fresh fresh, long... shape) {
        return shape.length == 2
                ? fresh.oneHot(DataType.DOUBLE, (int) shape[0], (int) shape[1])
                : fresh.oneHotSteps(DataType.DOUBLE, (int) shape[0], (int) shape[1], (int) shape[2]);
    }

    /** Whether a mask may differ between the outputs of an example. */
    boolean takesEntryMasks() {
        boolean ofRows = function instanceof LossCosineProximity
                || function instanceof LossMultiLabel
                || function instanceof LossSparseMCXENT;
        return activation != Activation.SOFTMAX && !ofRows;
    }

    /** Holds a contract, as far as Deeplearning4j's gradient is that of its loss. */
    void hold(Contract contract) {
        // Deeplearning4j's loss of several labels works in the default type alone.
        DefaultDouble.run(() -> {
            contract.hold(ObjectiveOptions.DEFAULT);
            if (!(function instanceof LossBinaryXENT) || activation != Activation.SOFTMAX) {
                contract.hold(ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH));
            }
        });
    }

    /** Holds a contract with a mask of any numbers: Deeplearning4j's gradient has another power of it than its loss. */
    void holdFractional(Contract contract) {
        DefaultDouble.run(contract::holdRunning);
    }

    @Override
    public String toString() {
        return function + " of " + activation;
    }
}
