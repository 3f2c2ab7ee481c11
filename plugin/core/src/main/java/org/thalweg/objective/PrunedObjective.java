package org.thalweg.objective;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.MaskedOperator;

/**
 * A network whose pruned weights, those that are exactly zero at some parameters, are no parameters of the loss any more: its
 * gradient is zero there, and its Hessian is the part for all other parameters, with the spectrum of that part. Vectors keep
 * their length. Losses are those of the objective at any parameters given; directions keep weights pruned if they are zero
 * there, as those with {@code keepPruned} and this Hessian's eigenvectors are.
 *
 * <p>Confined to one thread at a time, together with the objective, which it closes.
 *
 * @since 0.2.0
 */
public final class PrunedObjective implements Objective {

    private final Objective objective;
    private final INDArray mask;

    private PrunedObjective(Objective objective, INDArray mask) {
        this.objective = objective;
        this.mask = mask;
    }

    /**
     * The objective without the weights that are zero at {@code theta}; biases and norm parameters count as never pruned.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return {@code objective} itself where no weight is zero
     */
    public static Objective of(Objective objective, INDArray theta) {
        INDArray mask = Nd4j.ones(objective.dataType(), theta.length());
        boolean pruned = false;
        for (ParameterBlock block : objective.layout().trainable()) {
            if (block.kind() == ParameterKind.WEIGHT) {
                INDArray kept = block.of(theta).neq(0);
                pruned |= !kept.all();
                block.of(mask).assign(kept.castTo(mask.dataType()));
            }
        }
        return pruned ? new PrunedObjective(objective, mask) : objective;
    }

    /** Ones for the parameters of the loss, zeros for pruned weights, packed, {@code [P]}; not to be modified. */
    public INDArray mask() {
        return mask;
    }

    @Override
    public String name() {
        return objective.name();
    }

    @Override
    public HessianMethod hessianMethod() {
        return objective.hessianMethod();
    }

    @Override
    public ParameterLayout layout() {
        return objective.layout();
    }

    @Override
    public DataType dataType() {
        return objective.dataType();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        return objective.evaluate(theta);
    }

    @Override
    public OptionalDouble predictions() {
        return objective.predictions();
    }

    @Override
    public boolean hasIndependentExamples() {
        return objective.hasIndependentExamples();
    }

    @Override
    public INDArray gradient(INDArray theta) {
        return objective.gradient(theta).muli(mask);
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        return new MaskedOperator(objective.hessianAt(theta), mask);
    }

    @Override
    public Optional<LinearOperator> gaussNewtonAt(INDArray theta) {
        return objective.gaussNewtonAt(theta).map(matrix -> new MaskedOperator(matrix, mask));
    }

    @Override
    public Slice slice(INDArray theta, Parameterization parameterization) {
        return objective.slice(theta, parameterization);
    }

    @Override
    public Objective withProbe(Probe probe) {
        return new PrunedObjective(objective.withProbe(probe), mask);
    }

    @Override
    public Objective withMiniBatch(Probe probe) {
        return new PrunedObjective(objective.withMiniBatch(probe), mask);
    }

    @Override
    public ObjectiveParts parts(Probe probe, List<ProbePart> parts) {
        return new PrunedParts(objective.parts(probe, parts), mask);
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return new PrunedObjective(objective.withConstants(snapshot), mask);
    }

    @Override
    public Optional<ParameterSnapshot> estimatedStatistics(INDArray theta) {
        return objective.estimatedStatistics(theta);
    }

    @Override
    public Placement placement() {
        return objective.placement();
    }

    @Override
    public Optional<MemoryUse> memoryUse() {
        return objective.memoryUse();
    }

    @Override
    public OptionalLong valueBytes() {
        return objective.valueBytes();
    }

    @Override
    public Optional<Objective> inDouble() {
        return objective.inDouble().map(exact -> new PrunedObjective(exact, mask.castTo(DataType.DOUBLE)));
    }

    @Override
    public void close() {
        objective.close();
    }

    /** Parts of a probe, with the same weights left out. */
    private record PrunedParts(ObjectiveParts whole, INDArray mask) implements ObjectiveParts {

        @Override
        public List<ProbePart> parts() {
            return whole.parts();
        }

        @Override
        public List<ObjectiveValue> evaluate(INDArray theta) {
            return whole.evaluate(theta);
        }

        @Override
        public INDArray gradients(INDArray theta) {
            return whole.gradients(theta).muliRowVector(mask);
        }

        @Override
        public void forEachGradient(INDArray theta, Consumer<INDArray> receiver) {
            whole.forEachGradient(theta, gradient -> {
                try (INDArray inside = gradient.mul(mask)) {
                    receiver.accept(inside);
                }
            });
        }

        @Override
        public Products hessiansAt(INDArray theta) {
            return new PrunedProducts(whole.hessiansAt(theta), mask);
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    /** Products of parts, on the parameters that are left. */
    private record PrunedProducts(ObjectiveParts.Products whole, INDArray mask) implements ObjectiveParts.Products {

        @Override
        public INDArray multiply(INDArray vector) {
            try (INDArray inside = inside(vector)) {
                INDArray products = whole.multiply(inside);
                return products.muliRowVector(mask.castTo(products.dataType()));
            }
        }

        @Override
        public double[] forms(INDArray vector) {
            try (INDArray inside = inside(vector)) {
                return whole.forms(inside);
            }
        }

        private INDArray inside(INDArray vector) {
            return vector.mul(mask.castTo(vector.dataType()));
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
