package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.LineValues;
import org.thalweg.recording.internal.FileErrors;

/**
 * Finds files of {@code thalweg analyze --line}: those that are named, and all below folders but not in runs, also later
 * ones and those that have changed. Below a folder, other HDF5 files are passed over, and links are followed as in
 * {@link RunSearch}. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class LineSearch {

    private static final Logger log = LoggerFactory.getLogger(LineSearch.class);

    private final List<Path> places;
    private final Map<Path, Version> known = new HashMap<>();

    /**
     * A search that has found nothing yet.
     *
     * @param places files of lines, folders of them; others have no lines
     */
    public LineSearch(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /**
     * A line that was found.
     *
     * @param name as in {@link RunSearch.Found}
     * @param file as given, or below the folder as given
     * @param line what the file holds now; points that are not computed yet are not evaluated
     */
    public record Found(String name, Path file, LineValues line) {}

    /** A file is read again when one of them is another. */
    private record Version(FileTime modified, long size) {}

    /**
     * Whether a path is the file of a line.
     *
     * @throws IOException if it is a file that cannot be read; the message names it
     */
    public static boolean isLine(Path path) throws IOException {
        return Files.isRegularFile(path) && StudyFile.isLine(path);
    }

    /**
     * Looks for lines.
     *
     * @return those that are new or that have changed since an earlier call
     * @throws IOException if a file that is named or a folder cannot be read; the message names it
     */
    public List<Found> next() throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path place : places) {
            if (RunSearch.isFolder(place)) {
                // A search for runs of the same folder says what is left out.
                for (Path file : FolderContents.of(place, reason -> log.debug("passed over: {}", reason))
                        .files()) {
                    add(place, file, found);
                }
            } else if (Files.isRegularFile(place)) {
                add(place, place, found);
            }
        }
        return found;
    }

    private void add(Path place, Path file, List<Found> found) throws IOException {
        try {
            Version version = new Version(Files.getLastModifiedTime(file), Files.size(file));
            if (!version.equals(known.put(file, version)) && isLine(file)) {
                String name = FolderContents.name(place, file, places.size() == 1);
                found.add(new Found(name, file, StudyFile.readLine(file).line()));
            }
        } catch (NoSuchFileException e) {
            // Removed meanwhile.
            known.remove(file);
        } catch (IOException e) {
            if (place.equals(file)) {
                throw e;
            }
            log.warn("passed over: {}", FileErrors.message(e));
        }
    }
}
