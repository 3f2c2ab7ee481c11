package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.DoublingLayer;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** A gradient that cannot be believed costs a frame its curvature, and nothing else. */
class DistrustedGradientTest {

    private static final long SEED = Seeds.fresh("DistrustedGradientTest");

    @TempDir
    Path runs;

    static Stream<Arguments> layers() {
        Layer random =
                new DenseLayer.Builder().nIn(6).nOut(6).activation(new Drawn()).build();
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(
                        Arguments.of(type, new DoublingLayer("doubling"), "not the loss's gradient: layer"),
                        Arguments.of(type, random, "")));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void surfaceAndLossStayAndTheReasonStandsInPlaceOfTheRest(DataType type, Layer layer, String reason) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(6).build())
                .layer(layer)
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        DataSet data = Networks.data(16, SEED, 6);
        CollectedFrames frames = new CollectedFrames();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .curvature(CurvatureOptions.DEFAULT
                        .withEigenvalues(1)
                        .withTrace(TraceOptions.DEFAULT)
                        .withDensity(SpectralDensityOptions.DEFAULT)
                        .withLayers(true))
                .recordTo(runs.resolve("run"))
                .sink(frames)
                .build()) {
            assertThat(listener).isNotNull();
        }
        Frame frame = frames.frames().get(0);
        assertThat(frame.loss()).as("seed %d", SEED).isFinite();
        assertThat(frame.surface().loss()[0][0]).isFinite();
        assertThat(frame.curvature().reason())
                .as("seed %d", SEED)
                .hasValueSatisfying(found -> assertThat(found).startsWith(reason));
        assertThat(frame.curvature().largest()).isEmpty();
        assertThat(frame.curvature().trace()).isEmpty();
        assertThat(frame.curvature().density()).isEmpty();
        assertThat(frame.curvature().layers()).isEmpty();
        assertThat(frame.quantities()).doesNotContainKeys("gradient_norm", "gradient_top_share", "gradient_curvature");
        assertThat(frame.quantities()).containsKey("parameter_norm");
        assertThat(frame.curvature().absent()).containsKey("gradient_norm");
    }

    /** Throws in its backward pass out of training. A user's own class, since Deeplearning4j's is compiled. */
    private static final class Drawn extends ActivationRReLU {

        private static final long serialVersionUID = 1;

        Drawn() {
            super(0.1, 0.4);
        }
    }
}
