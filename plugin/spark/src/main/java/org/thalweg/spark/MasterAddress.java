package org.thalweg.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address of a cluster's master. It is checked here, because Spark itself tries for a minute and reports a failure
 * only in its log.
 *
 * @param name the given name
 * @param hosts one address, or several of masters that replace each other; none unless the name has the form {@code
 *     spark://HOST:PORT}
 */
record MasterAddress(String name, List<URI> hosts) {

    private static final String SCHEME = "spark://";
    private static final int MILLISECONDS = 5_000;

    /** @throws IllegalArgumentException if it begins like that form but is malformed */
    static MasterAddress of(String name) {
        List<URI> hosts = new ArrayList<>();
        if (name.startsWith(SCHEME)) {
            for (String host : name.substring(SCHEME.length()).split(",", -1)) {
                URI uri = URI.create(SCHEME + host);
                if (uri.getHost() == null || uri.getPort() < 0) {
                    throw new IllegalArgumentException("the master must be spark://HOST:PORT, got '" + name + "'");
                }
                hosts.add(uri);
            }
        }
        return new MasterAddress(name, List.copyOf(hosts));
    }

    /** The reason why no master answers there; empty if one does, or none is needed. */
    Optional<String> silence() {
        Optional<String> reason = Optional.empty();
        for (URI host : hosts) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), MILLISECONDS);
                return Optional.empty();
            } catch (IOException e) {
                reason =
                        Optional.of("no Spark master answers at " + name + " (" + e.getMessage() + "): is it running?");
            }
        }
        return reason;
    }

    /** Whether everything runs on this machine, so that nothing needs to listen to other machines. */
    boolean isLoopback() {
        return name.startsWith("local") || (!hosts.isEmpty() && hosts.stream().allMatch(MasterAddress::isLoopback));
    }

    private static boolean isLoopback(URI host) {
        String name = host.getHost();
        return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
    }
}
