package org.thalweg.objective.compiled;

import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.Probe;

/** The contract for vertices of sequences, with masks of every input. */
@ExtendWith(DoubleByDefault.class)
class SequenceGraphTest {

    private static final int EXAMPLES = 4;
    private static final int TIME = 4;
    private static final int OTHER_TIME = 3;

    private final Fresh fresh = Fresh.start();
    private final Sequences source = Sequences.of(fresh, EXAMPLES, TIME);
    private final Sequences target = Sequences.of(fresh, EXAMPLES, OTHER_TIME);

    /** The vertices that this test tries. */
    static Set<Class<? extends GraphVertex>> tried() {
        return Set.of(
                LastTimeStepVertex.class,
                DuplicateToTimeSeriesVertex.class,
                ReverseTimeSeriesVertex.class,
                // Of AttentionContractTest.
                AttentionVertex.class);
    }

    @Test
    void sequenceToSequenceHolds() {
        ComputationGraph graph = finish(
                builder()
                        .addLayer("encoder", lstm(), "source")
                        .addVertex("last", new LastTimeStepVertex("source"), "encoder")
                        .addVertex("repeated", new DuplicateToTimeSeriesVertex("target"), "last")
                        .addVertex("read", new MergeVertex(), "target", "repeated")
                        .addLayer("decoder", lstm(), "read"),
                "decoder");
        new Contract(graph, probe(null, null, null), fresh, "seq2seq").hold();
        // What is masked out at the end of the source is never read.
        Probe masked = probe(source.padding(), target.padding(), target.padding());
        new Contract(graph, masked, fresh, "seq2seq, padded").hold();
        new Contract(graph, probe(source.mask(), null, target.mask()), fresh, "seq2seq, masked").hold();
    }

    @Test
    void reversedSequencesHold() {
        for (String masked : new String[] {"target", null}) {
            ReverseTimeSeriesVertex reversal =
                    masked == null ? new ReverseTimeSeriesVertex() : new ReverseTimeSeriesVertex(masked);
            ComputationGraph graph = finish(
                    builder()
                            .addLayer("before", lstm(), "target")
                            .addVertex("reversed", reversal, "before")
                            .addLayer("after", new SimpleRnn.Builder().nOut(3).build(), "reversed")
                            .addLayer("read", lstm(), "source")
                            .addVertex("last read", new LastTimeStepVertex("source"), "read")
                            .addVertex("repeated", new DuplicateToTimeSeriesVertex("target"), "last read")
                            .addVertex("all", new MergeVertex(), "after", "repeated")
                            .addLayer("last", lstm(), "all"),
                    "last");
            new Contract(graph, probe(null, null, null), fresh, "reversal").hold();
            Probe probe = probe(source.mask(), target.mask(), target.mask());
            new Contract(graph, probe, fresh, "reversal, masked by " + masked).hold();
        }
    }

    @Test
    void masksOfSeveralInputsAreJoined() {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("a", "b")
                .setInputTypes(InputType.recurrent(Sequences.INPUTS, TIME), InputType.recurrent(Sequences.INPUTS, TIME))
                .addLayer("one", lstm(), "a")
                .addLayer("two", lstm(), "b")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "two")
                .addVertex("merged", new MergeVertex(), "one", "sum")
                .addLayer("both", new Bidirectional(lstm()), "merged")
                .addLayer("pooled", new GlobalPoolingLayer(PoolingType.AVG), "both")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .activation(Activation.SOFTMAX)
                                .nOut(Sequences.CLASSES)
                                .build(),
                        "pooled")
                .setOutputs("out");
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        fresh.parameters(graph);
        for (boolean both : new boolean[] {true, false}) {
            Probe probe = Probe.of(new MultiDataSet(
                    new INDArray[] {features(TIME), features(TIME)},
                    new INDArray[] {fresh.oneHot(DataType.DOUBLE, EXAMPLES, Sequences.CLASSES)},
                    new INDArray[] {source.mask(), both ? source.mask() : null},
                    null));
            new Contract(graph, probe, fresh, "two masks: " + both).hold();
        }
    }

    private static GraphBuilder builder() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("source", "target")
                .setInputTypes(
                        InputType.recurrent(Sequences.INPUTS, TIME), InputType.recurrent(Sequences.INPUTS, OTHER_TIME));
    }

    private ComputationGraph finish(GraphBuilder builder, String last) {
        ComputationGraph graph = new ComputationGraph(builder.addLayer(
                        "out",
                        new RnnOutputLayer.Builder()
                                .activation(Activation.SOFTMAX)
                                .nOut(Sequences.CLASSES)
                                .build(),
                        last)
                .setOutputs("out")
                .build());
        graph.init();
        return fresh.parameters(graph);
    }

    private Probe probe(@Nullable INDArray sourceMask, @Nullable INDArray targetMask, @Nullable INDArray labelsMask) {
        INDArray[] masks = {sourceMask, targetMask};
        return Probe.of(new MultiDataSet(
                new INDArray[] {features(TIME), features(OTHER_TIME)},
                new INDArray[] {fresh.oneHotSteps(DataType.DOUBLE, EXAMPLES, Sequences.CLASSES, OTHER_TIME)},
                sourceMask == null && targetMask == null ? null : masks,
                labelsMask == null ? null : new INDArray[] {labelsMask}));
    }

    private INDArray features(int time) {
        return fresh.normal(DataType.DOUBLE, EXAMPLES, Sequences.INPUTS, time);
    }

    private static Layer lstm() {
        return new LSTM.Builder().nOut(3).build();
    }
}
