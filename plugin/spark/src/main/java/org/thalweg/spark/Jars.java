package org.thalweg.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/** What executors need of this process's class path. */
final class Jars {

    private Jars() {}

    /** All jars but those beside Spark's own, which executors have, separated by commas. */
    static String ofThisProcess() {
        return of(System.getProperty("java.class.path"), directoryOf(SparkContext.class));
    }

    /**
     * The jars of a class path but those in one directory. Of several of one name there is the first, which is the one in
     * use: executors have all of them in one place.
     */
    static String of(String classPath, Path without) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(jar -> !without.equals(jar.getParent()))
                .collect(Collectors.toMap(
                        Path::getFileName, Path::toString, (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
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
