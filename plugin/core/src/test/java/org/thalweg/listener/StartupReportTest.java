package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** What the log says of the cost before training starts. */
@Timeout(60)
class StartupReportTest {

    private final long seed = Seeds.fresh("StartupReportTest");
    private final MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);

    /** One in progress, those that wait, and with WAIT one that waits for room. */
    @ParameterizedTest
    @CsvSource({"SKIP, 1, 2", "SKIP, 3, 4", "DROP_OLDEST, 1, 2", "WAIT, 2, 4"})
    void statesTheMemoryOfSnapshots(OnBusy onBusy, int capacity, int most) {
        assertThat(report(PacingOptions.DEFAULT.withOnBusy(onBusy).withQueueCapacity(capacity)))
                .contains("snapshots  at most " + most + " of 0.0 MB; computing a frame takes about ");
    }

    @Test
    void statesThatOfTrainingThatWaitsAndTheBudget() {
        assertThat(report(EveryFrame.INLINE))
                .contains("snapshots  at most 1 of ")
                .doesNotContain("wall time");
        assertThat(report(PacingOptions.DEFAULT.withOverheadBudget(0.05)))
                .contains("frames take at most 5.00 % of wall time");
    }

    @Test
    void saysHowTheLossDiffersFromDl4jsScore() {
        MultiLayerNetwork penalized = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .l2(0.1)
                .miniBatch(false)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(6).nOut(3).build())
                .build());
        penalized.init();
        assertThat(report(penalized, EveryFrame.INLINE))
                .contains("thalweg.loss is not DL4J's score")
                .contains("l2")
                .contains("sums over the examples");
        assertThat(report(EveryFrame.INLINE)).doesNotContain("DL4J's score");
    }

    @Test
    void saysThatTruncatedTrainingIsSeenAsAFunctionOfWholeSequences() {
        MultiLayerNetwork truncated = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(3).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(3)
                        .nOut(2)
                        .dataFormat(RNNFormat.NCW)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2)
                .build());
        truncated.init();
        Probe sequences = Probe.of(Nd4j.rand(DataType.FLOAT, 4, 2, 5), Nd4j.rand(DataType.FLOAT, 4, 2, 5));
        assertThat(report(truncated, sequences, EveryFrame.INLINE))
                .contains("compiled, exact Hessian products")
                .contains("a piece of each sequence (truncated BPTT), where this is of whole ones");
    }

    /** The measured loss is not clipped, so an unusual clip is part of the difference. */
    @Test
    void saysThatTheLossIsNotClipped() {
        for (ILossFunction loss : List.of(new LossMCXENT(0.4, null), new LossBinaryXENT(0.4, null), new LossMCXENT())) {
            MultiLayerNetwork clipped = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                    .list()
                    .layer(new OutputLayer.Builder(loss)
                            .nIn(6)
                            .nOut(3)
                            .activation(loss instanceof LossMCXENT ? Activation.SOFTMAX : Activation.SIGMOID)
                            .build())
                    .build());
            clipped.init();
            if (loss.equals(new LossMCXENT())) {
                assertThat(report(clipped, EveryFrame.INLINE)).doesNotContain("DL4J's score");
            } else {
                assertThat(report(clipped, EveryFrame.INLINE))
                        .contains("DL4J's score, which clips probabilities at 0.4");
            }
        }
    }

    private String report(PacingOptions pacing) {
        return report(network, pacing);
    }

    private String report(MultiLayerNetwork network, PacingOptions pacing) {
        return report(network, Probe.of(Networks.data(8, seed, 6)), pacing);
    }

    private static String report(MultiLayerNetwork network, Probe probe, PacingOptions pacing) {
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .probe(probe)
                .grid(3)
                .eigenvalues(0)
                .pacing(pacing);
        return StandardError.during(() -> builder.build().close());
    }
}
