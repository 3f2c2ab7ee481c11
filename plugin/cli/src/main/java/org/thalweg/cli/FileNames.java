package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Short names of files that are shown together. */
final class FileNames {

    private FileNames() {}

    /** The file's name; where another one of {@code all} has it as well, the whole path. */
    static String of(Path file, List<Path> all) {
        Path name = file.getFileName();
        boolean isOnly = all.stream()
                        .filter(other -> Objects.equals(other.getFileName(), name))
                        .count()
                < 2;
        return String.valueOf(isOnly && name != null ? name : file);
    }
}
