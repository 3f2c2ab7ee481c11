package org.thalweg.dashboards;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Prometheus with the committed configuration and rules on the loopback interface, scraping every second.
 * Stops when closed.
 */
final class Prometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final String address;

    /**
     * Starts it.
     *
     * @param program the executable
     * @param folder receives configuration, data and log
     * @param targetPort port of the meters on the loopback interface
     */
    Prometheus(Path program, Path folder, int targetPort) throws IOException, InterruptedException {
        Path configuration = Files.createDirectories(folder.resolve("configuration"));
        try (Stream<Path> files = Files.list(Dashboard.HOME.resolve("prometheus"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Path main = configuration.resolve("prometheus.yml");
        Files.writeString(
                main,
                Files.readString(main)
                        .replace("interval: 5s", "interval: 1s")
                        .replace("127.0.0.1:9464", "127.0.0.1:" + targetPort));
        address = "127.0.0.1:" + freePort();
        log = folder.resolve("prometheus.log");
        process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + main,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitReady();
    }

    /** A free port of the loopback interface. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The series of an expression between two moments, with one value a second. */
    JsonArray range(String expression, Instant from, Instant to) throws IOException, InterruptedException {
        String query = "/api/v1/query_range?step=1&start=" + from.getEpochSecond() + "&end=" + to.getEpochSecond()
                + "&query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        HttpResponse<String> answer = get(query);
        JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
        if (!json.get("status").getAsString().equals("success")) {
            throw new IOException(expression + ": " + answer.body());
        }
        return json.getAsJsonObject("data").getAsJsonArray("result");
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new IOException("Prometheus ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            try {
                if (get("/-/ready").statusCode() == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // Not yet listening.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        close();
        throw new IOException("Prometheus was not ready within " + PATIENCE + ": " + Files.readString(log));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(PATIENCE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Its log. */
    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
