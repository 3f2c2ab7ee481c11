package org.thalweg.objective.compiled;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Device;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Placement;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.Slice;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.LabelForm;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.internal.Regularizer;

/**
 * A Deeplearning4j network as an objective, compiled: its configuration becomes a program of layer kernels on ND4J's
 * ops, with images channels-last and every buffer laid out once. Gradients and Hessian products are exact up to
 * rounding. The network itself is only read while compiling.
 *
 * <p>The loss is the mean over the probe's examples, summed over outputs, with DL4J's masks and loss weights. Cross
 * entropies are computed from logits, not from clipped probabilities. Confined to one thread at a time, as any
 * {@link Objective}.
 *
 * @since 0.2.0
 */
public final class CompiledObjective implements Objective {

    private final CompiledNetwork network;
    private final Regularizer regularizer;
    private final INDArray constants;

    private CompiledObjective(CompiledNetwork network, Regularizer regularizer, INDArray constants) {
        this.network = network;
        this.regularizer = regularizer;
        this.constants = constants;
    }

    /**
     * Compiles a network for {@link Device#AUTO}.
     *
     * @see #of(Model, Probe, ObjectiveOptions, Device)
     */
    public static CompiledObjective of(Model model, Probe probe, ObjectiveOptions options) {
        return of(model, probe, options, Device.AUTO);
    }

