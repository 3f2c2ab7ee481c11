package org.thalweg.viewer.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connection and the bytes received of its next request. It belongs to the selector's thread until a request is complete,
 * then to the thread that answers, then to the selector's again.
 */
final class Connection {

    /** Large enough for browsers, which send the cookies of all servers on localhost to each of them. */
    private static final int LONGEST_HEAD = 16 << 10;

    private static final int FIRST_BYTES = 1 << 10;

    /** Writing an array copies it outside the heap, so it is written in slices. */
    private static final int MOST_WRITTEN = 64 << 10;

    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    final SocketChannel channel;

    private byte[] bytes = new byte[0];
    private int count;
    private int searched;
    private long since = System.nanoTime();
    private boolean ending;

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** How far a request has arrived. */
    enum Progress {
        /** The request is incomplete. */
        PART,
        /** The request can be answered: it is complete, or too long. */
        WHOLE,
        /** The peer has closed the connection. */
        ENDED
    }

    /** Reads the bytes that have arrived, without blocking. */
    Progress read() throws IOException {
        if (count == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST_BYTES, Math.min(LONGEST_HEAD, 2 * count)));
        }
        int read = channel.read(ByteBuffer.wrap(bytes, count, bytes.length - count));
        if (read < 0) {
            return Progress.ENDED;
        }
        count += read;
        if (ending) {
            count = 0;
            return Progress.PART;
        }
        return look();
    }

    /** Looks for the end of a request in the bytes that have arrived. */
    Progress look() {
        while (searched + END.length <= count) {
            if (Arrays.equals(bytes, searched, searched + END.length, END, 0, END.length)) {
                return Progress.WHOLE;
            }
            searched++;
        }
        return isTooLong() ? Progress.WHOLE : Progress.PART;
    }

    /** Whether the request is longer than allowed. */
    boolean isTooLong() {
        return count == LONGEST_HEAD && searched + END.length > count;
    }

    /** Removes the complete request from the buffer; empty if it is malformed. */
    Optional<RequestHead> take() {
        Optional<RequestHead> head = RequestHead.parse(bytes, searched);
        int next = searched + END.length;
        bytes = Arrays.copyOfRange(bytes, next, count);
        count = bytes.length;
        searched = 0;
        return head;
    }

    /** Restarts the time limit, for the next request. */
    void restart() {
        since = System.nanoTime();
    }

    /**
     * Shuts down the output. What the peer still sends is read and dropped: closing with unread bytes would reset the
     * connection, and the peer might lose the answer.
     */
    void end() throws IOException {
        channel.shutdownOutput();
        ending = true;
        count = 0;
        searched = 0;
        restart();
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - since > nanos;
    }

    /** Writes all bytes, and blocks while the reader does not take them. */
    void write(byte[] part, int offset, int length) throws IOException {
        for (int from = offset; from < offset + length; from += MOST_WRITTEN) {
            ByteBuffer slice = ByteBuffer.wrap(part, from, Math.min(MOST_WRITTEN, offset + length - from));
            while (slice.hasRemaining()) {
                channel.write(slice);
            }
        }
    }

    /** A stream that writes to the connection; closing it does not close the connection. */
    OutputStream body() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                Connection.this.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] part, int offset, int length) throws IOException {
                Connection.this.write(part, offset, length);
            }
        };
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more can be done with it.
        }
    }
}
