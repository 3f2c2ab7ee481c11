package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Peers;

/** The page's sources: their own tests, and that what is committed was built from them. */
class PageSourcesTest {

    private static final Path SOURCES = Path.of("src/main/page");

    @Test
    void theirTestsPass() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.list(SOURCES.resolve("test"))) {
            tests = files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
        assertThat(tests).isNotEmpty();
        Peers.program("node", Stream.concat(Stream.of("--test"), tests.stream()).toList(), "");
    }

    @Test
    void theBuiltPageIsOfTheseSources() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path source : sources()) {
            digest.update((name(source) + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(SOURCES.resolve(source)));
        }
        String expected = Base64.getEncoder().encodeToString(digest.digest());
        assertThat(new String(Page.load().live(), StandardCharsets.UTF_8))
                .as("page.html must be built again, as plugin/viewer/README.md says")
                .contains("<meta name=\"sources\" content=\"" + expected + "\"");
    }

    /** Everybody gets the same bytes from the same sources and the libraries that the lock file names. */
    @Test
    void theSourcesBuildTheCommittedPage() throws IOException {
        Path copy = Path.of("target/page/main/page");
        for (Path source : sources()) {
            Files.createDirectories(copy.resolve(source).getParent());
            Files.write(copy.resolve(source), Files.readAllBytes(SOURCES.resolve(source)));
        }
        npm(copy, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        npm(copy, "run", "build");
        assertThat(Path.of("target/page/main/resources/org/thalweg/viewer/page.html"))
                .as("page.html must be built again, as plugin/viewer/README.md says")
                .hasSameBinaryContentAs(Path.of("src/main/resources/org/thalweg/viewer/page.html"));
    }

    private static void npm(Path directory, String... arguments) {
        Peers.program(
                "npm",
                Stream.concat(Stream.of("--prefix", directory.toString()), Stream.of(arguments))
                        .toList(),
                "");
    }

    /** The page's sources, sorted by name. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(SOURCES::relativize)
                    .filter(file -> !file.startsWith("node_modules") && !file.startsWith("test"))
                    .sorted(Comparator.comparing(PageSourcesTest::name))
                    .toList();
        }
    }

    @Test
    void theBuiltPageHasLessThanAMegabyteOfCodeAndAsksNoOtherSite() {
        String html = new String(Page.load().live(), StandardCharsets.UTF_8);
        assertThat(html.length()).isLessThan(1_000_000);
        assertThat(html).doesNotContainPattern("(src|href)=\"?https?:");
    }

    private static String name(Path file) {
        return file.toString().replace('\\', '/');
    }
}
