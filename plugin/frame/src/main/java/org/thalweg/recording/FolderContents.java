package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.thalweg.recording.internal.FileErrors;

/**
 * What lies below a folder, in the order of the paths. Symbolic links to directories are not followed.
 *
 * @param runs directories of runs
 * @param files HDF5 files outside of runs
 */
record FolderContents(List<Path> runs, List<Path> files) {

    /** Directories between a folder and a run, at most. */
    private static final int DEEPEST_RUN = 6;

    private static final String HDF5 = ".h5";

    /**
     * Lists a folder.
     *
     * @param passOver receives why something below it is left out
     * @throws IOException if the folder itself cannot be listed, naming it
     */
    static FolderContents of(Path folder, Consumer<String> passOver) throws IOException {
        List<Path> runs = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try {
            Confinement confinement = Confinement.to(folder);
            Files.walkFileTree(
                    confinement.real(), Set.of(), DEEPEST_RUN, new Visitor(confinement, passOver, runs, files));
        } catch (IOException e) {
            throw new IOException(folder + " cannot be listed: " + FileErrors.reason(e), e);
        }
        runs.sort(Comparator.naturalOrder());
        files.sort(Comparator.naturalOrder());
        return new FolderContents(runs, files);
    }

    static boolean isRun(Path directory) {
        return Files.isRegularFile(directory.resolve("run.json"));
    }

    /**
     * What readers call a find.
     *
     * @param place that it lies in or that it is
     * @param isOnly whether there is no other place, whose finds could have the same name
     */
    static String name(Path place, Path found, boolean isOnly) {
        String below = place.relativize(found).toString().replace('\\', '/');
        String name = String.valueOf(place.toAbsolutePath().normalize().getFileName());
        if (below.isEmpty()) {
            return name;
        }
        return isOnly ? below : name + "/" + below;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Confinement confinement;
        private final Consumer<String> passOver;
        private final List<Path> runs;
        private final List<Path> files;

        private Visitor(Confinement confinement, Consumer<String> passOver, List<Path> runs, List<Path> files) {
            this.confinement = confinement;
            this.passOver = passOver;
            this.runs = runs;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!isRun(directory)) {
                return FileVisitResult.CONTINUE;
            }
            runs.add(given(directory));
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean isDirectory = attributes.isSymbolicLink() && Files.isDirectory(file);
            boolean isHdf5 = file.toString().endsWith(HDF5) && Files.isRegularFile(file);
            if (attributes.isSymbolicLink() && (isDirectory || isHdf5) && !confinement.holds(file)) {
                passOver.accept(given(file) + " leads out of " + confinement.folder()
                        + " through a symbolic link: name " + (isDirectory ? "its runs" : "the file itself") + ", too");
            } else if (isHdf5) {
                files.add(given(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(confinement.real())) {
                throw cause;
            }
            // A file that is removed meanwhile is ignored.
            if (!(cause instanceof NoSuchFileException)) {
                passOver.accept(given(file) + " cannot be listed: " + FileErrors.reason(cause));
            }
            return FileVisitResult.CONTINUE;
        }

        private Path given(Path file) {
            return confinement.folder().resolve(confinement.real().relativize(file));
        }
    }
}
