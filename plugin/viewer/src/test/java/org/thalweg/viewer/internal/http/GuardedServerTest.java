package org.thalweg.viewer.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.viewer.internal.http.GuardedServer.Limits;
import org.thalweg.viewer.internal.http.GuardedServer.Page;
import org.thalweg.viewer.internal.http.GuardedServer.Place;

/** What a server survives: requests that never end, readers that never read, and too many of both. */
@Timeout(120)
class GuardedServerTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final int THREADS = 16;
    private static final int STREAMS = 2;
    private static final String TOKEN = "a-token_of_21_letters";
    private static final byte[] LARGE = new byte[64 << 20];

    private final CountDownLatch streamEnded = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();

    private GuardedServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(Optional.empty());
    }

    private GuardedServer start(Optional<String> token) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return GuardedServer.start(new Place(address, "localhost", token, STREAMS), LIMITS, this::page);
    }

    private Optional<Page> page(String path) {
        return switch (path) {
            case "/" -> Optional.of(answer -> answer.text("text/plain", "hello"));
            case "/large" -> Optional.of(answer -> answer.bytes("application/octet-stream", LARGE));
            case "/stream" -> Optional.of(this::stream);
            case "/fault" ->
                Optional.of(answer -> {
                    throw new StackOverflowError("of a page");
                });
            default -> Optional.empty();
        };
    }

    private void stream(Answer answer) throws IOException {
        try (OutputStream out = answer.stream("text/plain")) {
            while (!answer.isHead()) {
                answer.extend();
                out.write(LARGE, 0, 1 << 16);
                out.flush();
            }
        } finally {
            streamEnded.countDown();
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void halfSentRequestsTakeNeitherTheThreadsNorTheServer() throws Exception {
        for (int i = 0; i < 400; i++) {
            Socket socket = connect();
            try {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closedAtOnce) {
                // Too many at a time are not taken.
            }
        }
        assertThat(threads()).isLessThanOrEqualTo(THREADS + STREAMS + 1);
        long start = System.nanoTime();
        assertThat(firstAnswer()).startsWith("HTTP/1.1 200");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
    }

    /** As a browser or Prometheus does, asks again where a connection was not taken. */
    private String firstAnswer() throws Exception {
        String answer = "";
        for (int attempt = 0; attempt < 50 && answer.isEmpty(); attempt++) {
            answer = raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Thread.sleep(answer.isEmpty() ? 200 : 0);
        }
        return answer;
    }

    @Test
    void oneHalfSentRequestIsClosedInTime() throws Exception {
        Socket socket = connect();
        socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(30_000);
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(readToEnd(socket)).isEmpty();
    }

    @Test
    void aBodyThatNeverComesAndAReaderThatNeverReadsEndWithTheirThreads() throws Exception {
        for (int i = 0; i < THREADS + STREAMS; i++) {
            connect()
                    .getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        }
        Thread.sleep(500);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String answer = "";
        while (answer.isEmpty() && System.nanoTime() < end) {
            answer = raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void aStreamWithoutAReaderEnds() throws Exception {
        connect()
                .getOutputStream()
                .write("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(streamEnded.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/large/", "/Large", "/%6carge", "/./large", "/large;a", "/../large"})
    void knowsItsPathsAlone(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        String get = whole("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String head = whole("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(get).endsWith("\r\n\r\nhello");
        assertThat(withoutDate(head)).isEqualTo(withoutDate(get.substring(0, get.length() - "hello".length())));
        assertThat(raw("HEAD /no HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(raw("HEAD /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private static String withoutDate(String head) {
        return head.replaceAll("(?m)^Date:.*\r\n", "");
    }

    @Test
    void anErrorOfAPageIsNotTheServers() throws Exception {
        assertThat(raw("GET /fault HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .doesNotContain("200");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void noTextOfARequestGetsIntoAHeader() throws Exception {
        server.close();
        server = start(Optional.of(TOKEN));
        String cookie = "Cookie: thalweg-" + server.address().getPort() + "=" + TOKEN + "\r\n";
        for (String given : List.of("x", "x%0d%0aSet-Cookie:%20evil=1", "x;%20Domain=evil", TOKEN + "x")) {
            String answer = raw(
                    "GET /?token=" + given + " HTTP/1.1\r\nHost: localhost\r\n" + cookie + "Connection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Set-Cookie")
                    .doesNotContain("evil");
        }
        assertThat(raw("GET /?token=" + TOKEN + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 303")
                .containsIgnoringCase("Set-Cookie: thalweg-" + server.address().getPort() + "=" + TOKEN + ";");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("thalweg-http"))
                .count();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        sockets.add(socket);
        return socket;
    }

    private String raw(String request) throws IOException {
        return whole(request).split("\r\n\r\n", 2)[0];
    }

    private String whole(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readToEnd(socket);
        } catch (SocketException notTaken) {
            return "";
        } catch (java.net.SocketTimeoutException noThread) {
            return "";
        }
    }

    private static String readToEnd(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException closed) {
            return "";
        }
    }
}
