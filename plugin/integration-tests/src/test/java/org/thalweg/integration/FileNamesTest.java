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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * File names that are safe and unambiguous: a checkout on macOS or Windows loses a file whose name differs from another's
 * in case alone, and a reader who searches for a class by its simple name finds one.
 */
class FileNamesTest {

    private static final Path ROOT = Path.of("../..");
    /** The files of Java that every package or module has under the same name. */
    private static final Set<String> NO_TYPES = Set.of("package-info.java", "module-info.java");
    /** Folders that do not belong to the repository. */
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

    @Test
    void noSimpleClassNameIsUsedTwice() throws IOException {
        Map<String, List<Path>> sources = sources(ROOT);
        assertThat(sources).hasSizeGreaterThan(500).containsKey("FileNamesTest.java");
        assertThat(clashes(sources)).isEmpty();
    }

    @Test
    void aSimpleClassNameUsedTwiceIsFound(@TempDir Path directory) throws IOException {
        for (String source : List.of("a/Slice.java", "b/Slice.java", "b/Other.java", "a/package-info.java")) {
            Files.createDirectories(directory.resolve(source).getParent());
            Files.createFile(directory.resolve(source));
        }
        Files.createFile(directory.resolve("b/package-info.java"));
        assertThat(clashes(sources(directory)))
                .singleElement()
                .satisfies(paths ->
                        assertThat(paths).containsExactlyInAnyOrder(Path.of("a/Slice.java"), Path.of("b/Slice.java")));
    }

    private static List<List<Path>> clashes(Map<String, List<Path>> names) {
        return names.values().stream().filter(paths -> paths.size() > 1).toList();
    }

    /** Source files by their name, which is that of their top-level class. */
    private static Map<String, List<Path>> sources(Path root) throws IOException {
        return names(root).values().stream()
                .flatMap(List::stream)
                .filter(path -> path.toString().endsWith(".java"))
                .filter(path -> !NO_TYPES.contains(path.getFileName().toString()))
                .collect(Collectors.groupingBy(path -> path.getFileName().toString()));
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