    /**
     * Compiles a network.
     *
     * @param model an initialized MultiLayerNetwork or ComputationGraph; read, not kept
     * @param probe the examples; later probes of other shapes, such as sequences of another length, are compiled again
     * @param options the function of the parameters
     * @param device where to compute
     * @throws UnsupportedNetworkException if anything in the network is not supported, naming it
     * @throws IllegalArgumentException if the probe does not fit the network, or there is no such device
     */
    public static CompiledObjective of(Model model, Probe probe, ObjectiveOptions options, Device device) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            CompiledNetwork network = CompiledNetwork.of(model, probe, options, device);
            Regularizer regularizer = options.regularized()
                    ? Regularizer.of(model, network.program().layout())
                    : Regularizer.NONE;
            return new CompiledObjective(
                    network, regularizer, constants(model, network.program().layout()));
        }
    }

    /** What is read of a network's flat vector besides the parameters: nothing where all of its arrays are parameters. */
    private static INDArray constants(Model model, ParameterLayout layout) {
        boolean none = layout.trainable().size() == layout.blocks().size();
        return none ? Nd4j.zeros(model.params().dataType(), 1) : model.params().dup();
    }

    @Override
    public String name() {
        return "compiled";
    }

    @Override
    public HessianMethod hessianMethod() {
        return HessianMethod.EXACT;
    }

    @Override
    public ParameterLayout layout() {
        return network.program().layout();
    }

    @Override
    public DataType dataType() {
        return network.type();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        requireParameters(theta);
        ExecutionPlan plan = network.values();
        plan.moveTo(theta, constants);
        return regularized(plan.values().get(0), theta);
    }

    @Override
    public OptionalDouble predictions() {
        return OptionalDouble.of(
                network.placement().attempt(() -> network.values().predictions()));
    }

    @Override
    public boolean hasIndependentExamples() {
        return network.hasIndependentExamples();
    }

    @Override
    public INDArray gradient(INDArray theta) {
        requireParameters(theta);
        ExecutionPlan plan = network.gradients();
        plan.moveTo(theta, constants);
        INDArray gradient = Nd4j.createUninitialized(dataType(), theta.length());
        plan.gradients(List.of(gradient));
        regularizer.addGradient(theta, gradient);
        return gradient;
    }

    @Override
    public CompiledHessian hessianAt(INDArray theta) {
        return productsAt(theta, EvaluationKind.HESSIAN);
    }

    /**
     * The generalized Gauss-Newton matrix, plus the Hessian of a penalty, which is positive. Empty if a loss is not a
     * function of outputs and labels by entries or rows: the loss of boxes chooses what it compares.
     */
    @Override
    public Optional<LinearOperator> gaussNewtonAt(INDArray theta) {
        boolean composed = network.program().outputs().stream().anyMatch(output -> output.form() == LabelForm.OPERAND);
        return composed ? Optional.empty() : Optional.of(productsAt(theta, EvaluationKind.GAUSS_NEWTON));
    }

    private CompiledHessian productsAt(INDArray theta, EvaluationKind kind) {
        requireParameters(theta);
        return new CompiledHessian(network, kind, regularizer).at(theta, constants);
    }

    @Override
    public Slice slice(INDArray theta, Parameterization parameterization) {
        requireParameters(theta);
        parameterization.directions().forEach(this::requireParameters);
        if (!parameterization.uniform()) {
            return Objective.super.slice(theta, parameterization);
        }
        if (isRegularized() || network.placement().places() == 1) {
            return new CompiledSlice(network, theta, parameterization, constants, this);
        }
        return new SharedSlice(network, place -> new CompiledSlice(place, theta, parameterization, constants, this));
    }

    @Override
    public CompiledObjective withProbe(Probe probe) {
        return new CompiledObjective(network.withProbe(probe), regularizer, constants);
    }

    @Override
    public CompiledObjective withMiniBatch(Probe probe) {
        return network.load(probe) ? this : withProbe(probe);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Parts are computed in one pass. If the examples of a batch depend on each other, in the modes {@code BATCH}
     * and {@code TRAINING}, each part is evaluated within the batches of the whole probe that contain its examples. It
     * then has the whole's statistics and random draws, so the parts still add up.
     */
    @Override
    public ObjectiveParts parts(Probe probe, List<ProbePart> parts) {
        return new CompiledParts(network.withParts(probe, parts), parts, regularizer, constants);
    }

    @Override
    public CompiledObjective withConstants(ParameterSnapshot snapshot) {
        INDArray flat = snapshot.parameters();
        if (flat.length() != layout().flatLength()) {
            throw new IllegalArgumentException("snapshot must have " + layout().flatLength() + " elements, got "
                    + flat.length() + ": is it another network's?");
        }
        return new CompiledObjective(network, regularizer, flat);
    }

    @Override
    public Optional<ParameterSnapshot> estimatedStatistics(INDArray theta) {
        if (hasIndependentExamples()) {
            return Optional.empty();
        }
        requireParameters(theta);
        ExecutionPlan plan = network.values();
        plan.moveTo(theta, constants);
        plan.values();
        INDArray flat = constants.length() == layout().flatLength()
                ? constants.dup()
                : Nd4j.zeros(constants.dataType(), layout().flatLength());
        layout().unpack(theta, flat);
        Map<String, double[]> statistics = plan.reports();
        for (ParameterBlock block : layout().blocks()) {
            double[] values = statistics.get(block.key());
            if (values != null) {
                block.writeStatistics(values, flat);
            }
        }
        return Optional.of(new ParameterSnapshot(0, 0, flat));
    }

    @Override
    public Placement placement() {
        return network.placement();
    }

    @Override
    public CompiledObjective withMemoryBudget(long bytes) {
        return new CompiledObjective(network.within(bytes), regularizer, constants);
    }

    @Override
    public Optional<MemoryUse> memoryUse() {
        return Optional.of(network.placement().attempt(network::memoryUse));
    }

    @Override
    public OptionalLong valueBytes() {
        return OptionalLong.of(network.placement().attempt(network::valueBytes));
    }

    @Override
    public Optional<Objective> inDouble() {
        return Optional.of(
                new CompiledObjective(network.in(DataType.DOUBLE), regularizer, constants.castTo(DataType.DOUBLE)));
    }

    @Override
    public void close() {
        network.release();
    }

    boolean isRegularized() {
        return !regularizer.terms().isEmpty();
    }

    /** Adds the penalty, if it is part of this objective. */
    ObjectiveValue regularized(ObjectiveValue value, INDArray theta) {
        return new ObjectiveValue(value.loss() + regularizer.value(theta), value.accuracy());
    }

    private void requireParameters(INDArray vector) {
        if (vector.length() != layout().parameters() || vector.dataType() != dataType()) {
            throw new IllegalArgumentException("a vector must have " + layout().parameters() + " elements of type "
                    + dataType() + ", got " + vector.length() + " of type " + vector.dataType());
        }
    }
}
