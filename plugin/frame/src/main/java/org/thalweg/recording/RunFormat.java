package org.thalweg.recording;

import java.nio.file.Path;

/** The version of the file format, and how parameter keys become names in HDF5. */
final class RunFormat {

    /** Written to {@code run.json} and every frame; increased when an older reader would misread a newer file. */
    static final int VERSION = 1;

    private RunFormat() {}

    static void check(Path file, long version) throws RunFormatException {
        if (version != VERSION) {
            throw new RunFormatException(file + " has format version " + version + ", this Thalweg reads " + VERSION
                    + ": use the version that wrote it, or a newer one");
        }
    }

    /** The name of a parameter key in HDF5, where a slash separates groups. */
    static String escape(String key) {
        return key.replace("%", "%25").replace("/", "%2F");
    }

    static String unescape(String name) {
        return name.replace("%2F", "/").replace("%25", "%");
    }
}
