package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.Frame;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.recording.ConnectionFile;
import org.thalweg.recording.FrameFile;
import org.thalweg.recording.StudyFile;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.recording.internal.ShutdownCleanup;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.LineScene.NamedLine;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.video.internal.scene.Scene;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg image RUN|FRAME.h5 -o out.png}. */
@Command(
        name = "image",
        description = {
            "Draws one frame of a run as a PNG file, on the scale of the whole run.",
            "It also draws surfaces, trajectories and lines in the files of other commands."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|FILE",
            arity = "1..*",
            description = {
                "A run directory, or the file of a frame, trajectories, a connection or a line; two to six runs or"
                        + " frames",
                "to compare; or any number of lines."
            })
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as out.png.",
            required = true)
    private Path output;

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Index of the frame, from 0, or 'last' (default: ${DEFAULT-VALUE}).",
            defaultValue = "last")
    private String frame;

    @Option(
            names = "--azimuth",
            paramLabel = "DEGREES",
            description = "Azimuth of the camera (default: ${DEFAULT-VALUE}).",
            defaultValue = "28")
    private double azimuth;

    @Mixin
    private PictureOptions picture;

    /** The run, if there is only one. */
    private Optional<RunFrames> run = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Usage.requireFile(spec, output, ".png");
        if (!Double.isFinite(azimuth)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--azimuth': an angle must be finite, got " + azimuth);
        }
        FilmOptions options = picture.film(spec);
        Scene scene = scene(options);
        Picture drawn = new Picture(options.width(), options.height());
        scene.draw(drawn, new Scene.Cue(time(scene), azimuth));
        try (ShutdownCleanup cleanup = ShutdownCleanup.watch()) {
            PngFile.write(output, drawn.pixels(), drawn.width(), drawn.height());
        }
        spec.commandLine().getOut().println(output + ": " + drawn.width() + "x" + drawn.height());
        return 0;
    }

    /** An index counts all frames of a run, so that a damaged one does not move the others. */
    private int time(Scene scene) throws IOException {
        if (run.isPresent() && !frame.equals(FrameIndex.LAST)) {
            int recorded = run.get().recorded();
            return run.get().readable(FrameIndex.of(spec, frame, sources.get(0), recorded));
        }
        return FrameIndex.of(spec, frame, sources.get(0), (int) scene.lastTime() + 1);
    }

    private Scene scene(FilmOptions options) throws IOException {
        List<NamedLine> lines = new ArrayList<>();
        for (Path source : sources) {
            if (Files.isRegularFile(source) && StudyFile.isLine(source)) {
                lines.add(new NamedLine(
                        FileNames.of(source, sources),
                        StudyFile.readLine(source).line()));
            }
        }
        if (lines.size() == sources.size()) {
            return Scenes.ofLines(lines, options);
        }
        if (!lines.isEmpty()) {
            throw new IOException("lines and surfaces cannot share a picture: give files of one kind");
        }
        if (sources.size() == 1) {
            return single(sources.get(0), options);
        }
        Usage.requireComparable(spec, sources.size(), options);
        List<FrameSource> frames = new ArrayList<>();
        for (Path source : sources) {
            frames.add(frames(source));
        }
        return Scenes.comparing(frames, options);
    }

    private Scene single(Path source, FilmOptions options) throws IOException {
        Optional<TrajectoryMap> trajectories = Files.isRegularFile(source) && picture.showsTrajectories()
                ? TrajectoryFile.read(source)
                : Optional.empty();
        if (trajectories.isPresent()) {
            return Scenes.of(trajectories.get(), options);
        }
        Optional<ConnectionStudy> connection = Files.isRegularFile(source) && picture.showsTrajectories()
                ? ConnectionFile.read(source)
                : Optional.empty();
        if (connection.isPresent()) {
            return Scenes.of(connection.get(), options);
        }
        FrameSource frames = frames(source);
        run = frames instanceof RunFrames ofRun ? Optional.of(ofRun) : Optional.empty();
        return Scenes.of(frames, options);
    }

    private FrameSource frames(Path source) throws IOException {
        if (!Files.isRegularFile(source)) {
            return RunFrames.open(source);
        }
        Frame frame =
                picture.quantity() == SurfaceQuantity.CONVEXITY ? ConvexityFrame.of(source) : FrameFile.read(source);
        return FrameSource.of(FileNames.of(source, sources), List.of(frame));
    }
}
