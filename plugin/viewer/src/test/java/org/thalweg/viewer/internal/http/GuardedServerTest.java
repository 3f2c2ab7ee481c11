package org.thalweg.viewer.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.Mutator;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;
import org.thalweg.viewer.internal.http.GuardedServer.Limits;
import org.thalweg.viewer.internal.http.GuardedServer.Page;
import org.thalweg.viewer.internal.http.GuardedServer.Place;

/** What a server survives: requests that never end, readers that never read, and too many of both. */
@Timeout(120)
class GuardedServerTest {

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final int THREADS = 16;
    private static final int STREAMS = 2;
    private static final int MANY = 1500;
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

    /**
     * Nothing, or half a request, on each of 1,500 connections: with the JDK's own server the latter were 1,500 threads of the
     * training run.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: local", "GET / HTTP/1.1\r\nHost: localhost\r\n\r"})
    void connectionsWithoutARequestTakeNeitherThreadsNorMemoryNorTheServer(String part) throws Exception {
        assertThat(firstAnswer()).startsWith("HTTP/1.1 200");
        long threads = threads();
        long files = files();
        long heap = heap();
        for (int i = 0; i < MANY; i++) {
            try {
                Socket socket = connect();
                socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closedAtOnce) {
                // The longest-waiting gave way.
            }
            if (i % 300 == 299) {
                long start = System.nanoTime();
                assertThat(firstAnswer()).startsWith("HTTP/1.1 200");
                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                        .as("seconds until an answer")
                        .isLessThan(5);
            }
        }
        assertThat(threads()).as("threads, one for each answer").isLessThanOrEqualTo(threads + MANY / 300);
        assertThat(files() - files - sockets.size())
                .as("files that are not the clients' own")
                .isLessThanOrEqualTo(Connections.MOST_WAITING + 20L);
        assertThat(heap() - heap).as("bytes of the heap").isLessThan(16L << 20);
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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

    @Test
    void requestsFollowOneAnotherOnAConnection() throws Exception {
        String one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(whole(one + one + last).split("HTTP/1.1 200", -1)).hasSize(4);
        try (Socket socket = connect()) {
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(one.getBytes(StandardCharsets.US_ASCII));
                assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200").endsWith("hello");
            }
        }
    }

    /** Otherwise a body would be read as another request. */
    @Test
    void nothingFollowsABody() throws Exception {
        String hidden = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answer =
                whole("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + hidden.length() + "\r\n\r\n" + hidden);
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(answer).contains("Connection: close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost",
                "GET / HTTP/1.1\r\nHost: localhost\r\nhOST: evil.example",
                "GET / HTTP/1.1\r\nHost: localhost\r\n folded: value",
                "GET / HTTP/1.1\r\nHost : localhost",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nb",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: \u0000",
                "GET / HTTP/2.0\r\nHost: localhost",
                "GET  / HTTP/1.1\r\nHost: localhost",
                "GET http://localhost/ HTTP/1.1\r\nHost: localhost",
                "GET /\u00fc HTTP/1.1\r\nHost: localhost",
                "GET /",
                ""
            })
    void whatIsNoRequestIsRefused(String head) throws Exception {
        assertThat(raw(head + "\r\n\r\n")).as(head).startsWith("HTTP/1.1 400").contains("Connection: close");
    }

    @Test
    void otherMethodsAndRequestsThatAreTooLongAreRefusedAndNothingIsLostOfTheAnswer() throws Exception {
        String body = "x".repeat(1 << 20);
        assertThat(raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + body)).startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "a".repeat(600) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 421");
    }

    /** Whatever comes is answered or closed, and the next request is answered. */
    @Test
    void damagedRequestsHarmNobody() throws Exception {
        long seed = Seeds.fresh("GuardedServerTest");
        Mutator mutator = new Mutator(new Random(seed));
        byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        String log = StandardError.during(() -> {
            for (int i = 0; i < 1000; i++) {
                send(mutator.mutated(request));
            }
        });
        assertThat(log).as("seed %d", seed).isEmpty();
        assertThat(firstAnswer()).as("seed %d", seed).startsWith("HTTP/1.1 200");
    }

    private void send(byte[] request) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            String answer = readToEnd(socket);
            assertThat(answer).matches("(?s)|HTTP/1\\.1 (200|400|404|405|414|421) .*");
        } catch (SocketException closed) {
            // That is an answer, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("hello")) {
            int next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
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
                .startsWith("HTTP/1.1 500");
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
