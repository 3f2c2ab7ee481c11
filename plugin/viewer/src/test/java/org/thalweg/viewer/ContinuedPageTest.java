package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** The live page of a run that goes on: it shows the frames that were recorded before. */
class ContinuedPageTest {

    private final long seed = Seeds.fresh("ContinuedPageTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));
    private final RunProvenance provenance = random.provenance("test");
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void showsWhatWasRecordedBefore() throws Exception {
        Frame first = random.frame(0);
        record(first, random.frame(5), random.frame(10), random.frame(15));
        RunReader run = RunReader.open(directory);
        ViewerSink sink = ViewerSink.open(ViewerOptions.DEFAULT, run, 10);
        sink.start(provenance);
        sink.frame(random.frame(10));
        byte[] surface = client.send(request(sink, "surfaces/0/0"), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        List<JsonObject> events = events(sink);

        assertThat(surface).as("seed %d", seed).isEqualTo(SurfaceBytes.of(first.surface()));
        assertThat(events.get(0).getAsJsonObject("run").get("started").getAsString())
                .isEqualTo(run.started().toString());
        assertThat(iterations(events)).as("seed %d", seed).containsExactly(0L, 5L, 10L);
    }

    @Test
    void leavesOutWhatIsDamaged() throws Exception {
        record(random.frame(0), random.frame(5), random.frame(10));
        Files.writeString(directory.resolve("frames/000000005.h5"), "no frame");
        ViewerSink sink = ViewerSink.open(ViewerOptions.DEFAULT, RunReader.open(directory), 20);
        sink.start(provenance);
        sink.frame(random.frame(20));
        assertThat(iterations(events(sink))).as("seed %d", seed).containsExactly(0L, 10L, 20L);
    }

    private void record(Frame... frames) throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance);
            for (Frame frame : frames) {
                recorder.frame(frame);
            }
        }
    }

    /** The events that a page receives until the sink is closed; closes the sink. */
    private List<JsonObject> events(ViewerSink sink) throws Exception {
        HttpResponse<Stream<String>> response =
                client.send(request(sink, "events"), HttpResponse.BodyHandlers.ofLines());
        sink.close();
        return response.body()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonParser.parseString(line.substring("data: ".length()))
                        .getAsJsonObject())
                .toList();
    }

    private static List<Long> iterations(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.has("frame"))
                .map(event -> event.getAsJsonObject("frame").get("iteration").getAsLong())
                .toList();
    }

    private static HttpRequest request(ViewerSink sink, String path) {
        return HttpRequest.newBuilder(sink.address().resolve(path)).build();
    }
}
