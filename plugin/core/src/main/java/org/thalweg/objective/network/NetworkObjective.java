package org.thalweg.objective.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.internal.FirstLine;
import org.thalweg.objective.internal.Regularizer;

/**
 * The objective of any Deeplearning4j network, through a detached copy of it: slower than a compiled one, for networks
 * that cannot be compiled. Loss is DL4J's own data loss, without the clipping of probabilities in its cross entropies.
 * Hessian-vector products are central differences of the gradient in double precision; penalties, where they are part
 * of the function, are added in closed form.
 *
 * <p>Not every gradient of DL4J is the gradient of its loss. It is checked against differences of the loss before it is
 * used; where the check fails, {@link #gradient} throws and the Hessian has a defect, both with a reason that names the
 * layer. DL4J has no gradient of BatchNorm on its running statistics; with such layers gradient and Hessian need
 * {@link ObjectiveMode#BATCH}.
 *
 * @since 0.2.0
 */
public final class NetworkObjective implements Objective {

    private static final int CHECKED_EXAMPLES = 128;

    private final DetachedModel model;
    private final ParameterLayout layout;
    private final INDArray flat;
    private final Probe probe;
    private final ObjectiveOptions options;
    private final Regularizer regularizer;
    private final List<Probe> batches;
    private final NetworkGradient gradients;
    private @Nullable NetworkGradient doubleGradients;
    private boolean checked;
    private Optional<String> defect = Optional.empty();

    private NetworkObjective(
            DetachedModel model,
            ParameterLayout layout,
            INDArray flat,
            Probe probe,
            ObjectiveOptions options,
            Regularizer regularizer) {
        this.model = model;
        this.layout = layout;
        this.flat = flat;
        this.probe = probe;
        this.options = options;
        this.regularizer = regularizer;
        this.batches = batches(probe);
        this.gradients = new NetworkGradient(model, layout, batches, probe.size());
        requireFit();
    }

