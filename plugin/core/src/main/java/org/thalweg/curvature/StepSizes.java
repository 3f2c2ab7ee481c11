package org.thalweg.curvature;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/**
 * The step size of every parameter in units of its updater's stability limit: learning rate / (threshold P). At the
 * edge of stability, its product with the Hessian has the largest eigenvalue 1.
 *
 * @since 0.2.0
 */
public final class StepSizes {

    private final List<UpdateRule> rules;
    private final ParameterLayout layout;

    /**
     * @param rules of all updaters
     * @param layout of the network; ranges without a parameter of the objective are ignored
     */
    StepSizes(List<UpdateRule> rules, ParameterLayout layout) {
        this.rules = rules.stream().filter(rule -> moves(rule, layout)).toList();
        this.layout = layout;
    }

    private static boolean moves(UpdateRule rule, ParameterLayout layout) {
        return layout.trainable().stream()
                .anyMatch(block -> block.flatOffset() < rule.to() && end(block) > rule.from());
    }

    private static long end(ParameterBlock block) {
        return block.flatOffset() + block.length();
    }

    /**
     * The learning rate, if it is the same for all parameters.
     *
     * @throws AbsentException if an updater has none
     */
    public OptionalDouble learningRate() {
        rules.stream()
                .filter(rule -> Double.isNaN(rule.learningRate()))
                .findFirst()
                .ifPresent(rule -> {
                    throw new AbsentException("updater: " + name(rule) + " has no learning rate");
                });
        return common(rules.stream().mapToDouble(UpdateRule::learningRate));
    }

    /** The step size, if it is the same for all parameters. */
    public OptionalDouble uniform() {
        boolean plain = rules.stream().allMatch(rule -> rule(rule).state().isEmpty());
        return plain
                ? common(rules.stream()
                        .mapToDouble(rule -> rule.learningRate() / rule(rule).threshold()))
                : OptionalDouble.empty();
    }

    /**
     * The step sizes.
     *
     * @return a new packed vector {@code [P]}, in double
     * @throws AbsentException if there is no common threshold, or an updater's state is not known
     */
    public INDArray vector() {
        if (common(rules.stream().mapToDouble(rule -> rule(rule).threshold())).isEmpty()) {
            throw new AbsentException("updater: several with different momentum have no common threshold");
        }
        INDArray flat = Nd4j.zeros(DataType.DOUBLE, layout.flatLength());
        for (UpdateRule rule : rules) {
            flat.get(NDArrayIndex.interval(rule.from(), rule.to())).assign(sizes(rule));
        }
        return layout.pack(flat);
    }

    private static INDArray sizes(UpdateRule rule) {
        StepSizeRule how = rule(rule);
        double plain = rule.learningRate() / how.threshold();
        if (how.state().isEmpty()) {
            return Nd4j.valueArrayOf(new long[] {rule.to() - rule.from()}, plain, DataType.DOUBLE);
        }
        if (rule.iteration() == 0) {
            throw new AbsentException("updater: " + name(rule) + " has no state before its first update");
        }
        INDArray state = rule.secondMoment()
                .orElseThrow(() -> new AbsentException("updater: the state of " + name(rule)
                        + " is only copied with the quantities of the last step"));
        double[] sizes = state.data().asDouble();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = plain / how.preconditioner().applyAsDouble(sizes[i]);
        }
        return Nd4j.createFromArray(sizes);
    }

    private static StepSizeRule rule(UpdateRule rule) {
        return StepSizeRule.of(rule.updater(), rule.iteration(), rule.epoch())
                .orElseThrow(() -> new AbsentException("updater: no threshold is known for " + name(rule)));
    }

    private static String name(UpdateRule rule) {
        return rule.updater().getClass().getSimpleName();
    }

    private static OptionalDouble common(DoubleStream values) {
        double[] distinct = values.distinct().toArray();
        return distinct.length == 1 ? OptionalDouble.of(distinct[0]) : OptionalDouble.empty();
    }
}
