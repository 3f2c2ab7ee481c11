package org.thalweg.viewer.internal.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and reads requests on one thread, without blocking. A connection that sends nothing or half a request
 * uses no thread. At most {@link #MOST_WAITING} connections wait at a time; one more closes the one that has waited longest.
 * Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    /** Largest number of connections that are idle, are closing, or have not sent a complete request. */
    static final int MOST_WAITING = 128;

    private static final int BACKLOG = 256;
    private static final long CHECK_MILLIS = 250;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Answering answering;
    private final Duration limit;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Connections that have been answered and return to the selector's thread. */
    private final Queue<Connection> returned = new ConcurrentLinkedQueue<>();
    /** Used by the selector's thread only; the longest-waiting connection first. */
    private final Set<Connection> waiting = new LinkedHashSet<>();
    /** Connections with a complete request whose key is cancelled but not yet deregistered. */
    private final List<Connection> whole = new ArrayList<>();

    /** Receives connections with a complete request. Must not block. */
    interface Answering {
        /** Answers on another thread, which returns the connection; false if too many requests are queued. */
        boolean take(Connection connection);

        /** Called a few times a second. */
        void check();
    }

    /**
     * Binds an address.
     *
     * @param limit within which a connection must send its first or next request
     */
    Connections(InetSocketAddress address, Duration limit, Answering answering) throws IOException {
        this.limit = limit;
        this.answering = answering;
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        try {
            listener.bind(address, BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts to accept connections, on a daemon thread. */
    void start(String name) {
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private void run() {
        serve();
        // Connections that were accepted while another thread closed the others.
        closeAll();
    }

    private void serve() {
        while (selector.isOpen()) {
            try {
                selector.select(this::ready, CHECK_MILLIS);
                for (Connection back = returned.poll(); back != null; back = returned.poll()) {
                    await(back);
                }
                handOver();
                closeLate();
                answering.check();
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                log.warn("connections are not served for a moment", e);
                pause();
            }
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Connection connection) {
            read(connection);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                // Head and body are two writes: with Nagle's algorithm the second would wait for the first one's ACK.
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Connection connection = new Connection(channel);
                open.add(connection);
                await(connection);
            }
        } catch (IOException e) {
            // The process is out of file descriptors. The listener stays ready, so without a pause this would spin.
            log.debug("a connection could not be accepted", e);
            closeLongestWaiting();
            pause();
        }
    }

    /** Waits for the next request of a connection, or for the peer to close it. */
    private void await(Connection connection) {
        try {
            connection.channel.configureBlocking(false);
            connection.channel.register(selector, SelectionKey.OP_READ, connection);
        } catch (IOException e) {
            close(connection);
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            closeLongestWaiting();
        }
        waiting.add(connection);
        // The next request may have arrived together with the previous one.
        advance(connection, connection.look());
    }

    private void read(Connection connection) {
        try {
            advance(connection, connection.read());
        } catch (IOException e) {
            drop(connection);
        }
    }

    private void advance(Connection connection, Connection.Progress progress) {
        switch (progress) {
            case PART -> {}
            case ENDED -> drop(connection);
            case WHOLE -> {
                waiting.remove(connection);
                SelectionKey key = connection.channel.keyFor(selector);
                if (key != null) {
                    key.cancel();
                }
                whole.add(connection);
            }
        }
    }

    /** A channel can block only once its key is deregistered, which the next selection does. */
    private void handOver() throws IOException {
        while (!whole.isEmpty()) {
            List<Connection> now = List.copyOf(whole);
            whole.clear();
            selector.selectNow(this::ready);
            for (Connection connection : now) {
                try {
                    connection.channel.configureBlocking(true);
                    if (!answering.take(connection)) {
                        close(connection);
                    }
                } catch (IOException | RuntimeException e) {
                    log.debug("a connection could not be handed over", e);
                    close(connection);
                }
            }
        }
    }

    /** Takes back a connection on which another request may follow. */
    void again(Connection connection) {
        connection.restart();
        returned.add(connection);
        selector.wakeup();
    }

    /** Ends a connection whose answer is complete. */
    void end(Connection connection) {
        try {
            connection.end();
            returned.add(connection);
            selector.wakeup();
        } catch (IOException e) {
            close(connection);
        }
    }

    /** Closes a connection that is not in the waiting set. */
    void close(Connection connection) {
        open.remove(connection);
        connection.close();
    }

    private void drop(Connection connection) {
        waiting.remove(connection);
        close(connection);
    }

    private void closeLate() {
        waiting.stream()
                .filter(connection -> connection.isOlderThan(limit.toNanos()))
                .toList()
                .forEach(this::drop);
    }

    private void closeLongestWaiting() {
        waiting.stream().findFirst().ifPresent(this::drop);
    }

    private static void pause() {
        try {
            Thread.sleep(CHECK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes all connections and frees the address. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
            // The port is free once the listener's key is deregistered.
            selector.close();
        } catch (IOException e) {
            log.debug("the listener could not be closed in order", e);
        }
        closeAll();
    }

    private void closeAll() {
        open.forEach(this::close);
    }
}
