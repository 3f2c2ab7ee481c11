package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.FrameFile;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.VtkWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg export RUN|FRAME.h5 -o out.vtp}. */
@Command(
        name = "export",
        description = "Writes the surface of a frame's file, or of a run's last frame, as VTK PolyData for ParaView.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN|FILE", description = "A run directory, or the file of a frame.")
    private Path source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as out.vtp.",
            required = true)
    private Path output;

    @Option(
            names = "--values",
            paramLabel = "NAME",
            description = "Values: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "train_loss")
    private Values values;

    @Option(names = "--zmax", paramLabel = "Z", description = "Cut off values above Z.")
    private @Nullable Double clip;

    @Option(names = "--log", description = "Use ln(value + 0.1) as height.")
    private boolean logarithmic;

    /** Values of a surface, by the name of their dataset. */
    enum Values {
        TRAIN_LOSS,
        TRAIN_ACC,
        TEST_LOSS,
        TEST_ACC;

        Optional<double[][]> of(SurfaceValues surface) {
            return switch (this) {
                case TRAIN_LOSS -> Optional.of(surface.loss());
                case TRAIN_ACC -> surface.accuracy();
                case TEST_LOSS -> surface.validationLoss();
                case TEST_ACC -> surface.validationAccuracy();
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".vtp")) {
            throw new ParameterException(spec.commandLine(), "-o must end in .vtp, got " + output);
        }
        OptionalDouble zmax = clip == null ? OptionalDouble.empty() : OptionalDouble.of(clip);
        VtkWriter writer = Usage.checked(spec, () -> new VtkWriter(zmax, logarithmic));
        SurfaceValues surface = frame().surface();
        double[][] heights = values.of(surface)
                .orElseThrow(() -> new IOException(source + " has no " + values
                        + ": its surface has no validation probe, or belongs to a regression"));
        writer.write(output, surface.alpha(), surface.beta(), heights);
        spec.commandLine().getOut().println(output + ": " + surface.evaluatedPoints() + " points");
        return 0;
    }

    private Frame frame() throws IOException {
        if (Files.isRegularFile(source)) {
            return FrameFile.read(source);
        }
        RunReader run = RunReader.open(source);
        List<Long> iterations = run.iterations();
        if (iterations.isEmpty()) {
            throw new IOException("the run at " + source + " has no frames yet: wait for the first one");
        }
        return run.frame(iterations.get(iterations.size() - 1));
    }
}
