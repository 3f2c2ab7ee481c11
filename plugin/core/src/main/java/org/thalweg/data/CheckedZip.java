package org.thalweg.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip file whose entries are read with their checksums, which {@link ZipFile} does not verify, and whose declared
 * sizes are checked against their compressed sizes.
 *
 * @param file path of the file
 * @param zip the open file
 */
record CheckedZip(Path file, ZipFile zip) implements AutoCloseable {

    /** Deflate's largest ratio: two codes of one bit for 258 bytes. */
    private static final long MOST_COMPRESSED = 1032;

    /** Number of bytes that a reader may read ahead. */
    static final int LOOKAHEAD = 4096;

    /** Reads the content of an entry. */
    @FunctionalInterface
    interface Content<T> {
        /** The stream can be marked for {@value CheckedZip#LOOKAHEAD} bytes. */
        T read(InputStream in) throws IOException;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is not a zip file
     */
    static CheckedZip open(Path file) throws IOException {
        return new CheckedZip(file, new ZipFile(file.toFile()));
    }

    boolean has(String entry) {
        return zip.getEntry(entry) != null;
    }

    /** All entries, in the order of the file. */
    List<? extends ZipEntry> entries() {
        return zip.stream().toList();
    }

    /** Reads an entry and verifies its checksum. */
    <T> T read(ZipEntry entry, Content<T> content) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in =
                new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), sum), LOOKAHEAD)) {
            T read = content.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            if (sum.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " is damaged: its checksum does not match its bytes");
            }
            return read;
        }
    }

    /**
     * Checks the size that an entry declares.
     *
     * @param most the largest plausible size in bytes
     */
    void requireSize(ZipEntry entry, long most) throws IOException {
        long size = entry.getSize();
        long compressed = Math.min(entry.getCompressedSize(), Files.size(file));
        if (size < 0 || size > most || size > (compressed + 1) * MOST_COMPRESSED) {
            throw new ZipException(entry.getName() + " declares " + size + " bytes, which " + compressed
                    + " compressed ones cannot be" + (size > most ? " and which are more than " + most : ""));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
