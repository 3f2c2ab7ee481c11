package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class AnalyzeCommandTest {

    private final long seed = Seeds.fresh("AnalyzeCommandTest");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private SavedModels saved;
    private MultiLayerNetwork first;
    private MultiLayerNetwork second;
    private MultiLayerNetwork third;
    private List<Path> models;
    private Path data;
    private Path output;

    @BeforeEach
    void save() throws IOException {
        saved = new SavedModels(directory, seed);
        first = saved.trained(3);
        second = saved.trained(6);
        third = saved.trained(9);
        models = List.of(saved.zip("1.zip", first), saved.zip("2.zip", second), saved.zip("3.zip", third));
        data = saved.csv(50);
        output = directory.resolve("new/out.h5");
    }

    @ParameterizedTest
    @CsvSource({"random, 1", "eigen, 1", "eigen-ends, 1", "interpolate, 2", "three, 3"})
    void aSurfaceHasTheModelsLossesWhereTheyAre(String plane, int count) throws IOException {
        String range = count > 1 ? "-1:1,-1:1" : "-2:2";
        analyze(count, "--plane", plane, "--grid", "5", "--range", range, "--validation", saved.csv(30));
        SurfaceStudy study = StudyFile.readSurface(output);
        assertThat(study.frame().status()).isEqualTo(Frame.Status.COMPLETE);
        Eigenvalue sharpest = study.frame().curvature().lambdaMax().orElseThrow();
        assertThat(sharpest.validation()).as("seed %d", seed).isPresent();
        assertThat(sharpest.samplingError().orElseThrow()).as("seed %d", seed).isPositive();
        SurfaceValues surface = study.frame().surface();
        assertThat(surface.loss()[2][2]).as("seed %d", seed).isCloseTo(loss(first), within(1e-6));
        if (count > 1) {
            assertThat(surface.loss()[2][4]).as("seed %d", seed).isCloseTo(loss(second), within(1e-6));
        }
        if (count > 2) {
            assertThat(surface.loss()[4][2]).as("seed %d", seed).isCloseTo(loss(third), within(1e-6));
        }
        assertThat(surface.validationLoss()).isPresent();
        assertThat(out.toString())
                .contains("25 of 25 points")
                .contains("lambda_max ", "; residual ", ", sampling error ", " on the validation probe");
        assertThat(study.provenance().options()).containsEntry("plane", plane);
    }

    /** As those of Deeplearning4j's zoo: a file of its version 0.9.1, without the state of its updater. */
    @Test
    void aZooModelIsAnalyzed() throws IOException {
        Path zoo = directory.resolve("zoo.zip");
        try (InputStream in =
                AnalyzeCommandTest.class.getResourceAsStream("/org/thalweg/data/former/0.9.1/lenet.zip")) {
            Files.write(zoo, in.readAllBytes());
        }
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 144; j++) {
                images.append(Math.sin(i + 0.3 * j)).append(',');
            }
            images.append(i % 3).append('\n');
        }
        models = List.of(zoo);
        data = Files.writeString(directory.resolve("images.csv"), images);
        analyze(1, "--grid", "3");
        Frame frame = StudyFile.readSurface(output).frame();
        assertThat(frame.surface().loss()[1][1]).isEqualTo(frame.loss());
        assertThat(frame.objective()).isEqualTo("compiled");
        assertThat(frame.curvature().lambdaMax().orElseThrow().converged()).isTrue();
    }

    @Test
    void principalComponentsHoldAllModels() throws IOException {
        analyze(3, "--plane", "pca", "--grid", "7", "--eigenvalues", "0");
        Frame frame = StudyFile.readSurface(output).frame();
        assertThat(frame.loss()).as("seed %d", seed).isCloseTo(loss(third), within(1e-6));
        assertThat(frame.quantities().get("delta_explained_variance_ratio"))
                .as("seed %d", seed)
                .isBetween(0.5, 1.0);
        assertThat(frame.curvature().reason()).hasValue("off");
    }

    @Test
    void linesGoThroughAModelOrBetweenTwo() throws IOException {
        analyze(2, "--line", "--grid", "21", "--range", "-0.5:1.5");
        LineValues line = StudyFile.readLine(output).line();
        assertThat(line.alpha()[0]).isEqualTo(-0.5);
        assertThat(line.loss()[5]).as("seed %d", seed).isCloseTo(loss(first), within(1e-6));
        assertThat(line.loss()[15]).as("seed %d", seed).isCloseTo(loss(second), within(1e-6));
        Path picture = directory.resolve("lines.png");
        assertThat(run("image", output, output, "-o", picture, "--size", "640x360"))
                .as(err::toString)
                .isZero();
        assertThat(picture).isNotEmptyFile();
        Path table = directory.resolve("line.csv");
        assertThat(run("export", output, "-o", table)).as(err::toString).isZero();
        assertThat(Files.readAllLines(table)).hasSize(22).element(6).asString().startsWith("0.0," + line.loss()[5]);
        assertThat(run("export", output, "-o", directory.resolve("line.vtp"))).isEqualTo(2);
        assertThat(err.toString()).contains("holds a line: -o must end in .csv");
        Files.delete(output);
        analyze(1, "--line", "--plane", "eigen");
        assertThat(StudyFile.readLine(output).line().loss()).hasSize(51);
        assertThat(StudyFile.readLine(output).line().loss()[25])
                .as("seed %d", seed)
                .isCloseTo(loss(first), within(1e-6));
    }

    @Test
    void everythingThatIsAskedForIsInTheFile() throws IOException {
        analyze(
                1,
                "--grid",
                "9",
                "--convexity",
                "3",
                "--eigenvalues",
                "2",
                "--density",
                "--save-directions",
                "--keep-bias",
                "--orthogonal",
                "--normalize",
                "layer",
                "--bn",
                "batch",
                "--batch-size",
                "20",
                "--probe",
                "40");
        SurfaceStudy study = StudyFile.readSurface(output);
        assertThat(study.convexity().orElseThrow().evaluated()[4][8]).isTrue();
        assertThat(study.frame().curvature().largest()).hasSize(2);
        assertThat(study.frame().curvature().density()).isPresent();
        assertThat(study.frame().quantities().get("direction_cosine")).isCloseTo(0, within(1e-9));
        assertThat(study.provenance().probeSource()).contains("40 of 50 examples");
        assertThat(out.toString()).contains("|lambda_min/lambda_max| ", "9 points", "at radius 0.500 the loss is ");
    }

    @Test
    void prunedWeightsStayZeroIfAskedTo() throws IOException {
        for (int i = 0; i < 6; i++) {
            first.getParam("0_W").putScalar(i, i, 0);
        }
        models = List.of(saved.zip("pruned.zip", first), models.get(1));
        analyze(1, "--grid", "3", "--keep-pruned", "--save-directions");
        assertThat(StudyFile.readSurface(output).provenance().options()).containsEntry("keepPruned", true);
        try (HdfFile file = new HdfFile(output)) {
            float[][] delta =
                    (float[][]) file.getDatasetByPath("/directions/delta/0_W").getData();
            for (int i = 0; i < 6; i++) {
                assertThat(delta[i][i]).as("pruned, seed %d", seed).isZero();
                assertThat(delta[i][i + 1]).as("kept, seed %d", seed).isNotZero();
            }
        }
        assertRefused(2, "--keep-pruned is for planes around one model", models.get(0), models.get(1), "--keep-pruned");
    }

    @Test
    void thePlaneIsComparedWithOthersAndCurvatureSharedAmongClasses() throws IOException {
        analyze(1, "--grid", "5", "--planes", "3", "--class-shares");
        SurfaceStudy study = StudyFile.readSurface(output);
        Map<String, Estimate> estimates = study.frame().curvature().estimates().stream()
                .collect(Collectors.toMap(
                        estimate -> estimate.operator() + "." + estimate.estimator(), estimate -> estimate));
        assertThat(estimates)
                .containsOnlyKeys("classes.shares", "planes.convexity", "planes.persistence", "planes.rise");
        EstimateValues rise = values(estimates, "planes.rise");
        assertThat(rise.arrays().get("values")).hasSize(3);
        assertThat(rise.numbers().get("mean"))
                .as("seed %d", seed)
                .isCloseTo(Arrays.stream(rise.arrays().get("values")).average().orElseThrow(), within(1e-12));
        double[] shares = values(estimates, "classes.shares").arrays().get("share_1");
        assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isCloseTo(1, within(1e-6));
        assertThat(out.toString())
                .contains("on 3 random planes (", " of lambda_max belong to class ", " inside the surface");
    }

    @Test
    void whereClassSharesAreAbsentTheReasonIsSaid() throws IOException {
        analyze(1, "--grid", "3", "--class-shares", "--probe", "8");
        assertThat(out.toString())
                .containsPattern(
                        "no class shares: probe: its 8 examples are too few for [23] classes, 4 each are needed");
    }

    private static EstimateValues values(Map<String, Estimate> estimates, String name) {
        return Objects.requireNonNull(estimates.get(name), name).values();
    }

    @Test
    void thePlottingToolsOfOthersReadTheFiles() {
        analyze(1, "--grid", "9", "--eigenvalues", "0", "--convexity", "3", "--validation", data);
        assertThat(plot("contour")).contains("points 81.0").contains("test_loss_min");
        assertThat(plot("convexity")).contains("points 81.0").contains("ratio_max");
        assertThat(plot("mesh")).contains("quads 64.0");
        output = directory.resolve("line.h5");
        analyze(2, "--line", "--grid", "21");
        assertThat(plot("line")).contains("points 21.0").contains("train_loss_min");
    }

    private String plot(String kind) {
        List<String> modules = List.of("h5py", "matplotlib");
        return Peers.python("/org/thalweg/peers/plots.py", modules, kind, output, directory.resolve(kind + ".png"));
    }

    @Test
    void whatWasFoundIsShownAsARunOfOneFrame() throws IOException {
        analyze(1, "--grid", "5");
        assertThat(run("info", output)).as(err::toString).isZero();
        assertThat(out.toString())
                .contains("run 1.zip in " + output)
                .contains("plane random")
                .contains("complete");
        assertThat(run("view", output, "-o", directory.resolve("page.html")))
                .as(err::toString)
                .isZero();
        assertThat(directory.resolve("page.html")).exists();
        assertThat(run("image", output, "-o", directory.resolve("a.png"), "--size", "320x180"))
                .as(err::toString)
                .isZero();
        assertThat(directory.resolve("a.png")).exists();
    }

    @Test
    void anotherCommandDoesNotGoOnWithTheFile() throws IOException {
        analyze(1, "--grid", "5", "--eigenvalues", "0");
        byte[] before = Files.readAllBytes(output);
        assertRefused(
                1,
                "holds a different analysis: another --seed (settings.plane.seed is 7, in the run it is 12345)",
                models.get(0),
                "--grid",
                "5",
                "--eigenvalues",
                "0",
                "--seed",
                "7");
        assertRefused(
                1, "another --eigenvalues (settings.curvature", models.get(0), "--grid", "5", "--eigenvalues", "2");
        assertRefused(1, "another --grid (settings.grid.", models.get(0), "--grid", "7", "--eigenvalues", "0");
        assertRefused(
                1,
                "another --range (settings.grid.",
                models.get(0),
                "--grid",
                "5",
                "--eigenvalues",
                "0",
                "--range",
                "-0.5:0.5");
        assertRefused(1, "another MODEL (settings.models[0] is", models.get(1), "--grid", "5", "--eigenvalues", "0");
        assertRefused(1, "holds a surface, not a line", models.get(0), "--line");
        assertThat(Files.readAllBytes(output)).isEqualTo(before);
        analyze(1, "--grid", "5", "--eigenvalues", "0");
        assertThat(out.toString()).contains("continuing " + output + ", which has 25 of 25 points");
        assertThat(Files.readAllBytes(output))
                .as("a complete file is left alone")
                .isEqualTo(before);
    }

    @Test
    void anAdaptiveSurfaceHasTheSamePointsAndSaysWhichAreInterpolated() throws IOException {
        analyze(1, "--eigenvalues", "0");
        SurfaceValues full = StudyFile.readSurface(output).frame().surface();
        Path adaptive = directory.resolve("adaptive.h5");
        Object[] command = {"analyze", models.get(0), "--data", data, "--eigenvalues", "0", "--adaptive", "-o", adaptive
        };
        assertThat(run(command)).as(err::toString).isZero();
        SurfaceValues some = StudyFile.readSurface(adaptive).frame().surface();
        assertThat(some.interpolation().orElseThrow().tolerance()).isEqualTo(0.005);
        for (int row = 0; row < 25; row++) {
            for (int column = 0; column < 25; column++) {
                double expected = full.loss()[row][column];
                assertThat(some.loss()[row][column])
                        .as("seed %d", seed)
                        .isCloseTo(expected, within(some.evaluated()[row][column] ? 0 : expected));
            }
        }
        String points = some.evaluatedPoints() + " of 625 points, the others within an estimated ";
        assertThat(out.toString()).contains(adaptive + ": " + points);
        byte[] before = Files.readAllBytes(adaptive);
        assertThat(run(command)).as(err::toString).isZero();
        assertThat(out.toString()).contains("continuing " + adaptive + ", which has " + points);
        assertThat(Files.readAllBytes(adaptive)).isEqualTo(before);
        assertRefused(
                1,
                "another --adaptive (settings.tolerance is 0.01, in the run it is 0.005",
                models.get(0),
                "--eigenvalues",
                "0",
                "--adaptive",
                "0.01",
                "-o",
                adaptive);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--adaptive 1 | --adaptive must be a share of the drawn range, above 0 and below 1, got 1.0",
                "--line --adaptive | are for surfaces",
                "--grid 24 | the grid must have the minimizer as one of its points",
                "--grid 1 | an axis must have at least 2 points",
                "--range 1:-1 | from a smaller to a larger coordinate, got 1.0 to -1.0",
                "--range 0:0 | from a smaller to a larger coordinate, got 0.0 to 0.0",
                "--range 1 | is not a range like -1:1",
                "--plane pca | takes at least 3 models, got 1",
                "--plane three | takes 3 models, got 1",
                "--plane interpolate | takes 2 models, got 1",
                "--plane sideways | random, eigen, eigen-ends, pca, interpolate, three",
                "--states | --states is for a --line between two models",
                "--line --convexity 3 | are for surfaces",
                "--line --class-shares | are for surfaces",
                "--planes 1 | --planes must be at least 2, for a spread, got 1",
                "--class-shares --eigenvalues 0 | --class-shares are shares in eigenvalues",
                "--probe 0 | --probe must be at least 1, got 0",
                "--eigenvalues -1 | must not be negative, got -1",
                "--minutes 0 | must be positive and finite, got 0.0",
                "--bn frozen | running, batch"
            })
    void wrongUsageIsTwo(String words, String message) {
        Stream<String> arguments = Stream.concat(
                Stream.of(models.get(0).toString()), Pattern.compile(" ").splitAsStream(words));
        assertRefused(2, message, arguments.toArray());
    }

    @Test
    void whatCannotBeLookedAtIsSaidInOneLine() throws IOException {
        assertRefused(1, directory.resolve("none.zip") + " does not exist", directory.resolve("none.zip"));
        assertRefused(1, "is not a saved network", data);
        assertRefused(2, "choose one of [2, 3, 5], got 4", models.get(0), "--grid", "5", "--convexity", "4");
        assertRefused(1, "are the same", models.get(0), models.get(0), "--line");
        assertRefused(1, "must differ from the current parameters", models.get(0), models.get(0));
        Path other = saved.zip("other.zip", Networks.cnn(DataType.DOUBLE, seed, false));
        assertRefused(1, "models must be of one architecture: " + other, models.get(0), other);
        assertRefused(1, "does not say their shape", other);
        assertRefused(2, "is a directory", models.get(0), "-o", directory);
        assertRefused(1, "hdfs://host/a is not a path of this", models.get(0), "--validation", "hdfs://host/a");
        assertRefused(1, "needs Spark, which is not on the class path", models.get(0), "--master", "local[2]");
        assertThat(output).doesNotExist();
        assertThat(err.toString().lines()).allMatch(line -> line.startsWith("thalweg: "));
    }

    private void analyze(int count, Object... arguments) {
        Object[] all = Stream.of(
                        models.stream().limit(count), Stream.of(arguments), Stream.of("--data", data, "-o", output))
                .flatMap(stream -> stream)
                .toArray();
        assertThat(execute(all)).as(() -> err + "seed " + seed).isZero();
    }

    private void assertRefused(int code, String message, Object... arguments) {
        boolean elsewhere = Arrays.asList(arguments).contains("-o");
        Object[] all = Stream.of(
                        Stream.of(arguments),
                        Stream.of("--data", data),
                        elsewhere ? Stream.empty() : Stream.of("-o", output))
                .flatMap(stream -> stream)
                .toArray();
        assertThat(execute(all)).as(() -> err.toString()).isEqualTo(code);
        assertThat(err.toString()).contains(message);
    }

    private int execute(Object... arguments) {
        return run(Stream.concat(Stream.of("analyze"), Arrays.stream(arguments)).toArray());
    }

    private int run(Object... words) {
        return InProcess.execute(out, err, words);
    }

    /** Deeplearning4j's own, which clips probabilities at 1e-10 and differs by less than 1e-9 here. */
    private double loss(MultiLayerNetwork network) {
        return network.score(saved.data(50));
    }
}
