package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What frames say of training, compared with what training did. */
class TrainingQuantitiesTest {

    private static final double RATE = 0.05;

    /** The rate halves every third iteration. */
    private static final ISchedule HALVING = new StepSchedule(ScheduleType.ITERATION, RATE, 0.5, 3);

    private final long seed = Seeds.fresh("TrainingQuantitiesTest");
    private final DataSet data = Networks.data(24, seed, 6);
    private final Map<Long, Frame> frames = new TreeMap<>();

    static Stream<Arguments> updaters() {
        return Stream.of(Arguments.of("gradient descent", new Sgd(HALVING)), Arguments.of("Adam", new Adam(HALVING)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updaters")
    void framesSeeTheStepAndTheUpdater(String name, IUpdater updater) throws Exception {
        MultiLayerNetwork network = network(updater);
        Diary diary = new Diary(network);
        network.addListeners(diary);
        try (LandscapeListener landscape = listener(network, Schedule.everyIterations(3), true)) {
            network.addListeners(landscape);
            for (int i = 0; i < 7; i++) {
                network.fit(data);
            }
        }
        assertThat(frames.keySet()).containsExactly(0L, 3L, 6L);
        for (int iteration : List.of(3, 6)) {
            check(network, diary, iteration, updater instanceof Adam);
        }
        assertThat(frame(0L).quantities()).containsEntry("learning_rate", RATE);
        assertThat(frame(0L).curvature().absent()).containsEntry("step_curvature", "no update yet");

        MultiLayerNetwork alone = network(updater);
        for (int i = 0; i < 7; i++) {
            alone.fit(data);
        }
        assertThat(network.params()).isEqualTo(alone.params());
        assertThat(network.getUpdater().getStateViewArray())
                .isEqualTo(alone.getUpdater().getStateViewArray());
    }

    private void check(MultiLayerNetwork network, Diary diary, int iteration, boolean adaptive) {
        Frame frame = frame(iteration);
        // On a few random examples, noise may cover the gradient, and a few points may be too few for a radius.
        assertThat(frame.curvature().absent().keySet())
                .as("seed %d", seed)
                .isSubsetOf("gradient_noise_scale", "gradient_noise_scale_error", "quadratic_radius");
        CompiledObjective objective = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(diary.parameters.get(iteration));
        INDArray before = objective.layout().pack(diary.parameters.get(iteration - 1));
        INDArray step = theta.sub(before);
        double rate = RATE * Math.pow(0.5, Math.floor(iteration / 3.0));
        INDArray sizes = Nd4j.valueArrayOf(new long[] {theta.length()}, rate / 2, DataType.DOUBLE);
        if (adaptive) {
            INDArray moments = objective.layout().pack(diary.secondMoments.get(iteration));
            double correction = (1 - Math.pow(0.9, iteration)) / Math.sqrt(1 - Math.pow(0.999, iteration));
            INDArray preconditioner = Transforms.sqrt(moments, true).addi(1e-8).muli(correction);
            sizes = preconditioner.rdiv(rate * (1 - 0.9) / (2 + 2 * 0.9));
        }
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            INDArray matrix = hessian.multiply(Nd4j.eye(theta.length()).castTo(DataType.DOUBLE));
            INDArray root = Transforms.sqrt(sizes, true);
            double edge = largestEigenvalue(matrix.mulRowVector(root).mulColumnVector(root));
            close(frame, "edge_of_stability", edge, 1e-4);
            INDArray gradient = objective.gradient(theta);
            double along = dot(gradient.mul(sizes), hessian.multiply(gradient)) / dot(gradient, gradient);
            close(frame, "preconditioned_gradient_curvature", along, 1e-9);
            close(frame, "step_curvature", dot(step, hessian.multiply(step)) / dot(step, step), 1e-9);
        }
        double slopeBefore = dot(objective.gradient(before), step);
        double slope = dot(objective.gradient(theta), step);
        double rise =
                objective.evaluate(theta).loss() - objective.evaluate(before).loss();
        double bend = (slope - slopeBefore) / 2;
        double alpha = bend < 0 ? -1 : -2 * bend / ((rise + 2 * (slopeBefore + slope)) / 5 - bend) - 1;
        close(frame, "step_alpha", alpha, 1e-6 * (1 + Math.abs(alpha)));
        close(frame, "learning_rate", rate, 1e-12);
        INDArray start = objective.layout().pack(diary.parameters.get(0));
        close(frame, "distance_from_start", theta.distance2(start), 1e-9);
        objective.close();
    }

    @Test
    void theEndOfAnEpochIsForeseenFromTheLengthOfTheOneBefore() throws Exception {
        MultiLayerNetwork network = network(new Sgd(RATE));
        try (LandscapeListener landscape = listener(network, Schedule.everyEpochs(1), true)) {
            network.addListeners(landscape);
            network.fit(new ListDataSetIterator<>(List.of(data, data.copy(), data.copy()), 1), 3);
        }
        assertThat(frames.keySet()).containsExactly(0L, 3L, 6L, 9L);
        assertThat(frame(3L).curvature().absent()).containsEntry("step_curvature", "not foreseen");
        assertThat(frame(6L).quantities()).containsKeys("step_curvature", "step_alpha");
        assertThat(frame(9L).quantities()).containsKeys("step_curvature", "step_alpha");
    }

    @Test
    void withoutWatchingThereIsNoWordOfTheStepAndAReasonForTheEdge() throws Exception {
        MultiLayerNetwork network = network(new Adam(RATE));
        try (LandscapeListener landscape = listener(network, Schedule.everyIterations(1), false)) {
            network.addListeners(landscape);
            network.fit(data);
            network.fit(data);
        }
        Frame last = frame(2L);
        assertThat(last.quantities())
                .doesNotContainKeys(
                        "step_curvature", "step_alpha", "edge_of_stability", "preconditioned_gradient_curvature")
                .containsKeys("gradient_norm", "eigenvalue_ratio", "gradient_top_share", "eigenspace_overlap");
        String reason = "updater: the state of Adam is only copied with the quantities of the last step";
        assertThat(last.curvature().absent())
                .containsEntry("edge_of_stability", reason)
                .containsEntry("preconditioned_gradient_curvature", reason);
        assertThat(last.curvature().absent().keySet())
                .isSubsetOf(
                        "gradient_noise_scale",
                        "gradient_noise_scale_error",
                        "quadratic_radius",
                        "edge_of_stability",
                        "preconditioned_gradient_curvature");
        assertThat(frame(0L).curvature().absent()).containsEntry("batch_size", "no update yet");
    }

    @Test
    void anotherFunctionThanTheTrainedOneIsNoticed() {
        assertThat(ObjectiveMismatch.find(network(new Sgd(RATE)), ObjectiveOptions.DEFAULT))
                .isEmpty();
        MultiLayerNetwork penalized = network(base().l2(1e-3));
        assertThat(ObjectiveMismatch.find(penalized, ObjectiveOptions.DEFAULT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("penalty"));
        assertThat(ObjectiveMismatch.find(penalized, ObjectiveOptions.DEFAULT.withRegularized(true)))
                .isEmpty();
        MultiLayerNetwork normalized = Networks.cnn(DataType.DOUBLE, seed, true);
        assertThat(ObjectiveMismatch.find(normalized, ObjectiveOptions.DEFAULT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("withMode(BATCH)"));
        assertThat(ObjectiveMismatch.find(normalized, ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH)))
                .isEmpty();
        assertThat(ObjectiveMismatch.find(network(base().dropOut(0.5)), ObjectiveOptions.DEFAULT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("withMode(TRAINING)"));
        NeuralNetConfiguration.Builder clipped =
                base().gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue);
        assertThat(ObjectiveMismatch.find(network(clipped), ObjectiveOptions.DEFAULT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("clips"));
        assertThat(ObjectiveMismatch.find(network(base().miniBatch(false)), ObjectiveOptions.DEFAULT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("averaging"));
    }

    @Test
    void truncatedSequencesAreAnotherFunctionThanWholeOnes() {
        MultiLayerNetwork truncated = recurrent(BackpropType.TruncatedBPTT);
        ComputationGraph graph = recurrent(BackpropType.Standard).toComputationGraph();
        graph.getConfiguration().setBackpropType(BackpropType.TruncatedBPTT);
        for (Model model : List.of(truncated, graph)) {
            assertThat(ObjectiveMismatch.find(model, ObjectiveOptions.DEFAULT))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("truncated BPTT"));
        }
        assertThat(ObjectiveMismatch.find(recurrent(BackpropType.Standard), ObjectiveOptions.DEFAULT))
                .isEmpty();
    }

    private MultiLayerNetwork recurrent(BackpropType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(base().list()
                .layer(new SimpleRnn.Builder().nIn(2).nOut(3).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .backpropType(type)
                .build());
        network.init();
        return network;
    }

    private Frame frame(long iteration) {
        return Objects.requireNonNull(frames.get(iteration), "frame " + iteration);
    }

    private LandscapeListener listener(MultiLayerNetwork network, Schedule schedule, boolean watchSteps) {
        return LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(schedule)
                .grid(3)
                .eigenvalues(2)
                .quantities(QuantityOptions.DEFAULT.withLastStep(watchSteps))
                .sink(frame -> frames.put(frame.iteration(), frame))
                .pacing(EveryFrame.INLINE)
                .build();
    }

    private NeuralNetConfiguration.Builder base() {
        return Networks.base(DataType.DOUBLE, seed);
    }

    private MultiLayerNetwork network(IUpdater updater) {
        return network(base().updater(updater));
    }

    private static MultiLayerNetwork network(NeuralNetConfiguration.Builder base) {
        MultiLayerNetwork network = new MultiLayerNetwork(base.list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(7).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(7)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    private void close(Frame frame, String name, double expected, double relative) {
        assertThat(frame.quantities().get(name))
                .as("%s at %d, seed %d", name, frame.iteration(), seed)
                .isCloseTo(expected, within(relative * Math.max(1e-3, Math.abs(expected))));
    }

    private static double largestEigenvalue(INDArray symmetric) {
        // Rounding makes the product of a block of vectors unsymmetric, which the decomposition would take for more.
        INDArray even = symmetric.add(symmetric.transpose()).muli(0.5);
        return Arrays.stream(
                        new EigenDecomposition(new Array2DRowRealMatrix(even.toDoubleMatrix())).getRealEigenvalues())
                .max()
                .orElseThrow();
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    /** The parameters after each iteration, and the second half of the updater's state. */
    private static final class Diary extends BaseTrainingListener {
        private final List<INDArray> parameters = new ArrayList<>();
        private final List<INDArray> secondMoments = new ArrayList<>();

        Diary(MultiLayerNetwork network) {
            parameters.add(network.params().dup());
            secondMoments.add(Nd4j.empty());
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            parameters.add(model.params().dup());
            INDArray state = ((MultiLayerNetwork) model).getUpdater().getStateViewArray();
            secondMoments.add(
                    state == null
                            ? Nd4j.empty()
                            : state.reshape(state.length())
                                    .get(NDArrayIndex.interval(state.length() / 2, state.length()))
                                    .dup());
        }
    }
}
