package org.thalweg.viewer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Surfaces of a run in progress, kept in a temporary file, so each frame takes only a few bytes of memory. Thread-safe.
 */
final class SurfaceStore implements SurfaceSource, AutoCloseable {

    private record Place(long position, int length) {}

    private final FileChannel file;
    private final Map<Long, Place> places = new ConcurrentHashMap<>();
    private long end;

    SurfaceStore() throws IOException {
        file = FileChannel.open(
                Files.createTempFile("thalweg", ".surfaces"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    synchronized void put(long iteration, byte[] surface) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(surface);
        while (bytes.hasRemaining()) {
            file.write(bytes, end + bytes.position());
        }
        places.put(iteration, new Place(end, surface.length));
        end += surface.length;
    }

    @Override
    public Optional<byte[]> surface(long iteration) throws IOException {
        Place place = places.get(iteration);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place.position() + bytes.position()) < 0) {
                throw new IOException("the surface at iteration " + iteration + " is cut off in its temporary file");
            }
        }
        return Optional.of(bytes.array());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
