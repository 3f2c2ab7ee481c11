package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.FrameFile;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.StudyFile;
import org.thalweg.recording.VtkWriter;
import org.thalweg.recording.internal.ShutdownCleanup;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.internal.mesh.MeshFile;
import org.thalweg.video.internal.mesh.SurfaceMesh;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg export RUN|FILE.h5 -o out.vtp}. */
@Command(
        name = "export",
        description = {
            "Writes the surface of a run's frame, or of a file, for other programs.",
            "The output's name decides the format: .vtp (VTK PolyData for ParaView), .glb (glTF for slides and",
            "browsers), .obj (Wavefront for Blender) or .csv. A line of 'thalweg analyze --line' becomes a .csv."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {

    /** As in {@link VtkWriter}, so that all formats have the same heights. */
    private static final double VTK_OFFSET = 0.1;

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

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Index of the run's frame, from 0, or 'last' (default: ${DEFAULT-VALUE}).",
            defaultValue = "last")
    private String frame;

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
        Usage.requireFile(spec, output, Format.ENDS);
        Format format = Format.of(output);
        if (Files.isRegularFile(source) && StudyFile.isLine(source)) {
            if (format != Format.CSV) {
                throw new ParameterException(
                        spec.commandLine(), source + " holds a line: -o must end in .csv, got " + output);
            }
            LineValues line = StudyFile.readLine(source).line();
            try (ShutdownCleanup cleanup = ShutdownCleanup.watch()) {
                ValuesTable.write(output, line);
            }
            said(line.alpha().length);
            return 0;
        }
        OptionalDouble zmax = clip == null ? OptionalDouble.empty() : OptionalDouble.of(clip);
        VtkWriter writer = Usage.checked(spec, "--zmax", () -> new VtkWriter(zmax, logarithmic));
        SurfaceValues surface = frame().surface();
        double[][] heights = values.of(surface)
                .orElseThrow(() -> new IOException(source + " has no " + values
                        + ": its surface has no validation probe, or belongs to a regression"));
        try (ShutdownCleanup cleanup = ShutdownCleanup.watch()) {
            switch (format) {
                case VTP -> writer.write(output, surface.alpha(), surface.beta(), heights);
                case CSV -> ValuesTable.write(output, surface);
                case OBJ -> MeshFile.writeObj(output, mesh(surface, heights));
                case GLB -> MeshFile.writeGlb(output, mesh(surface, heights));
            }
        }
        // A table has the computed points alone, a mesh also the interpolated ones.
        boolean filled = format != Format.CSV && surface.interpolation().isPresent();
        said(filled ? surface.alpha().length * surface.beta().length : surface.evaluatedPoints());
        return 0;
    }

    /** The format that a file's name asks for. */
    private enum Format {
        VTP,
        GLB,
        OBJ,
        CSV;

        static final String[] ENDS = Arrays.stream(values()).map(Format::end).toArray(String[]::new);

        static Format of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(format -> name.endsWith(format.end()))
                    .findFirst()
                    .orElseThrow();
        }

        private String end() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    private void said(int points) {
        spec.commandLine().getOut().println(output + ": " + points + " points");
    }

    private SurfaceMesh mesh(SurfaceValues surface, double[][] values) {
        double[][] heights = Arrays.stream(values)
                .map(row -> Arrays.stream(row).map(this::height).toArray())
                .toArray(double[][]::new);
        return SurfaceMesh.of(surface.alpha(), surface.beta(), heights, ColorMap.VIRIDIS);
    }

    private double height(double value) {
        double clipped = clip == null ? value : Math.min(value, clip);
        return logarithmic ? Math.log(clipped + VTK_OFFSET) : clipped;
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
        return run.frame(iterations.get(FrameIndex.of(spec, frame, source, iterations.size())));
    }
}