    /**
     * The objective of a network.
     *
     * @param live the network; copied, never kept or written to
     * @throws IllegalArgumentException if the probe does not fit the network
     * @throws UnsupportedNetworkException in the mode {@code TRAINING} for layers that draw random numbers at every
     *     pass, and for penalties other than l1, l2 and weight decay where they are part of the function
     */
    public static NetworkObjective of(Model live, Probe probe, ObjectiveOptions options) {
        if (options.mode() == ObjectiveMode.TRAINING) {
            DetachedModel.requireNothingDrawn(live);
        }
        DetachedModel copy = DetachedModel.of(live, options.mode() != ObjectiveMode.RUNNING);
        ParameterLayout layout = NetworkLayout.of(copy.model());
        Regularizer regularizer = options.regularized() ? Regularizer.of(live, layout) : Regularizer.NONE;
        return new NetworkObjective(copy, layout, live.params().dup(), probe, options, regularizer);
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public HessianMethod hessianMethod() {
        return HessianMethod.FINITE_DIFFERENCE;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public DataType dataType() {
        return flat.dataType();
    }

    @Override
    public boolean hasIndependentExamples() {
        return !training();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        double loss = gradients.lossAt(theta, flat, training());
        List<OutputAccuracy> accuracies = accuracies();
        batches.forEach(batch -> add(batch, training(), accuracies));
        return new ObjectiveValue(loss + regularizer.value(theta), OutputAccuracy.percent(accuracies));
    }

    @Override
    public OptionalDouble predictions() {
        List<OutputAccuracy> accuracies = accuracies();
        batches.forEach(batch -> add(batch, false, accuracies));
        return OptionalDouble.of(OutputAccuracy.counted(accuracies));
    }

    private List<OutputAccuracy> accuracies() {
        return model.outputLayers().stream().map(OutputAccuracy::new).toList();
    }

    private void add(Probe batch, boolean training, List<OutputAccuracy> accuracies) {
        List<INDArray> outputs = model.outputs(batch, training);
        for (int i = 0; i < outputs.size(); i++) {
            accuracies
                    .get(i)
                    .add(
                            outputs.get(i),
                            batch.labels().get(i),
                            batch.labelsMasks().get(i));
        }
    }

    @Override
    public INDArray gradient(INDArray theta) {
        gradientDefect(theta).ifPresent(reason -> {
            throw new UnsupportedOperationException(reason);
        });
        INDArray gradient;
        try {
            gradient = gradients.meanAt(theta, flat);
        } catch (RuntimeException e) {
            throw new UnsupportedOperationException(failed(e), e);
        }
        gradients.notFinite(gradient).ifPresent(reason -> {
            throw new UnsupportedOperationException(reason);
        });
        regularizer.addGradient(theta.castTo(DataType.DOUBLE), gradient);
        return gradient.castTo(dataType());
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        String missing = gradientDefect(theta).orElse(null);
        return new FiniteDifferenceHessian(
                missing == null ? inDoubles() : gradients,
                theta.castTo(DataType.DOUBLE),
                flat,
                regularizer,
                training(),
                missing);
    }

    /** The reason why the gradient cannot be trusted; determined once, and again while the loss is not finite. */
    private Optional<String> gradientDefect(INDArray theta) {
        if (checked) {
            return defect;
        }
        Optional<String> found = Optional.ofNullable(withoutGradient());
        if (found.isEmpty()) {
            try {
                NetworkGradient sample = sample();
                found = GradientCheck.defect(sample, training(), flat, theta.castTo(DataType.DOUBLE));
            } catch (RuntimeException e) {
                found = Optional.of(failed(e));
            }
        }
        if (found.isEmpty() || !found.get().startsWith(NetworkGradient.NOT_FINITE)) {
            checked = true;
            defect = found;
        }
        return found;
    }

    private boolean training() {
        return options.mode() != ObjectiveMode.RUNNING;
    }

    private NetworkGradient inDoubles() {
        if (doubleGradients == null) {
            doubleGradients = gradients.in(DataType.DOUBLE);
        }
        return doubleGradients;
    }

    /** Number of examples of the gradient check: enough to run all of the network's code. */
    private NetworkGradient sample() {
        Probe sample = probe.everyNth((probe.size() + CHECKED_EXAMPLES - 1) / CHECKED_EXAMPLES);
        NetworkGradient all = inDoubles();
        return new NetworkGradient(all.model(), layout, batches(sample), sample.size());
    }

    /**
     * The batches of a probe: a single one where the loss is not a mean over examples and batches are not part of the
     * function.
     */
    private List<Probe> batches(Probe examples) {
        boolean whole = !training() && model.losses().stream().anyMatch(loss -> loss instanceof LossFMeasure);
        return examples.batches(whole ? examples.size() : options.batchSize());
    }

    /** The reason for a failure of Deeplearning4j, in one line. */
    static String failed(RuntimeException e) {
        return "Deeplearning4j's backward pass fails: " + FirstLine.of(e);
    }

    @Override
    public Objective withProbe(Probe other) {
        return new NetworkObjective(model, layout, flat, other, options, regularizer);
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        if (snapshot.parameters().length() != layout.flatLength()) {
            throw new IllegalArgumentException("snapshot must have " + layout.flatLength() + " parameters, got "
                    + snapshot.parameters().length() + ": is it another network's?");
        }
        flat.assign(snapshot.parameters().reshape(flat.shape()));
        return this;
    }

    private @Nullable String withoutGradient() {
        boolean normalized =
                model.layerConfigurations().stream().anyMatch(layer -> layer instanceof BatchNormalization);
        return normalized && options.mode() == ObjectiveMode.RUNNING
                ? "DL4J has no gradient of BatchNorm on running statistics: use mode BATCH"
                : null;
    }

    private void requireFit() {
        Probe first = probe.batches(1).get(0);
        List<INDArray> outputs;
        try {
            outputs = model.outputs(first, false);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "probe does not fit the network's input: features of shape " + shapes(probe.features()) + " ("
                            + FirstLine.of(e) + ")",
                    e);
        }
        if (outputs.size() != first.labels().size()) {
            throw new IllegalArgumentException("network has " + outputs.size() + " outputs, probe has "
                    + first.labels().size() + " labels arrays");
        }
        try {
            model.loss(first, false);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "probe does not fit the network's output: labels of shape " + shapes(probe.labels())
                            + ", an output of one example is " + shapes(outputs) + " (" + FirstLine.of(e) + ")",
                    e);
        }
    }

    private static String shapes(List<INDArray> arrays) {
        return String.join(
                ", ", arrays.stream().map(a -> Arrays.toString(a.shape())).toList());
    }
}
