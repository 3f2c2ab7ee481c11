package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.recording.FrameFile;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
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
            "Draws one frame of a run as a PNG file, on the scale of the whole run,",
            "or the file of a frame, including trajectories."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN|FILE", description = "A run directory, or the file of a frame.")
    private Path run;

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

    @Override
    public Integer call() throws IOException {
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException(spec.commandLine(), "-o must end in .png, got " + output);
        }
        FilmOptions options = Usage.checked(spec, picture::film);
        Scene scene = Files.isRegularFile(run) ? ofFile(options) : Scenes.of(RunFrames.open(run), options);
        Picture drawn = new Picture(options.width(), options.height());
        scene.draw(drawn, new Scene.Cue(index((int) scene.lastTime() + 1), azimuth));
        PngFile.write(output, drawn.pixels(), drawn.width(), drawn.height());
        spec.commandLine().getOut().println(output + ": " + drawn.width() + "x" + drawn.height());
        return 0;
    }

    private Scene ofFile(FilmOptions options) throws IOException {
        Optional<TrajectoryMap> trajectories =
                picture.showsTrajectories() ? TrajectoryFile.read(run) : Optional.empty();
        return trajectories.isPresent()
                ? Scenes.of(trajectories.get(), options)
                : Scenes.of(FrameSource.of(run.getFileName().toString(), List.of(FrameFile.read(run))), options);
    }

    private int index(int frames) throws IOException {
        if (frame.equals("last")) {
            return frames - 1;
        }
        try {
            int index = Integer.parseInt(frame);
            if (index < 0 || index >= frames) {
                throw new IOException("the run at " + run + " has frames 0 to " + (frames - 1) + ", got " + frame);
            }
            return index;
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "--frame must be a number or 'last', got '" + frame + "'", e);
        }
    }
}
