package org.thalweg.recording.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes an unfinished file of {@link AtomicFile}; errors name the file that it becomes, which those of a full disk do not by
 * themselves. For content that is read from other files, whose errors name those. Not thread-safe.
 */
public final class PartStream extends FilterOutputStream {

    private final Path part;
    private final Path file;

    private PartStream(OutputStream out, Path part, Path file) {
        super(out);
        this.part = part;
        this.file = file;
    }

    /**
     * Creates the unfinished file.
     *
     * @param part its name, of {@link AtomicFile#part}
     * @param file the name that it gets
     * @throws IOException if it cannot be created; the message names it
     */
    public static PartStream open(Path part, Path file) throws IOException {
        try {
            return new PartStream(Files.newOutputStream(part), part, file);
        } catch (IOException e) {
            throw AtomicFile.failure(part, file, e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw AtomicFile.failure(part, file, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw AtomicFile.failure(part, file, e);
        }
    }
}
