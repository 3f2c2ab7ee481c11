package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.StandardError;

class PageCommandsTest extends CommandFixture {

    @Test
    void aPageOfARunIsOneFile() throws IOException {
        Path page = directory.resolve("new/run.html");
        assertThat(execute(new PrintWriter(out, true), "view", run, "-o", page))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains(page + ": 3 frames, ");
        assertThat(Files.readString(page)).contains("\"live\":false").contains("\"name\":\"valley\"");

        assertThat(execute(new PrintWriter(out, true), "view", run, run, "-o", page))
                .isZero();
        assertThat(out.toString()).contains(page + ": 6 frames, ");

        RecordedRun.write(directory.resolve("deep/other"));
        assertThat(execute(new PrintWriter(out, true), "view", directory, "-o", page))
                .isZero();
        assertThat(out.toString()).contains(page + ": 6 frames, ");
    }

    @Test
    void aPageShowsLinesAloneAndWithRuns() throws IOException {
        LineValues line = new LineValues(
                new double[] {-1, 0, 1},
                new boolean[] {true, true, true},
                new double[] {3, 0.125, Double.NaN},
                Optional.empty(),
                Optional.of(new double[] {4, 0.25, 5}),
                Optional.empty());
        Path file = directory.resolve("sharp.h5");
        StudyFile.write(file, new LineStudy(RunReader.open(run).provenance(), line, "compiled"));
        Path page = directory.resolve("lines.html");
        assertThat(execute(new PrintWriter(out, true), "view", file, "-o", page))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains(page + ": 0 frames, 1 line, ");
        assertThat(Files.readString(page))
                .contains("\"name\":\"sharp.h5\",\"alpha\":[-1.0,0.0,1.0],\"loss\":[3.0,0.125,\"NaN\"]");

        Path flat = Files.copy(file, directory.resolve("flat.h5"));
        assertThat(execute(new PrintWriter(out, true), "view", run, file, flat, "-o", page))
                .isZero();
        assertThat(out.toString()).contains(page + ": 3 frames, 2 lines, ");

        assertThat(execute(new PrintWriter(out, true), "view", directory, "-o", directory.resolve("all.html")))
                .isZero();
        assertThat(out.toString()).contains("all.html: 3 frames, 2 lines, ");
        assertServed("\"name\":\"sharp.h5\"", file);
        assertServed("\"name\":\"flat.h5\"", directory);
    }

    /** What the page's server says of its first line. */
    private void assertServed(String expected, Path place) throws IOException {
        PipedReader printed = new PipedReader();
        PrintWriter writer = new PrintWriter(new PipedWriter(printed), true);
        Thread serving = new Thread(() -> execute(writer, "serve", place, "--port", "0"));
        serving.start();
        try (BufferedReader lines = new BufferedReader(printed)) {
            String address = lines.readLine();
            HttpResponse<String> line = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "lines/0"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(line.body()).contains(expected);
            serving.interrupt();
            serving.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFolderIsServedAsAListOfRuns() throws Exception {
        PipedReader printed = new PipedReader();
        PrintWriter writer = new PrintWriter(new PipedWriter(printed), true);
        Thread serving = new Thread(() -> execute(writer, "serve", directory, "--port", "0"));
        serving.start();
        String address = new BufferedReader(printed).readLine();
        HttpResponse<InputStream> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "events")).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter(line -> line.startsWith("data: ")).findFirst())
                    .hasValueSatisfying(line -> assertThat(line).contains("\"key\":\"run\""));
        }
        serving.interrupt();
        serving.join();
    }

    @Test
    void aDamagedFrameIsLeftOutOfAPageAndNamed() throws IOException {
        Path damaged = Files.writeString(run.resolve("frames/000000157.h5"), "damage");
        Path page = directory.resolve("run.html");
        String said =
                StandardError.during(() -> assertThat(execute(new PrintWriter(out, true), "view", run, "-o", page))
                        .as(err::toString)
                        .isZero());
        assertThat(said).contains("the page leaves out a frame: " + damaged + " is damaged");
        assertThat(out.toString()).contains(page + ": 2 frames, ");
    }

    @Test
    void aRunBelowAFolderThatCannotBeReadIsPassedOverAndNamed() throws IOException {
        Path damaged = Files.createDirectories(directory.resolve("damaged")).resolve("run.json");
        Files.writeString(damaged, "{}");
        Path page = directory.resolve("run.html");
        String said = StandardError.during(
                () -> assertThat(execute(new PrintWriter(out, true), "view", directory, "-o", page))
                        .as(err::toString)
                        .isZero());
        assertThat(said.lines()).singleElement().asString().contains("passed over: " + damaged + " is damaged");
        assertThat(out.toString()).contains(page + ": 3 frames, ");

        assertThat(execute(new PrintWriter(out, true), "view", directory.resolve("damaged"), "-o", page))
                .isEqualTo(1);
        assertThat(err.toString()).contains(damaged + " is damaged");
    }

    @Test
    void aRunIsServedUntilInterrupted() throws Exception {
        PipedReader printed = new PipedReader();
        PrintWriter writer = new PrintWriter(new PipedWriter(printed), true);
        Thread serving = new Thread(() -> execute(writer, "serve", run, "--port", "0"));
        serving.start();
        String address = new BufferedReader(printed).readLine();
        assertThat(address).matches("http://localhost:\\d+/");
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        serving.interrupt();
        serving.join();
    }

    @Test
    void whatCannotBeShownIsSaidInOneLine() throws IOException {
        Path none = directory.resolve("none");
        Path file = Files.writeString(directory.resolve("file"), "");
        PrintWriter writer = new PrintWriter(out, true);
        assertThat(execute(writer, "view", none, "-o", directory.resolve("a.html")))
                .isEqualTo(1);
        assertThat(execute(writer, "view", run, "-o", file.resolve("a.html"))).isEqualTo(1);
        assertThat(execute(writer, "view", run.resolve("frames"), "-o", directory.resolve("a.html")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no run and no line below " + run.resolve("frames"));
        assertThat(execute(writer, "serve", none)).isEqualTo(1);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(execute(writer, "serve", run, "--port", taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("port " + taken.getLocalPort() + " of localhost cannot be bound");
        }
        assertThat(err.toString().lines()).hasSize(5).allMatch(line -> line.startsWith("thalweg: "));
        assertThat(err.toString()).contains(none.toString()).contains(file.toString());
    }

    @Test
    void wrongUsageIsTwo() {
        PrintWriter writer = new PrintWriter(out, true);
        assertThat(execute(writer, "view", run)).isEqualTo(2);
        assertThat(execute(writer, "view", "-o", directory.resolve("a.html"))).isEqualTo(2);
        assertThat(execute(writer, "serve", run, "--port", "70000")).isEqualTo(2);
        assertThat(execute(writer, "serve", run, "--token", "short")).isEqualTo(2);
        assertThat(err.toString()).contains("70000").contains("at least 16");
        assertThat(execute(writer, "view", run, "-o", "")).isEqualTo(2);
        assertThat(execute(writer, "serve", "")).isEqualTo(2);
        assertThat(err.toString().lines())
                .filteredOn(line -> line.contains("a path must not be empty: the working directory itself is '.'"))
                .hasSize(2);
    }

    private int execute(PrintWriter to, Object... arguments) {
        return InProcess.execute(to, err, arguments);
    }
}
