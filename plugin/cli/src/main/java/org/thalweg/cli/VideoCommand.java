package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.recording.internal.ShutdownCleanup;
import org.thalweg.video.film.CameraPath;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.FilmFormat;
import org.thalweg.video.internal.film.FilmMaker;
import org.thalweg.video.internal.film.FilmMaker.Film;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.video.internal.scene.Scene;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg video RUN -o out.mp4}, or up to six runs side by side. */
@Command(
        name = "video",
        description = {
            "Makes a film of a run, or of two to six runs side by side.",
            "The output's name decides the format: .mp4 (H.264), .webm (VP9), .gif, or a directory of PNG files."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VideoCommand implements Callable<Integer> {

    private static final int MOST_RUNS = 6;
    private static final Pattern RANGE = Pattern.compile("(\\d{0,9}):(\\d{0,9})");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..6", description = "A run directory, or two to six to compare.")
    private List<Path> runs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File or directory to write.",
            required = true)
    private Path output;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Pictures per second (default: ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private int framesPerSecond;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of the film in seconds (default: ${DEFAULT-VALUE}).",
            defaultValue = "12")
    private double seconds;

    @Option(
            names = "--camera",
            paramLabel = "PATH",
            description = "Camera: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "orbit")
    private CameraPath camera;

    @Option(
            names = "--frames",
            paramLabel = "A:B",
            description = "Only the frames from index A to B, counted from 0; either may be omitted.",
            defaultValue = ":")
    private String range;

    @Option(
            names = "--quality",
            paramLabel = "Q",
            description = "Quality of MP4 and WebM, 1 to 100 (default: ${DEFAULT-VALUE}).",
            defaultValue = "75")
    private int quality;

    @Option(
            names = "--max-mb",
            paramLabel = "MB",
            description = "GIF only: shrink the pictures until the file is at most MB megabytes.",
            defaultValue = "0")
    private double maxMegabytes;

    @Option(names = "--fast", description = "Sample each pixel once instead of four times.")
    private boolean fast;

    @Option(names = "--cards", description = "Open with a title card and close with a card of results.")
    private boolean cards;

    @Mixin
    private PictureOptions picture;

    @Override
    public Integer call() throws IOException {
        if (runs.size() > MOST_RUNS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a film shows one run, or two to " + MOST_RUNS + " side by side, got " + runs.size());
        }
        FilmFormat format = format();
        FilmOptions options = options();
        Scene scene = scene(options);
        PrintWriter out = spec.commandLine().getOut();
        Film film;
        long start = System.nanoTime();
        try (ShutdownCleanup cleanup = ShutdownCleanup.watch();
                Progress progress = Progress.of("film", "pictures", options.pictures())) {
            film = new FilmMaker(scene, options).make(output, (pictures, of) -> progress.stepTo(pictures));
        }
        out.println(summary(film, format, (System.nanoTime() - start) / 1e9));
        if (film.width() != options.width() || film.height() != options.height()) {
            String reason = format == FilmFormat.GIF ? "to stay within the limit" : "since both sides must be even";
            out.println("the size is " + film.width() + "x" + film.height() + " instead of " + options.width() + "x"
                    + options.height() + " " + reason);
        }
        out.flush();
        return 0;
    }

    private FilmFormat format() {
        try {
            return FilmFormat.of(output);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private FilmOptions options() {
        FilmOptions film = picture.film(spec).withCamera(camera).withCards(cards);
        FilmOptions rate = Usage.checked(spec, "--fps", () -> film.withLength(film.seconds(), framesPerSecond));
        FilmOptions length = Usage.checked(spec, "--seconds", () -> rate.withLength(seconds, framesPerSecond));
        FilmOptions effort = Usage.checked(spec, "--quality", () -> length.withEffort(fast ? 1 : 2, quality));
        return Usage.checked(spec, "--max-mb", () -> effort.withMaxBytes(bytes(maxMegabytes)));
    }

    private static long bytes(double megabytes) {
        if (!(megabytes >= 0 && Double.isFinite(megabytes))) {
            throw new IllegalArgumentException("the size limit must be finite and not negative, got " + megabytes);
        }
        return (long) (megabytes * 1e6);
    }

    private Scene scene(FilmOptions options) throws IOException {
        if (runs.size() == 1) {
            return Scenes.of(frames(runs.get(0)), options);
        }
        Usage.requireComparable(spec, runs.size(), options);
        List<RunFrames> all = new ArrayList<>();
        for (Path run : runs) {
            all.add(frames(run));
        }
        return Scenes.comparing(all, options);
    }

    private RunFrames frames(Path run) throws IOException {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--frames must be like 0:10, 5: or :20, got '" + range + "'");
        }
        int from = matcher.group(1).isEmpty() ? 0 : Integer.parseInt(matcher.group(1));
        int to = matcher.group(2).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(2));
        return RunFrames.open(run, from, to);
    }

    private static String summary(Film film, FilmFormat format, double seconds) throws IOException {
        String size = format == FilmFormat.PNG_SEQUENCE
                ? ""
                : String.format(Locale.ROOT, ", %.1f MB", Files.size(film.path()) / 1e6);
        return String.format(
                Locale.ROOT,
                "%s: %d pictures of %dx%d%s, %.1f per second",
                film.path(),
                film.pictures(),
                film.width(),
                film.height(),
                size,
                film.pictures() / seconds);
    }
}
