package org.thalweg.video.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;
import org.thalweg.video.RunFilm;
import org.thalweg.video.film.FilmOptions;

/**
 * Writes frames as TensorBoard's event files, over iterations: scalars, a picture of each surface, and the spectrum of
 * the Hessian as a histogram (of its density if frames have one, otherwise of the computed eigenvalues). Scalars have
 * single precision there, as TensorBoard stores them. Not thread-safe, as sinks need not be.
 *
 * <pre>{@code
 * LandscapeListener.builder(network).probe(probe).sink(new TensorBoardSink(Path.of("logs/lenet")))
 * }</pre>
 *
 * <p>Each training run writes its own file to the directory; {@code tensorboard --logdir logs} shows all of them.
 *
 * @since 0.2.0
 */
public final class TensorBoardSink implements FrameSink {

    /** Pictures that load quickly in a grid of runs. */
    private static final FilmOptions PICTURE = FilmOptions.DEFAULT.withSize(960, 540);

    private final Path directory;
    private final FilmOptions picture;
    private String title = "run";
    private @Nullable EventFile events;

    /** Event files in a directory, with pictures of 960 x 540 pixels. */
    public TensorBoardSink(Path directory) {
        this(directory, PICTURE);
    }

    /**
     * Event files in a directory.
     *
     * @param directory created if it does not exist
     * @param picture style, size and colours of the pictures
     */
    public TensorBoardSink(Path directory, FilmOptions picture) {
        this.directory = directory;
        this.picture = picture;
    }

    /** @throws IOException if the directory cannot be written; the message names it */
    @Override
    public void start(RunProvenance run) throws IOException {
        title = run.run();
        open();
    }

    /**
     * Writes a frame's scalars and histogram, then its picture.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    @Override
    public void frame(Frame frame) throws IOException {
        EventFile file = open();
        file.write(now(), frame.iteration(), Summary.numbers(frame));
        file.write(
                now(), frame.iteration(), Summary.picture("surface", picture.width(), picture.height(), drawn(frame)));
    }

    private byte[] drawn(Frame frame) throws IOException {
        return RunFilm.of(title, List.of(frame), picture).toPng(0);
    }

    private EventFile open() throws IOException {
        if (events == null) {
            Files.createDirectories(directory);
            // The name that TensorBoard looks for; the last number distinguishes files of the same second.
            String name = "events.out.tfevents." + (long) now() + "."
                    + ProcessHandle.current().pid() + "." + System.nanoTime();
            events = new EventFile(directory.resolve(name), now());
        }
        return events;
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    @Override
    public void close() throws IOException {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
