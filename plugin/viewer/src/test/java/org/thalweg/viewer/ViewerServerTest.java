package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** What the server of the page gives, and what it refuses. */
class ViewerServerTest {

    private static final String TOKEN = "a-token_of_21_letters";

    private final long seed = Seeds.fresh("ViewerServerTest");
    private final HttpClient client = HttpClient.newHttpClient();
    private final SurfaceValues surface = new RandomFrames(new Random(seed)).surface(false, true);

    private ViewerServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(ViewerOptions.DEFAULT);
    }

    private ViewerServer start(ViewerOptions options) throws IOException {
        return ViewerServer.start(
                options,
                new EventLog(),
                List.of(iteration ->
                        Optional.of(iteration).filter(known -> known == 7).map(known -> SurfaceBytes.of(surface))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesThePageWithAPolicyThatAllowsItsCodeAlone() throws Exception {
        HttpResponse<String> response = get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Thalweg").contains("Copyright").contains("{\"live\":true}");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'sha256-")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void givesSurfacesAsBytes() throws Exception {
        HttpResponse<byte[]> response = client.send(request("/surfaces/0/7"), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        ByteBuffer bytes = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        int nx = surface.alpha().length;
        int ny = surface.beta().length;
        assertThat(bytes.getInt()).as("seed %d", seed).isEqualTo(nx);
        assertThat(bytes.getInt()).as("seed %d", seed).isEqualTo(ny);
        assertThat(bytes.getInt()).as("seed %d: all four fields", seed).isEqualTo(15);
        bytes.position(bytes.position() + 4 * (nx + ny));
        assertThat(bytes.getFloat()).as("seed %d: the first loss", seed).isEqualTo(Float.valueOf((float)
                surface.loss()[0][0]));
        assertThat(bytes.limit()).isEqualTo(12 + 4 * (nx + ny + 4 * nx * ny) + nx * ny);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run.json",
                "/probe.h5",
                "/frames/000000000.h5",
                "/surfaces/0/8",
                "/surfaces/1/7",
                "/surfaces/0/7/",
                "/surfaces/0/-7",
                "/surfaces/0/7x",
                "/surfaces/0/99999999999999999999999",
                "/surfaces/../../etc/passwd",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "//etc/passwd",
                "/surfaces/0/7%00.h5"
            })
    void givesNothingElse(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"})
    void takesNothingButGet(String method) throws Exception {
        assertThat(raw(method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1 and more\r\nHost: localhost\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void refusesMalformedRequests(String request) throws Exception {
        assertThat(raw(request)).doesNotContain("200 OK");
        assertThat(get("/").statusCode()).as("and goes on").isEqualTo(200);
    }

    @Test
    void refusesHugeRequests() throws Exception {
        String huge = "x".repeat(2000);
        assertThat(raw("GET /" + huge + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        StringBuilder headers = new StringBuilder("GET / HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 2000; i++) {
            headers.append("X-").append(i).append(": ").append(huge).append("\r\n");
        }
        assertThat(raw(headers + "\r\n")).doesNotContain("200 OK");
        assertThat(get("/").statusCode()).as("and goes on").isEqualTo(200);
    }

    /** A page of another site whose name resolves to this machine must not read the run. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", ""})
    void answersToItsOwnNamesAlone(String host) throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void asksForTheTokenOnce() throws Exception {
        server.close();
        server = start(ViewerOptions.DEFAULT.withToken(TOKEN));
        assertThat(get("/").statusCode()).isEqualTo(401);
        assertThat(get("/events").statusCode()).isEqualTo(401);
        assertThat(get("/surfaces/0/7").statusCode()).isEqualTo(401);
        assertThat(get("/?token=" + TOKEN.replace('a', 'b')).statusCode()).isEqualTo(401);

        assertThat(server.address().toString()).endsWith("/?token=" + TOKEN);
        HttpResponse<String> entry = get("/?token=" + TOKEN);
        assertThat(entry.statusCode()).isEqualTo(303);
        assertThat(entry.headers().firstValue("Location")).contains("/");
        String cookie = entry.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
        HttpRequest withCookie = HttpRequest.newBuilder(uri("/"))
                .header("Cookie", "other=1; " + cookie.split(";", 2)[0])
                .build();
        assertThat(client.send(withCookie, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?token=",
                "/?token=a-token_of_21_letter",
                "/?token=a-token_of_21_letterss",
                "/?token=A-TOKEN_OF_21_LETTERS",
                "/?token=a-token_of_21%5fletters",
                "/?nottoken=a-token_of_21_letters",
                "/a-token_of_21_letters",
                "/events?token=",
                "/surfaces/0/7?token=a"
            })
    void takesNoTokenButTheWholeOne(String path) throws Exception {
        server.close();
        server = start(ViewerOptions.DEFAULT.withToken(TOKEN));
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    /**
     * Cookies of other pages of this machine, one of them under the right name with another value: all are rejected.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"thalweg-1=" + TOKEN, "thalweg=" + TOKEN, "thalweg-PORT=", "thalweg-PORT=x; token=" + TOKEN})
    void takesNoCookieButItsOwn(String cookie) throws Exception {
        server.close();
        server = start(ViewerOptions.DEFAULT.withToken(TOKEN));
        String own = cookie.replace("PORT", Integer.toString(server.address().getPort()));
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + own + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    /** Documentation addresses (RFC 5737, RFC 3849) and all interfaces. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "[2001:db8::1]", "[::]"})
    void otherMachinesAlwaysNeedAToken(String address) throws Exception {
        InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.getByName(address), 8642);
        String first = ViewerOptions.DEFAULT.tokenFor(elsewhere).orElseThrow();
        assertThat(first).hasSizeGreaterThanOrEqualTo(32);
        assertThat(ViewerOptions.DEFAULT.tokenFor(elsewhere)).isNotEqualTo(Optional.of(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "[::1]"})
    void thisMachineNeedsNone(String address) throws Exception {
        assertThat(ViewerOptions.DEFAULT.tokenFor(new InetSocketAddress(InetAddress.getByName(address), 8642)))
                .isEmpty();
    }

    /** What is given and what is refused alike: nothing is guessed, kept, framed elsewhere or passed on. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET /surfaces/0/7", "GET /no", "POST /"})
    void everyAnswerTellsBrowsersToTakeCare(String line) throws Exception {
        assertThat(raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("Cache-Control: no-store")
                .containsIgnoringCase("Referrer-Policy: no-referrer")
                .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin");
    }

    @Test
    void saysWhatIsWrongWithOptions() throws Exception {
        assertThatThrownBy(() -> ViewerOptions.DEFAULT.withPort(65536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> ViewerOptions.DEFAULT.withToken("short")).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> ViewerOptions.DEFAULT.withToken("a token with spaces and = signs"))
                .hasMessageContaining("letters, digits");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> start(ViewerOptions.DEFAULT.withPort(port)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + port + " of localhost cannot be bound");
        }
        assertThatThrownBy(() -> start(ViewerOptions.DEFAULT.withHost("no-such-host.invalid")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    /** Programs that are not browsers do not say where a request comes from. */
    @Test
    void noOtherWebsiteOpensARun() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        stop();
        server = ViewerServer.start(ViewerOptions.DEFAULT, new EventLog(), List.of(new SurfaceSource() {
            @Override
            public Optional<byte[]> surface(long iteration) {
                return Optional.empty();
            }

            @Override
            public void open() {
                opened.incrementAndGet();
            }
        }));
        for (String site : new String[] {"cross-site", "same-site", "none"}) {
            assertThat(raw(open("Sec-Fetch-Site: " + site + "\r\n"))).startsWith("HTTP/1.1 403");
        }
        assertThat(opened).hasValue(0);
        assertThat(raw(open("Sec-Fetch-Site: same-origin\r\n")))
                .startsWith("HTTP/1.1 204")
                .doesNotContainIgnoringCase("Content-Length");
        assertThat(raw(open(""))).startsWith("HTTP/1.1 204");
        assertThat(opened).hasValue(2);
    }

    private static String open(String headers) {
        return "GET /open/0 HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n";
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.address().getPort() + path);
    }

    /** Sends bytes as they are, which a client would put right; gives the head of the answer, empty for none. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0];
            } catch (SocketException closedInOurFace) {
                return "";
            }
        }
    }
}
