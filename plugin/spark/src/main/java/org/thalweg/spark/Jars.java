package org.thalweg.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/** The jars of this process's class path that executors need. */
final class Jars {

    private Jars() {}

    /** All jars except those in Spark's own directory, which executors have, separated by commas. */
    static String ofThisProcess() {
        return of(System.getProperty("java.class.path"), directoryOf(SparkContext.class));
    }

    /**
     * The jars of a class path except those in one directory. Of several jars with one name only the first, the one
     * in use, is kept: executors store all of them in one place.
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
            throw new IllegalStateException(type + " has no known location", e);
        }
    }
}
