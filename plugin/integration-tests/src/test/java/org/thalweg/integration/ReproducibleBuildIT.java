package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thalweg.integration.ChildProcess.Outcome;

/**
 * A release that is built elsewhere has the same bytes as this build, and what else a release needs. One jar stands for all:
 * they have one parent and no plugin of their own that writes into the jar. Comments of all are checked by their compiler.
 */
class ReproducibleBuildIT {

    private static final Path ROOT = Path.of("../..");
    private static final Path COPY = Path.of("target/second-build").toAbsolutePath();
    private static final String NAME = "plugin/frame/target/thalweg-frame-" + BuildProperties.get("thalweg.version");

    @BeforeAll
    static void build() throws Exception {
        for (String source :
                List.of("LICENSE", "pom.xml", "plugin/pom.xml", "plugin/frame/pom.xml", "plugin/frame/src/main")) {
            FileTrees.copy(ROOT.resolve(source), COPY.resolve(source));
        }
        Outcome built = ChildProcess.run(
                COPY,
                BuildProperties.get("consumers.maven"),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + BuildProperties.get("consumers.cache"),
                "-Prelease",
                "-Dgpg.skip",
                "-Dmaven.test.skip=true",
                "-Dspotless.check.skip",
                "-Denforcer.skip",
                "--file",
                "plugin/frame/pom.xml",
                "clean",
                "package");
        assertThat(built.status()).as(built.output()).isZero();
    }

    @Test
    void aSecondBuildElsewhereHasTheSameBytes() {
        assertThat(COPY.resolve(NAME + ".jar")).hasSameBinaryContentAs(ROOT.resolve(NAME + ".jar"));
    }

    @Test
    void aReleaseHasJavadocOfWhatUsersCallAndAllSources() throws Exception {
        assertThat(entries("-javadoc.jar"))
                .contains("index.html")
                .anyMatch(name -> name.endsWith("org/thalweg/frame/Frame.html"))
                .noneMatch(name -> name.contains("/internal/"));
        assertThat(entries("-sources.jar"))
                .contains("org/thalweg/frame/Frame.java", "org/thalweg/terminal/internal/PlainText.java");
    }

    @Test
    void aReleaseNamesItsDependencies() throws Exception {
        String bill = Files.readString(COPY.resolve("plugin/frame/target/bom.json"));
        assertThat(bill)
                .contains("\"bomFormat\" : \"CycloneDX\"")
                .contains("pkg:maven/io.jhdf/jhdf@", "pkg:maven/com.google.code.gson/gson@", "Apache-2.0")
                .doesNotContain("junit");
    }

    private static List<String> entries(String ending) throws Exception {
        try (ZipFile jar = new ZipFile(COPY.resolve(NAME + ending).toFile());
                Stream<String> names = jar.stream().map(Object::toString)) {
            return names.toList();
        }
    }
}
