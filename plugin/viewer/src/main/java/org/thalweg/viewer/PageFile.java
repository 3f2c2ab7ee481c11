package org.thalweg.viewer;

import com.google.gson.Gson;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunFormatException;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.OutputPath;
import org.thalweg.recording.internal.PartStream;

/**
 * Writes runs, lines through the parameters and the page that shows them into one HTML file, which needs neither server nor network.
 *
 * @since 0.2.0
 */
public final class PageFile {

    /** Runs that are shown when a page opens; further ones are listed. */
    static final int SHOWN_AT_FIRST = 4;

    private static final Logger log = LoggerFactory.getLogger(PageFile.class);
    private static final Gson GSON = new Gson();

    private PageFile() {}

    /**
     * Writes a page. Frames are read one by one, and damaged ones are left out, which is logged; a frame with a 25x25 surface of two fields takes about 13 KB. An
     * existing file is replaced once the new one is complete.
     *
     * @param file to write, such as {@code run.html}; its directory is created
     * @param runs the page shows the first four when it opens, and lists all of several
     * @param lines drawn over each other; the page of lines alone has no surface
     * @return number of frames written
     * @throws IOException naming what cannot be read or written
     * @throws IllegalArgumentException without any run or line
     */
    public static int write(Path file, List<RunReader> runs, List<PageLine> lines) throws IOException {
        if (lines.isEmpty()) {
            requireRuns(runs);
        }
        Page page = Page.load();
        OutputPath.prepareFile(file);
        Path part = AtomicFile.part(file);
        try {
            int frames;
            try (Writer out =
                    new BufferedWriter(new OutputStreamWriter(PartStream.open(part, file), StandardCharsets.UTF_8))) {
                out.write(page.beforeData());
                frames = writeData(out, runs, lines);
                out.write(page.afterData());
            }
            AtomicFile.publish(part, file);
            return frames;
        } catch (FileSystemException e) {
            throw AtomicFile.failure(part, file, e);
        } finally {
            AtomicFile.discard(part);
        }
    }

    /** The same without lines; at least one run. */
    public static int write(Path file, List<RunReader> runs) throws IOException {
        return write(file, runs, List.of());
    }

    static void requireRuns(List<?> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a page shows at least one run, got none");
        }
    }

    private static int writeData(Writer out, List<RunReader> runs, List<PageLine> lines) throws IOException {
        JsonWriter json = new JsonWriter(out);
        // Escapes < and the like, so no value can end its script element.
        json.setHtmlSafe(true);
        int frames = 0;
        List<String> keys = RunKeys.of(runs);
        json.beginObject().name("live").value(false).name("runs").beginArray();
        for (int i = 0; i < runs.size(); i++) {
            RunReader run = runs.get(i);
            json.beginObject().name("description");
            GSON.toJson(RunJson.of(run.provenance(), run.started(), keys.get(i), i < SHOWN_AT_FIRST), json);
            json.name("frames").beginArray();
            RunFindings findings = RunFindings.of(run.provenance());
            for (long iteration : run.iterations()) {
                Frame frame;
                try {
                    frame = run.frame(iteration);
                } catch (RunFormatException e) {
                    log.warn("the page leaves out a frame: {}", e.getMessage());
                    continue;
                }
                json.beginObject().name("summary");
                GSON.toJson(FrameJson.of(frame, findings.at(frame), RunFollower.elapsed(run, iteration)), json);
                json.name("surface").value(Base64.getEncoder().encodeToString(SurfaceBytes.of(frame.surface())));
                json.endObject();
                frames++;
            }
            json.endArray().endObject();
        }
        json.endArray().name("lines").beginArray();
        lines.forEach(line -> GSON.toJson(line.json(), json));
        json.endArray().endObject();
        json.flush();
        return frames;
    }
}
