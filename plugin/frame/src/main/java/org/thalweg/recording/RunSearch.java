package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.recording.internal.FileErrors;

/**
 * Finds runs: those that are named, and all below folders, also later ones. Below a folder, a run that cannot be read,
 * a directory that cannot be listed and a symbolic link that leads out of the folder are passed over, and a warning names
 * each once. A link within the folder is no second run. A folder that is named may be a link itself. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class RunSearch {

    private static final Logger log = LoggerFactory.getLogger(RunSearch.class);

    /** Directories between a folder of runs and a run, at most. */
    private static final int DEEPEST_RUN = 6;

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
     * A run that was found.
     *
     * @param place that it was found in or that it is, as given
     * @param reader reads only files that lie in the place, wherever links lead
     */
    public record Found(Path place, RunReader reader) {}

    /** Whether a path may hold runs and is none itself. */
    public static boolean isFolder(Path path) {
        return Files.isDirectory(path) && !isRun(path);
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
                if (!isFolder(place)) {
                    found.add(new Found(place, RunReader.openWithin(place, place)));
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
                found.add(new Found(folder, RunReader.openWithin(directory, folder)));
                known.add(absolute);
            } catch (IOException e) {
                // It may be mended.
                passOver(FileErrors.message(e));
            }
        }
    }

    private List<Path> directories(Path folder) throws IOException {
        List<Path> directories = new ArrayList<>();
        try {
            Confinement confinement = Confinement.to(folder);
            Files.walkFileTree(confinement.real(), Set.of(), DEEPEST_RUN, visitor(confinement, directories));
        } catch (IOException e) {
            if (isFirst) {
                throw new IOException(folder + " cannot be listed: " + FileErrors.reason(e), e);
            }
            passOver(folder + " cannot be listed: " + FileErrors.reason(e));
        }
        directories.sort(Comparator.naturalOrder());
        return directories;
    }

    private FileVisitor<Path> visitor(Confinement confinement, List<Path> directories) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!isRun(directory)) {
                    return FileVisitResult.CONTINUE;
                }
                directories.add(given(directory));
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && Files.isDirectory(file) && !confinement.holds(file)) {
                    passOver(given(file) + " leads out of " + confinement.folder()
                            + " through a symbolic link: name its runs, too");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                if (file.equals(confinement.real())) {
                    throw cause;
                }
                // What is removed meanwhile is not missed.
                if (!(cause instanceof NoSuchFileException)) {
                    passOver(given(file) + " cannot be listed: " + FileErrors.reason(cause));
                }
                return FileVisitResult.CONTINUE;
            }

            private Path given(Path file) {
                return confinement.folder().resolve(confinement.real().relativize(file));
            }
        };
    }

    private static boolean isRun(Path directory) {
        return Files.isRegularFile(directory.resolve("run.json"));
    }

    private void passOver(String reason) {
        if (told.add(reason)) {
            log.warn("passed over: {}", reason);
        }
    }
}
