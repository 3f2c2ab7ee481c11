package org.thalweg.objective.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/** An example of each of Deeplearning4j's vertices. */
final class VertexExamples {

    private final List<CoverageExample> examples = new ArrayList<>();

    private VertexExamples() {
        ofOne();
        ofTwo();
        batches();
        sequences();
    }

    static List<CoverageExample> all() {
        return List.copyOf(new VertexExamples().examples);
    }

    private void ofOne() {
        one(Form.FLAT, Form.FLAT, new ScaleVertex(2));
        one(Form.FLAT, Form.FLAT, new ShiftVertex(0.5));
        one(Form.FLAT, Form.FLAT, new SubsetVertex(0, 1));
        one(Form.FLAT, Form.FLAT, new L2NormalizeVertex());
        one(Form.FLAT, Form.SEQUENCE, new ReshapeVertex('c', new int[] {-1, 1, 3}, null));
        // It does not say that its output is smaller.
        add(
                PoolHelperVertex.class,
                "",
                Form.IMAGE,
                graph -> graph.addLayer("a", Form.IMAGE.before(2), "in")
                        .addVertex("vertex", new PoolHelperVertex(), "a")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "vertex")
                        .addLayer("out", Form.FLAT.after(), "pool"));
        // What is before it gets no gradient.
        add(
                FrozenVertex.class,
                "",
                Form.FLAT,
                graph -> graph.addVertex("vertex", new FrozenVertex(new ScaleVertex(2)), "in")
                        .addLayer("a", dense(), "vertex")
                        .addLayer("out", Form.FLAT.after(), "a"));
        one(Form.IMAGE, Form.FLAT, new PreprocessorVertex(new CnnToFeedForwardPreProcessor(4, 4, 2)));
        add(
                LayerVertex.class,
                "",
                Form.FLAT,
                graph -> graph.addLayer("a", dense(), "in").addLayer("out", Form.FLAT.after(), "a"));
    }

    private void ofTwo() {
        for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
            two(op.name(), new ElementWiseVertex(op));
        }
        two("", new MergeVertex());
        two("", new L2Vertex());
    }

    private void batches() {
        Consumer<GraphBuilder> stacked = graph -> graph.addLayer("a", dense(), "in")
                .addLayer("b", dense(), "in")
                .addVertex("stack", new StackVertex(), "a", "b")
                .addLayer("c", dense(), "stack")
                .addVertex("first", new UnstackVertex(0, 2), "c")
                .addVertex("second", new UnstackVertex(1, 2), "c")
                .addVertex("both", new MergeVertex(), "first", "second")
                .addLayer("out", Form.FLAT.after(), "both");
        add(StackVertex.class, "", Form.FLAT, stacked);
        add(UnstackVertex.class, "", Form.FLAT, stacked);
    }

    private void sequences() {
        one(Form.SEQUENCE, Form.FLAT, new LastTimeStepVertex("in"));
        one(Form.SEQUENCE, Form.SEQUENCE, new ReverseTimeSeriesVertex("in"));
        add(
                DuplicateToTimeSeriesVertex.class,
                "",
                Form.SEQUENCE,
                graph -> graph.addLayer("a", Form.SEQUENCE.before(2), "in")
                        .addVertex("last", new LastTimeStepVertex("in"), "a")
                        .addVertex("vertex", new DuplicateToTimeSeriesVertex("in"), "last")
                        .addLayer("out", Form.SEQUENCE.after(), "vertex"));
        add(
                AttentionVertex.class,
                "",
                Form.SEQUENCE,
                graph -> graph.addLayer("a", Form.SEQUENCE.before(2), "in")
                        .addVertex(
                                "vertex",
                                new AttentionVertex.Builder()
                                        .nOut(2)
                                        .nHeads(1)
                                        .projectInput(true)
                                        .nInQueries(2)
                                        .nInKeys(2)
                                        .nInValues(2)
                                        .build(),
                                "a",
                                "a",
                                "a")
                        .addLayer("out", Form.SEQUENCE.after(), "vertex"));
    }

    private void one(Form in, Form out, GraphVertex vertex) {
        add(
                vertex.getClass(),
                "",
                in,
                graph -> graph.addLayer("a", in.before(in == Form.FLAT ? 3 : 2), "in")
                        .addVertex("vertex", vertex.clone(), "a")
                        .addLayer("out", out.after(), "vertex"));
    }

    private void two(String variant, GraphVertex vertex) {
        add(
                vertex.getClass(),
                variant,
                Form.FLAT,
                graph -> graph.addLayer("a", dense(), "in")
                        .addLayer("b", dense(), "in")
                        .addVertex("vertex", vertex.clone(), "a", "b")
                        .addLayer("out", Form.FLAT.after(), "vertex"));
    }

    private void add(Class<?> type, String variant, Form form, Consumer<GraphBuilder> vertices) {
        examples.add(new CoverageExample(type, variant, random -> CoverageExample.graph(random, form, vertices)));
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(3).build();
    }
}
