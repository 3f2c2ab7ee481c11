package org.thalweg.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/** What executors need of this process's class path. */
final class Jars {

    private Jars() {}

    /** All jars but those beside Spark's own, which executors have, separated by commas. */
    static String ofThisProcess() {
        Path sparks = directoryOf(SparkContext.class);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(jar -> !sparks.equals(jar.getParent()))
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    private static Path directoryOf(Class<?> type) {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return jar.resolveSibling("").toAbsolutePath().normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " comes from nowhere", e);
        }
    }
}
