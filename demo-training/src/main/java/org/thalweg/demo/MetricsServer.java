package org.thalweg.demo;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thalweg.viewer.internal.http.Answer;
import org.thalweg.viewer.internal.http.GuardedServer;
import org.thalweg.viewer.internal.http.GuardedServer.Place;

/** Serves {@code /metrics} to Prometheus on the loopback interface until closed. */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "metrics";
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GuardedServer server;

    /**
     * Binds the port and starts to serve.
     *
     * @param port port of the loopback interface; 0 for any free one
     * @throws IOException if the port is in use or not allowed; the message names it
     */
    MetricsServer(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Place place = new Place(new InetSocketAddress(loopback, port), loopback.getHostAddress(), Optional.empty(), 0);
        try {
            server = GuardedServer.start(
                    place, path -> path.equals("/" + PATH) ? Optional.of(this::serve) : Optional.empty());
        } catch (IOException e) {
            throw new IOException("--metrics-port: " + e.getMessage(), e);
        }
    }

    /** The meters to serve. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Address of the meters. */
    String url() {
        return server.address() + PATH;
    }

    private void serve(Answer answer) throws IOException {
        answer.bytes(CONTENT_TYPE, registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }
}
