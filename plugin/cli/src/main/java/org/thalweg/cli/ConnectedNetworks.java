package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.BendTraining;
import org.thalweg.analysis.ConnectionOptions;
import org.thalweg.analysis.ModeConnection;
import org.thalweg.data.SavedNetwork;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.LossBarrier;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Probe;
import org.thalweg.objective.RecalibratedObjective;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.ConnectionFile;
import org.thalweg.surface.BezierCurve;

/** Runs {@code thalweg connect}: trains a curve between two networks, computes losses, writes and prints them. */
final class ConnectedNetworks implements AutoCloseable {

    private final ConnectOptions options;
    private final ConnectionOptions connection;
    private final PrintWriter out;
    private final ConnectionInputs inputs;
    private final Probe shown;
    private final Objective running;
    private final @Nullable Objective statistics;

    private ConnectedNetworks(
            ConnectOptions options, ConnectionOptions connection, PrintWriter out, ConnectionInputs inputs) {
        this.options = options;
        this.connection = connection;
        this.out = out;
        this.inputs = inputs;
        Probe training = inputs.training();
        this.shown = training.size() > options.data.probe
                ? training.range(0, options.data.probe).from(options.data.probe + " of " + training.source())
                : training;
        ObjectiveChoice choice = choose(shown, ObjectiveOptions.DEFAULT);
        choice.objective().placement().device().ifPresent(device -> out.println("computed on " + device));
        choice.fallbackReason().ifPresent(reason -> out.println("using Deeplearning4j's own layers, since " + reason));
        this.running = choice.objective();
        boolean normalized =
                running.layout().blocks().stream().anyMatch(block -> block.kind() == ParameterKind.STATISTIC);
        this.statistics = normalized
                ? choose(
                                shown,
                                ObjectiveOptions.DEFAULT
                                        .withMode(ObjectiveMode.BATCH)
                                        .withBatchSize(shown.size()))
                        .objective()
                : null;
    }

    /**
     * Reads networks and examples.
     *
     * @param models files of both networks
     * @param out receives messages for the user
     * @throws IOException naming the file that cannot be read or does not fit
     */
    static ConnectedNetworks read(
            ConnectOptions options, List<Path> models, ConnectionOptions connection, PrintWriter out)
            throws IOException {
        return new ConnectedNetworks(options, connection, out, ConnectionInputs.read(options, models, out));
    }

    private ObjectiveChoice choose(Probe probe, ObjectiveOptions function) {
        return ObjectiveChoice.of(model(), probe, function, false, options.on.device);
    }

    private Model model() {
        return inputs.networks().get(0).model();
    }

    /**
     * Trains the curve, computes all losses and writes the file.
     *
     * @throws IOException if a network's loss is not finite, or the file cannot be written; the message names it
     */
    void connect() throws IOException {
        Objective train = statistics == null ? running : RecalibratedObjective.of(running, statistics);
        Objective held = train.withProbe(inputs.held());
        ParameterLayout layout = running.layout();
        INDArray first = layout.pack(model().params());
        INDArray second = layout.pack(inputs.networks().get(1).model().params());
        requireFinite(held, first, inputs.networks().get(0));
        requireFinite(held, second, inputs.networks().get(1));
        BezierCurve curve = new BezierCurve(first, bend(first, second), second);
        ModeConnection study =
                new ModeConnection(train, held, inputs.networks().get(0).snapshot(), curve, connection);
        ConnectionStudy found;
        try (ConnectionProgress progress = new ConnectionProgress()) {
            found = study.study(provenance(), name(0), name(1), progress::reached);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "no plane holds both networks and the curve (" + e.getMessage() + ") after "
                            + connection.iterations() + " iterations: raise --iterations or --learning-rate",
                    e);
        }
        ConnectionFile.write(options.output, found);
        print(found);
    }

    private static void requireFinite(Objective objective, INDArray theta, SavedNetwork network) throws IOException {
        double loss = objective.evaluate(theta).loss();
        if (!Double.isFinite(loss)) {
            throw new IOException(network.file() + " has a loss of " + loss + " on the examples: no path leads to it");
        }
    }

    private INDArray bend(INDArray first, INDArray second) {
        ObjectiveOptions function = ObjectiveOptions.DEFAULT
                .withMode(ObjectiveMode.BATCH)
                .withBatchSize(
                        Math.min(connection.batchSize(), inputs.training().size()));
        Probe batch = inputs.training().range(0, function.batchSize());
        try (Objective loss = choose(batch, function).objective();
                ConnectionProgress progress = new ConnectionProgress()) {
            int all = connection.iterations();
            INDArray bend = new BendTraining(loss, inputs.training(), connection).train(first, second, iteration -> {
                progress.reached("curve's training", iteration, all);
                return false;
            });
            progress.reached("curve's training", all, all);
            return bend;
        }
    }

    private RunProvenance provenance() {
        AnalysisInputs together = new AnalysisInputs(
                inputs.networks(), 0, shown, inputs.held(), running, running.withProbe(inputs.held()));
        Map<String, Object> asked = new TreeMap<>();
        asked.put("plane", ConnectionStudy.PLANE);
        asked.put("seed", connection.seed());
        asked.put("iterations", connection.iterations());
        asked.put("learningRate", connection.learningRate());
        asked.put("examples", inputs.training().size());
        asked.put("grid", List.of(connection.gridPoints(), connection.gridPoints()));
        return StudyProvenance.of(together, ObjectiveOptions.DEFAULT, asked, Map.of("connection", connection));
    }

    private String name(int network) {
        List<Path> files = inputs.networks().stream().map(SavedNetwork::file).toList();
        return FileNames.of(files.get(network), files);
    }

    private void print(ConnectionStudy study) {
        out.printf(
                Locale.ROOT,
                "%s: a curve trained for %d iterations on %d examples; losses on %d others%n",
                options.output,
                connection.iterations(),
                inputs.training().size(),
                inputs.held().size());
        if (statistics != null) {
            out.println("BatchNorm's statistics estimated again at each point, from " + shown.size() + " examples");
        }
        double[] ends = ConnectionStudy.shown(study.line());
        double[] trained = study.line().loss();
        for (int i = 0; i < 2; i++) {
            int end = i * (ends.length - 1);
            out.printf(
                    Locale.ROOT,
                    "%s has a loss of %.4g, and of %.4g on %d training examples%n",
                    name(i),
                    ends[end],
                    trained[end],
                    shown.size());
        }
        out.println(path("the straight line", study.line()));
        out.println(path("the curve", study.curve()));
    }

    /** A path's barrier and its lowest accuracy, in words. */
    static String path(String name, LineValues values) {
        LossBarrier barrier = ConnectionStudy.barrier(values);
        Optional<double[]> accuracies = values.validationAccuracy();
        String least = accuracies
                .map(found -> {
                    double lowest = found[0];
                    for (double accuracy : found) {
                        lowest = Math.min(lowest, accuracy);
                    }
                    return String.format(Locale.ROOT, "; accuracy at least %.1f %%", lowest);
                })
                .orElse("");
        if (barrier.height() == 0) {
            return name + " has no barrier: its loss is nowhere above those of the networks" + least;
        }
        return String.format(
                        Locale.ROOT,
                        "%s has a barrier of %.4g, at t = %.3g where its loss is %.4g",
                        name,
                        barrier.height(),
                        barrier.t(),
                        barrier.loss())
                + least;
    }

    @Override
    public void close() {
        running.close();
        if (statistics != null) {
            statistics.close();
        }
    }
}
