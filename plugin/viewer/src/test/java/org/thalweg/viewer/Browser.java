package org.thalweg.viewer;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.thalweg.testing.Peers;

/**
 * A real Chromium without a window, driven through the Chrome DevTools Protocol
 * (https://chromedevtools.github.io/devtools-protocol). One page; not thread-safe.
 */
final class Browser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Gson GSON = new Gson();
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    /**
     * Starts a browser.
     *
     * @param profile an empty directory
     * @param arguments further ones of its command line
     */
    Browser(Path profile, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Peers.executable("chromium").toString(),
                "--headless=new",
                // Root, as in containers, cannot have the sandbox.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile));
        command.addAll(List.of(arguments));
        command.add("about:blank");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        HttpClient http = HttpClient.newHttpClient();
        socket = http.newWebSocketBuilder()
                .buildAsync(page(http, debuggingPort(profile)), new Listener())
                .join();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    private int debuggingPort(Path profile) throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        for (long left = LIMIT.toMillis(); left > 0; left -= LOOK_AGAIN_MILLIS) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return Integer.parseInt(lines.get(0));
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        throw new IOException("the browser did not start: " + Files.readString(profile.resolve("output.txt")));
    }

    /** Where the page is driven; the port answers before there is one. */
    private static URI page(HttpClient http, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                .build();
        String targets = "";
        for (long left = LIMIT.toMillis(); left > 0; left -= LOOK_AGAIN_MILLIS) {
            targets = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Optional<URI> page = JsonParser.parseString(targets).getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(target -> target.get("type").getAsString().equals("page"))
                    .map(target -> URI.create(target.get("webSocketDebuggerUrl").getAsString()))
                    .findFirst();
            if (page.isPresent()) {
                return page.get();
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        throw new IOException("the browser has no page: " + targets);
    }

    /** The size of the window in pixels, and whether the user prefers dark pages. */
    void window(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Opens a page and forgets earlier messages of the console. */
    void open(URI address) {
        // What the page before says when its server goes away may come late, but not once it is left.
        call("Page.navigate", Map.of("url", "about:blank"));
        problems.clear();
        call("Page.navigate", Map.of("url", address.toString()));
    }

    /** The value of an expression in the page. */
    JsonElement evaluate(String expression) {
        JsonObject answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        JsonElement value = answer.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** Waits until a condition holds in the page; fails when it does not within a minute. */
    void await(String condition) throws InterruptedException {
        String guarded = "(() => { try { return Boolean(" + condition + "); } catch { return false; } })()";
        for (long left = LIMIT.toMillis(); left > 0; left -= LOOK_AGAIN_MILLIS) {
            if (evaluate(guarded).getAsBoolean()) {
                return;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        throw new AssertionError("never true: " + condition + "; console: " + problems + "; page: "
                + evaluate("document.body.innerText"));
    }

    /** Presses and lets go of a key of a desktop keyboard. */
    void key(String key) {
        // The browser moves the focus itself, and goes by the number.
        int number = key.equals("Tab") ? 9 : 0;
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "windowsVirtualKeyCode", number));
        }
    }

    /** Moves the pointer to a point of the window. */
    void point(double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** Where files go that the page offers for download. */
    void downloadTo(Path directory) {
        call(
                "Browser.setDownloadBehavior",
                Map.of(
                        "behavior",
                        "allow",
                        "downloadPath",
                        directory.toAbsolutePath().toString()));
    }

    /** Bytes of the page's objects that are still in use. */
    long heapBytes() {
        call("HeapProfiler.collectGarbage", Map.of());
        return call("Runtime.getHeapUsage", Map.of()).get("usedSize").getAsLong();
    }

    /** Waits until two more pictures were drawn. */
    void redraw() {
        evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** Clicks at a point of the window. */
    void click(int x, int y) {
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    BufferedImage screenshot() throws IOException {
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .getAsString();
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
    }

    /** Exceptions, errors and warnings since the page was opened. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private JsonObject call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String message = GSON.toJson(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(message, true).join();
        JsonObject received =
                answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (received.has("error")) {
            throw new IllegalStateException(method + ": " + received.get("error"));
        }
        return received.getAsJsonObject("result");
    }

    /** Ends it with all that it has started, so that no process still writes into the profile. */
    @Override
    public void close() throws InterruptedException {
        socket.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                // A process that is never reaped does not end, but writes nothing either.
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                take(JsonParser.parseString(message.toString()).getAsJsonObject());
                message.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(JsonObject received) {
            if (received.has("id")) {
                CompletableFuture<JsonObject> answer =
                        answers.remove(received.get("id").getAsInt());
                if (answer != null) {
                    answer.complete(received);
                }
                return;
            }
            JsonObject parameters = received.getAsJsonObject("params");
            String method = received.get("method").getAsString();
            switch (method) {
                case "Runtime.exceptionThrown" ->
                    problems.add(parameters.get("exceptionDetails").toString());
                case "Log.entryAdded" -> {
                    JsonObject entry = parameters.getAsJsonObject("entry");
                    note(entry.get("level"), entry.get("text"));
                }
                case "Runtime.consoleAPICalled" -> note(parameters.get("type"), parameters.get("args"));
                default -> {
                    // Of no interest.
                }
            }
        }

        private void note(JsonElement level, JsonElement what) {
            if (List.of("error", "warning", "assert").contains(level.getAsString())) {
                problems.add(what.toString());
            }
        }
    }
}
