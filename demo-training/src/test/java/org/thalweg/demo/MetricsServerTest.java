package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MetricsServerTest {

    @Test
    void servesTheMetersOnTheLoopbackInterface() throws Exception {
        try (MetricsServer server = new MetricsServer(0)) {
            Gauge.builder("test.height", () -> 42.5).description("of the test").register(server.registry());

            HttpResponse<String> page = get(server.url());

            assertThat(URI.create(server.url()).getHost()).isIn("127.0.0.1", "[::1]");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
            assertThat(page.body()).contains("# HELP test_height of the test", "test_height 42.5");
            assertThat(get(server.url().replace("/metrics", "/other")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    @Timeout(60)
    void aHalfSentRequestDoesNotBlockOthers() throws Exception {
        try (MetricsServer server = new MetricsServer(0);
                Socket half = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort())) {
            half.getOutputStream().write("GET /metrics HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));

            assertThat(get(server.url()).statusCode()).isEqualTo(200);
        }
    }

    /** A page of another site whose name resolves to this machine must not read the meters. */
    @Test
    void answersToThisMachinesNamesAtTheExactPathAlone() throws Exception {
        try (MetricsServer server = new MetricsServer(0)) {
            assertThat(raw(server, "GET /metrics", "localhost")).startsWith("HTTP/1.1 200");
            assertThat(raw(server, "HEAD /metrics", "localhost")).startsWith("HTTP/1.1 200");
            assertThat(raw(server, "GET /metrics", "evil.example")).startsWith("HTTP/1.1 421");
            assertThat(raw(server, "GET /metrics/", "localhost")).startsWith("HTTP/1.1 404");
            assertThat(raw(server, "GET /metricsx", "localhost")).startsWith("HTTP/1.1 404");
            assertThat(raw(server, "POST /metrics", "localhost")).startsWith("HTTP/1.1 405");
        }
    }

    private static String raw(MetricsServer server, String line, String host) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
            String request = line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void namesThePortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new MetricsServer(taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--metrics-port");
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
