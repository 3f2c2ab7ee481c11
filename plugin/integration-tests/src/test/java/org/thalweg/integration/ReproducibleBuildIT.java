package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.integration.ChildProcess.Outcome;

/** Building a release again gives the same bytes. */
class ReproducibleBuildIT {

    private static final Path ROOT = Path.of("../..");

    /** One jar stands for all: they have one parent and no plugin of their own that writes into the jar. */
    @Test
    void aSecondBuildElsewhereHasTheSameBytes() throws Exception {
        Path copy = Path.of("target/second-build").toAbsolutePath();
        for (String source :
                List.of("LICENSE", "pom.xml", "plugin/pom.xml", "plugin/frame/pom.xml", "plugin/frame/src/main")) {
            FileTrees.copy(ROOT.resolve(source), copy.resolve(source));
        }
        Outcome built = ChildProcess.run(
                copy,
                BuildProperties.get("consumers.maven"),
                "--batch-mode",
                "--offline",
                "-Dmaven.repo.local=" + BuildProperties.get("consumers.cache"),
                "-Dmaven.test.skip=true",
                "-Dspotless.check.skip=true",
                "-Denforcer.skip=true",
                "--file",
                "plugin/frame/pom.xml",
                "clean",
                "package");
        assertThat(built.status()).as(built.output()).isZero();
        String jar = "plugin/frame/target/thalweg-frame-" + BuildProperties.get("thalweg.version") + ".jar";
        assertThat(copy.resolve(jar)).hasSameBinaryContentAs(ROOT.resolve(jar));
    }
}
