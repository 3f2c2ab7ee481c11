package org.thalweg.video.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of events in TensorFlow's record format: length, its checksum, the event, its checksum. Each event is in the
 * file once {@link #write} returns, so TensorBoard can follow a training run.
 */
final class EventFile implements AutoCloseable {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    /**
     * TensorFlow rotates checksums and adds this, so that a checksum of data that contains checksums is still a good
     * one.
     */
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    /** @throws IOException if the file exists or cannot be created; the message names it */
    EventFile(Path file, double wallTime) throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        record(new ProtoMessage().number(WALL_TIME, wallTime).text(FILE_VERSION, "brain.Event:2"));
    }

    /**
     * Writes an event.
     *
     * @param wallTime seconds since 1970
     * @param step abscissa of TensorBoard's charts
     */
    void write(double wallTime, long step, ProtoMessage summary) throws IOException {
        record(new ProtoMessage()
                .number(WALL_TIME, wallTime)
                .integer(STEP, step)
                .message(SUMMARY, summary));
    }

    private void record(ProtoMessage event) throws IOException {
        byte[] data = event.toBytes();
        byte[] length = new byte[Long.BYTES];
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
        byte[] record = new byte[Long.BYTES + 2 * Integer.BYTES + data.length];
        ByteBuffer.wrap(record)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(checksum(length))
                .put(data)
                .putInt(checksum(data));
        out.write(record);
        out.flush();
    }

    private static int checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
