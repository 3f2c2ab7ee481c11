package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.recording.internal.FileErrors;

/**
 * Finds runs: those that are named, and all below folders, including later ones. Files of lines are left to
 * {@link LineSearch}. Below a folder, a run that cannot be read, a directory that cannot be listed and a symbolic link
 * that leads out of the folder are passed over, and a warning names each once. A link within the folder is not a second
 * run. A folder that is named may be a link itself. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class RunSearch {

    private static final Logger log = LoggerFactory.getLogger(RunSearch.class);

    private final List<Path> places;
    private final Set<Path> known = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private boolean isFirst = true;

    /**
     * A search that has found nothing yet.
     *
     * @param places directories of runs, files of studies, folders of runs
     */
    public RunSearch(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /**
     * A run that a search has found.
     *
     * @param name its path below the place that it was found in, which the place's name precedes if there are several; the
     *     place's name if it is one
     * @param reader reads only files that lie in the place after links are resolved
     */
    public record Found(String name, RunReader reader) {}

    /** Whether a path may contain runs and is not a run itself. */
    public static boolean isFolder(Path path) {
        return Files.isDirectory(path) && !FolderContents.isRun(path);
    }

    /**
     * Looks for runs.
     *
     * @return those that no earlier call has returned: first the named ones, then those below folders in the order of
     *     their paths
     * @throws IOException from the first call, if a run that is named cannot be read or a folder cannot be listed; the
     *     message names it
     */
    public List<Found> next() throws IOException {
        List<Found> found = new ArrayList<>();
        if (isFirst) {
            for (Path place : places) {
                if (!isFolder(place) && !LineSearch.isLine(place)) {
                    found.add(new Found(name(place, place), RunReader.openWithin(place, place)));
                    known.add(place.toAbsolutePath().normalize());
                }
            }
        }
        for (Path place : places) {
            if (isFolder(place)) {
                addBelow(place, found);
            }
        }
        isFirst = false;
        return found;
    }

    private void addBelow(Path folder, List<Found> found) throws IOException {
        for (Path directory : directories(folder)) {
            Path absolute = directory.toAbsolutePath().normalize();
            if (known.contains(absolute)) {
                continue;
            }
            try {
                found.add(new Found(name(folder, directory), RunReader.openWithin(directory, folder)));
                known.add(absolute);
            } catch (IOException e) {
                // It may be repaired later.
                passOver(FileErrors.message(e));
            }
        }
    }

    private List<Path> directories(Path folder) throws IOException {
        try {
            return FolderContents.of(folder, this::passOver).runs();
        } catch (IOException e) {
            if (isFirst) {
                throw e;
            }
            passOver(FileErrors.message(e));
            return List.of();
        }
    }

    private String name(Path place, Path root) {
        return FolderContents.name(place, root, places.size() == 1);
    }

    private void passOver(String reason) {
        if (told.add(reason)) {
            log.warn("passed over: {}", reason);
        }
    }
}
