package org.thalweg.dashboards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Forwards another page from a fixed port of the loopback interface. Prometheus takes some seconds to pick up a new
 * target, so its target is this relay, which exists before the training chooses a port.
 */
final class Relay implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private volatile @Nullable URI page;

    /** Starts with an empty page. */
    Relay() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Forwards a page from now on. */
    void answerWith(URI page) {
        this.page = page;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI known = page;
            if (known == null) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> said =
                    client.send(HttpRequest.newBuilder(known).build(), HttpResponse.BodyHandlers.ofByteArray());
            said.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(said.statusCode(), said.body().length);
            exchange.getResponseBody().write(said.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
