package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.Seeds;

/** Runs below a folder: found, summarized, opened on demand, live while they are written. */
class RunShelfTest {

    private static final long LIMIT_MILLIS = 30_000;

    @TempDir
    Path folder;

    private final Valley valley = new Valley(new Random(Seeds.fresh("RunShelfTest")));
    private final EventLog eventLog = new EventLog();
    private final List<EventLog.Entry> heard = new ArrayList<>();

    @Test
    void aFolderListsItsRunsAndOpensTheNewest() throws Exception {
        valley.record(folder.resolve("deep/er/first"), "first", 0, 2).close();
        Files.createDirectories(folder.resolve("no run"));
        try (RunShelf shelf = RunShelf.below(List.of(folder), eventLog)) {
            JsonObject first = await("run", run -> true).getAsJsonObject("run");
            assertThat(first.get("key").getAsString()).isEqualTo("deep/er/first");
            assertThat(first.get("shown").getAsBoolean()).isTrue();
            JsonObject summary = await("summary", each -> true).getAsJsonObject("summary");
            assertThat(summary.get("frames").getAsInt()).isEqualTo(3);
            assertThat(summary.get("iteration").getAsLong()).isEqualTo(48);
            assertThat(summary.get("loss").getAsDouble()).isEqualTo(valley.lossAt(2, 0, 0));
            assertThat(summary.get("lambdaMax").getAsDouble()).isEqualTo(10);
            await("frame", frame -> iteration(frame) == 48);

            RunRecorder late = valley.record(folder.resolve("late"), "late", 0, 0);
            JsonObject second = await("run", run -> index(run) == 1).getAsJsonObject("run");
            assertThat(second.get("shown").getAsBoolean()).isFalse();
            await("summary", each -> index(each) == 1 && live(each));
            assertThat(heard).noneMatch(entry -> entry.kind().equals("frame") && index(json(entry)) == 1);
            assertThat(shelf.runs().get(1).surface(0)).isPresent();
            assertThat(shelf.runs().get(1).surface(7)).isEmpty();

            shelf.runs().get(1).open();
            await("frame", frame -> index(frame) == 1 && iteration(frame) == 0);
            late.frame(valley.frame(1));
            await("frame", frame -> index(frame) == 1 && iteration(frame) == 24);
            await("summary", each -> index(each) == 1 && frames(each) == 2);
            late.close();
            await("summary", each -> index(each) == 1 && frames(each) == 2 && !live(each));
        }
    }

    @Test
    void givenRunsAreOpenAndHaveNamesThatDiffer() throws Exception {
        valley.record(folder.resolve("a"), "twin", 0, 1).close();
        RunReader run = RunReader.open(folder.resolve("a"));
        List<RunReader> runs = List.of(run, run, run, run, run);
        try (RunShelf shelf = RunShelf.of(runs, List.of(), eventLog)) {
            JsonObject last = await("run", each -> index(each) == 4).getAsJsonObject("run");
            assertThat(last.get("key").getAsString()).isEqualTo("twin (5)");
            assertThat(last.get("shown").getAsBoolean()).isFalse();
            for (int i = 0; i < 4; i++) {
                int index = i;
                await("frame", frame -> index(frame) == index && iteration(frame) == 24);
            }
            assertThat(shelf.runs()).hasSize(5);
        }
    }

    private static int index(JsonObject message) {
        return message.get("index").getAsInt();
    }

    private static long iteration(JsonObject message) {
        return message.getAsJsonObject("frame").get("iteration").getAsLong();
    }

    private static int frames(JsonObject message) {
        return message.getAsJsonObject("summary").get("frames").getAsInt();
    }

    private static boolean live(JsonObject message) {
        return message.getAsJsonObject("summary").get("live").getAsBoolean();
    }

    private static JsonObject json(EventLog.Entry entry) {
        return JsonParser.parseString(entry.json()).getAsJsonObject();
    }

    private JsonObject await(String kind, Predicate<JsonObject> condition) throws InterruptedException {
        for (long left = LIMIT_MILLIS; left > 0; left -= 100) {
            heard.addAll(eventLog.after(heard.size(), 100));
            for (EventLog.Entry entry : heard) {
                if (entry.kind().equals(kind) && condition.test(json(entry))) {
                    return json(entry);
                }
            }
        }
        throw new AssertionError("no such " + kind + " among " + heard);
    }
}
