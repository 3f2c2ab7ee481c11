package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout on macOS or Windows loses a file whose name differs from another's in case alone. */
class FileNamesTest {

    private static final Path ROOT = Path.of("../..");
    /** Not of the repository. */
    private static final Set<String> OTHERS = Set.of(".git", "target", "node_modules", "runs", "__pycache__", ".idea");

    @Test
    void noTwoNamesDifferInCaseAlone() throws IOException {
        Map<String, List<Path>> names = names(ROOT);
        assertThat(names).hasSizeGreaterThan(500).containsKey("pom.xml");
        assertThat(clashes(names)).isEmpty();
    }

    @Test
    void suchAPairIsFound(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("a"));
        Files.createFile(directory.resolve("a/ElementWiseRule.java"));
        Files.createFile(directory.resolve("a/ElementwiseRule.java"));
        Files.createFile(directory.resolve("a/Other.java"));
        // A file system that ignores case has made one file of the two.
        int expected = Files.exists(directory.resolve("A/OTHER.JAVA")) ? 0 : 1;
        assertThat(clashes(names(directory))).hasSize(expected);
    }

    private static List<List<Path>> clashes(Map<String, List<Path>> names) {
        return names.values().stream().filter(paths -> paths.size() > 1).toList();
    }

    /** Files and folders by their path in lower case. */
    private static Map<String, List<Path>> names(Path root) throws IOException {
        Map<String, List<Path>> names = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (OTHERS.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                add(file);
                return FileVisitResult.CONTINUE;
            }

            private void add(Path path) {
                Path inside = root.relativize(path);
                names.computeIfAbsent(inside.toString().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(inside);
            }
        });
        return names;
    }
}
