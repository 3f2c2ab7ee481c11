package org.thalweg.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.thalweg.recording.internal.FileErrors;

/**
 * The contents of an IDX file of unsigned bytes, the format of MNIST's files: two zero bytes, the type (8: unsigned
 * byte), the number of dimensions, each dimension as a big-endian int, then the values, row-major
 * (http://yann.lecun.com/exdb/mnist/).
 *
 * @param dimensions sizes, first the number of items
 * @param values row-major; not copied
 */
record IdxArray(int[] dimensions, byte[] values) {

    private static final int UNSIGNED_BYTE = 8;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** Deflate's largest factor. */
    private static final long MOST_COMPRESSED = 1032;

    /**
     * Reads a file, plain or gzip (told apart by its first bytes, not by its name).
     *
     * @param rank number of dimensions that it must have: 3 for images, 1 for labels
     * @throws IOException if it cannot be read, is not an IDX file of this rank, or is shorter or longer than its
     *     header says; the message names the file and both sizes
     */
    static IdxArray read(Path file, int rank) throws IOException {
        return FileErrors.naming(file, () -> readAny(file, rank));
    }

    private static IdxArray readAny(Path file, int rank) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream content = isGzip(raw) ? new GZIPInputStream(raw) : raw) {
            int[] dimensions = header(file, new DataInputStream(content), rank);
            long most = content == raw
                    ? Files.size(file) - Integer.BYTES * (1L + rank)
                    : Files.size(file) * MOST_COMPRESSED;
            return new IdxArray(dimensions, values(file, content, dimensions, most));
        } catch (ZipException damaged) {
            throw new IOException(
                    file + " is a damaged gzip file (" + damaged.getMessage() + "): fetch it again", damaged);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC;
    }

    private static int[] header(Path file, DataInputStream in, int rank) throws IOException {
        try {
            int magic = in.readInt();
            int expected = UNSIGNED_BYTE << 8 | rank;
            if (magic != expected) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "%s must start with the IDX magic number 0x%08x (unsigned bytes, %d dimensions), found 0x%08x",
                        file,
                        expected,
                        rank,
                        magic));
            }
            int[] dimensions = new int[rank];
            for (int d = 0; d < rank; d++) {
                dimensions[d] = in.readInt();
            }
            return dimensions;
        } catch (EOFException truncated) {
            throw new IOException(
                    file + " must have an IDX header of " + (4 + 4 * rank) + " bytes, and ends before", truncated);
        }
    }

    /**
     * Reads the values.
     *
     * @param most largest number that the file can hold
     */
    private static byte[] values(Path file, InputStream in, int[] dimensions, long most) throws IOException {
        String shape = Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
        double count = Arrays.stream(dimensions).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (Arrays.stream(dimensions).anyMatch(d -> d < 1) || count > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    file + " must have positive sizes and less than 2 GiB of values, its header says " + shape);
        }
        if (count > most) {
            throw new IOException(file + " is truncated: its header says " + shape + " = " + (int) count
                    + " bytes of values, found " + most);
        }
        byte[] values = readUpTo(in, (int) count);
        if (values.length < (int) count) {
            throw new IOException(file + " is truncated: its header says " + shape + " = " + (int) count
                    + " bytes of values, found " + values.length);
        }
        if (in.read() >= 0) {
            throw new IOException(file + " must end after the " + shape + " = " + (int) count
                    + " bytes of values that its header says, and has more");
        }
        return values;
    }

    /**
     * Reads up to a number of bytes: at the end of a truncated gzip stream, the stream throws instead of reporting its
     * end.
     */
    private static byte[] readUpTo(InputStream in, int count) throws IOException {
        byte[] values = new byte[count];
        int read = 0;
        try {
            while (read < count) {
                int n = in.read(values, read, count - read);
                if (n < 0) {
                    break;
                }
                read += n;
            }
        } catch (EOFException truncatedGzip) {
            return Arrays.copyOf(values, read);
        }
        return read == count ? values : Arrays.copyOf(values, read);
    }
}
