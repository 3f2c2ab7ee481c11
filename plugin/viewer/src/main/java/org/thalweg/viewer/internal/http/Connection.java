package org.thalweg.viewer.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connection: what has come of its next request, and where answers go. It belongs to the selector's thread until a request
 * is whole, then to the thread that answers, then to the selector's again.
 */
final class Connection {

    /** Browsers send the cookies of all servers on localhost to each of them. */
    private static final int LONGEST_HEAD = 16 << 10;

    private static final int FIRST_BYTES = 1 << 10;

    /** A write of an array copies it outside the heap. */
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

    /** What a look at the bytes that have come finds. */
    enum Progress {
        /** The request is not whole. */
        PART,
        /** It can be answered: it is whole, or longer than requests may be. */
        WHOLE,
        /** No more will come. */
        ENDED
    }

    /** Reads what has come, without waiting. */
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

    /** Looks for the end of a request among the bytes that are there. */
    Progress look() {
        while (searched + END.length <= count) {
            if (Arrays.equals(bytes, searched, searched + END.length, END, 0, END.length)) {
                return Progress.WHOLE;
            }
            searched++;
        }
        return isTooLong() ? Progress.WHOLE : Progress.PART;
    }

    /** Whether there is no end of the request within the longest that may be. */
    boolean isTooLong() {
        return count == LONGEST_HEAD && searched + END.length > count;
    }

    /** Takes the request that is whole from the bytes; empty if it is none. */
    Optional<RequestHead> take() {
        Optional<RequestHead> head = RequestHead.parse(bytes, searched);
        int next = searched + END.length;
        bytes = Arrays.copyOfRange(bytes, next, count);
        count = bytes.length;
        searched = 0;
        return head;
    }

    /** From now on time runs for the next request. */
    void restart() {
        since = System.nanoTime();
    }

    /** Tells the other side that nothing follows; what it still sends is read and dropped, so that it gets the answer. */
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

    /** Writes the whole of it, and waits as long as the reader does not take it. */
    void write(byte[] part, int offset, int length) throws IOException {
        for (int from = offset; from < offset + length; from += MOST_WRITTEN) {
            ByteBuffer slice = ByteBuffer.wrap(part, from, Math.min(MOST_WRITTEN, offset + length - from));
            while (slice.hasRemaining()) {
                channel.write(slice);
            }
        }
    }

    /** A stream that writes to the connection, and whose end does not end it. */
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
            // It is gone either way.
        }
    }
}
