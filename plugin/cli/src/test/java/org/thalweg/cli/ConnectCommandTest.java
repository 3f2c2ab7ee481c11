package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.LossBarrier;
import org.thalweg.recording.ConnectionFile;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class ConnectCommandTest {

    private final long seed = Seeds.fresh("ConnectCommandTest");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /** Three noisy directions of the first three features; the rest are noise. */
    private DataSet task(int examples, long salt) {
        Random random = new Random(seed + salt);
        DataSet data = Networks.data(examples, seed + salt, 6);
        data.getLabels().assign(0);
        for (int i = 0; i < examples; i++) {
            int kind = random.nextInt(3);
            data.getLabels().putScalar(i, kind, 1);
            for (int j = 0; j < 3; j++) {
                double side = random.nextBoolean() ? 1 : -1;
                data.getFeatures().putScalar(i, j, side * (j == kind ? 2 : 0.2) + 0.2 * random.nextGaussian());
            }
        }
        return data;
    }

    private MultiLayerNetwork trained(long start, DataSet data) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, start);
        for (int i = 0; i < 400; i++) {
            network.fit(data);
        }
        return network;
    }

    /** Two of the same task and the same size, from different weights. */
    @Test
    void aCurveJoinsNetworksThatABarrierParts() throws IOException {
        DataSet data = task(400, 0);
        SavedModels saved = new SavedModels(directory, seed);
        Path first = saved.zip("first.zip", trained(seed, data));
        Path second = saved.zip("second.zip", trained(seed + 1, data));
        Path file = directory.resolve("out.h5");
        connect(
                first,
                second,
                "--data",
                examples("data", data),
                "--validation",
                examples("other", task(200, 7)),
                "--iterations",
                "1500",
                "--learning-rate",
                "0.02",
                "--grid",
                "5",
                "--points",
                "11",
                "-o",
                file);
        ConnectionStudy study = ConnectionFile.read(file).orElseThrow();
        LossBarrier line = ConnectionStudy.barrier(study.line());
        LossBarrier curve = ConnectionStudy.barrier(study.curve());
        assertThat(line.height()).as("seed %d", seed).isGreaterThan(0.1);
        assertThat(curve.height()).as("of %s, seed %d", line, seed).isLessThan(0.25 * line.height());
        assertThat(out.toString())
                .contains(
                        "losses on 200 others",
                        "the straight line has a barrier of ",
                        "the curve has ",
                        "accuracy at least");

        Path picture = directory.resolve("out.png");
        run("image", file, "-o", picture, "--size", "960x540");
        assertThat(picture).isNotEmptyFile();
        Path page = directory.resolve("out.html");
        run("view", file, "-o", page);
        assertThat(out.toString()).contains(page + ": 1 frame, 2 lines, ");
        assertThat(page)
                .content()
                .contains("\"straight line, first.zip to second.zip\"", "\"curve, first.zip to second.zip\"");
        StringWriter info = new StringWriter();
        assertThat(InProcess.execute(info, err, "info", file)).isZero();
        assertThat(info.toString())
                .contains("plane connection", "400 examples of ", "validationProbe all 200 examples of ")
                .doesNotContain("finding");
    }

    @Test
    void otherProgramsFindTheSameLosses() throws IOException {
        Path run = directory.resolve("run");
        TrainedRun.write(run, "run", Networks.mlp(DataType.FLOAT, seed), Networks.data(24, seed, 6), 12);
        Path first = run.resolve("weights/000000000.h5");
        Path last = run.resolve("weights/000000012.h5");
        Path others = examples("others", Networks.data(16, seed + 1, 6));
        Path file = directory.resolve("out.h5");
        connect(
                first,
                last,
                "--data",
                run,
                "--validation",
                others,
                "--iterations",
                "20",
                "--learning-rate",
                "0.05",
                "--grid",
                "5",
                "--points",
                "5",
                "-o",
                file);
        String told = Peers.python(
                List.of("/org/thalweg/peers/recompute_connection.py", "/org/thalweg/peers/recompute.py"),
                List.of("h5py", "numpy", "scipy", "torch"),
                file,
                first,
                last,
                others);
        assertThat(told).as("seed %d", seed).contains("5 places of two paths recomputed, 0 disagreements");
    }

    /** Examples of one file are set aside, and the statistics at the ends are the examples' own, not training's. */
    @Test
    void statisticsAreEstimatedAgain() throws IOException {
        DataSet data = Networks.data(60, seed, 1, 8, 8);
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        SavedModels saved = new SavedModels(directory, seed);
        network.fit(data);
        Path first = saved.zip("first.zip", network);
        network.fit(data);
        Files.createDirectory(directory.resolve("b"));
        Path second = saved.zip("b/first.zip", network);
        Path file = directory.resolve("out.h5");
        Path all = examples("all", data);
        connect(first, second, "--data", all, "--iterations", "3", "--grid", "3", "--points", "3", "-o", file);
        assertThat(out.toString())
                .contains(
                        "on 45 examples; losses on 15 others",
                        "statistics estimated again at each point, from 45 examples");
        assertThat(out.toString())
                .as("files of one name")
                .contains(first + " has a loss of ", second + " has a loss of ", " on 45 training examples");
        double[] losses = ConnectionFile.read(file).orElseThrow().line().loss();
        network.getParam("1_mean").assign(1e3);
        Path third = saved.zip("third.zip", network);
        Path again = directory.resolve("again.h5");
        connect(first, third, "--data", all, "--iterations", "3", "--grid", "3", "--points", "3", "-o", again);
        assertThat(ConnectionFile.read(again).orElseThrow().line().loss())
                .as("whatever training left there, seed %d", seed)
                .containsExactly(losses, within(1e-9));
    }

    @Test
    void whatCannotBeConnectedIsRefusedInOneLine() throws IOException {
        SavedModels saved = new SavedModels(directory, seed);
        MultiLayerNetwork network = saved.trained(2);
        Path first = saved.zip("first.zip", network);
        Path second = saved.zip("second.zip", saved.trained(4));
        Path data = saved.csv(40);
        Path same = saved.zip("same.zip", network);
        refused(1, same + " has the same weights as " + first, first, same, "--data", data);
        refused(1, "has the same weights as", first, first, "--data", data);
        Path other = saved.zip("other.zip", Networks.cnn(DataType.DOUBLE, seed, false));
        refused(1, "models must be of one architecture: " + other, first, other, "--data", data);
        network.getParam("0_W").putScalar(0, Double.NaN);
        Path broken = saved.zip("broken.zip", network);
        refused(1, "broken.zip has parameters that are not finite", first, broken, "--data", data);
        network.params().assign(1e200);
        Path huge = saved.zip("huge.zip", network);
        refused(1, "huge.zip has parameters that are not finite or whose norm is not", first, huge, "--data", data);
        network.params().assign(8e152);
        Path far = saved.zip("far.zip", network);
        network.params().assign(-8e152);
        Path away = saved.zip("away.zip", network);
        refused(1, "the distance of " + far + " and " + away + " is not finite", far, away, "--data", data);
        Path single = saved.zip("single.zip", Networks.mlp(DataType.FLOAT, seed));
        refused(
                1,
                "models must be of one data type: " + single + " is of FLOAT, " + first + " of DOUBLE",
                first,
                single,
                "--data",
                data);
        refused(1, "are also those that the curve is trained on", first, second, "--data", data, "--validation", data);
        refused(1, "must have at least 8 examples", first, second, "--data", saved.csv(5));
        refused(
                2,
                "'--learning-rate': learning rate must be positive",
                first,
                second,
                "--data",
                data,
                "--learning-rate",
                0);
        refused(2, "Missing required parameter: 'B'", first, "--data", data);
        assertThat(directory.resolve("out.h5")).doesNotExist();
        refused(2, "--iterations must be at least 1, got 0", first, second, "--data", data, "--iterations", 0);
        refused(
                1,
                "span no plane: the second has no component outside the first) after 1 iterations:"
                        + " raise --iterations or --learning-rate",
                first,
                second,
                "--data",
                data,
                "--iterations",
                1,
                "--learning-rate",
                1e-12);
        refused(2, "Unmatched argument", first, second, other, "--data", data);
        assertThat(directory.resolve("out.h5")).doesNotExist();
    }

    /** Features and labels as HDF5. */
    private Path examples(String name, DataSet data) {
        Path file = directory.resolve(name + ".h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("features", rows(data.getFeatures()));
            hdf.putDataset("labels", data.getLabels().toDoubleMatrix());
        }
        return file;
    }

    private static Object rows(INDArray features) {
        if (features.rank() == 2) {
            return features.toDoubleMatrix();
        }
        double[][][][] images = new double[(int) features.size(0)][1][][];
        for (int i = 0; i < images.length; i++) {
            images[i][0] = features.slice(i).slice(0).toDoubleMatrix();
        }
        return images;
    }

    private void connect(Object... arguments) {
        run(prepended("connect", arguments));
    }

    private void run(Object... words) {
        assertThat(InProcess.execute(out, err, words))
                .as("%s, seed %d", err, seed)
                .isZero();
    }

    private void refused(int code, String message, Object... arguments) {
        Object[] words = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, words, 0, arguments.length);
        words[arguments.length] = "-o";
        words[arguments.length + 1] = directory.resolve("out.h5");
        StringWriter said = new StringWriter();
        assertThat(InProcess.execute(new StringWriter(), said, prepended("connect", words)))
                .as(said::toString)
                .isEqualTo(code);
        assertThat(said.toString()).contains(message).startsWith("thalweg: ");
        assertThat(said.toString().lines()).hasSize(1);
    }

    private static Object[] prepended(Object first, Object... rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
