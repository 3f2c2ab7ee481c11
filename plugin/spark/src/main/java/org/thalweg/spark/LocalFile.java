package org.thalweg.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ObjectiveCluster;

/**
 * A file or directory of any file system, available on this machine: if it is not local, as a copy that closing
 * deletes.
 *
 * @param path its local path
 * @param copy the copy to delete on closing; null if nothing was copied
 */
record LocalFile(Path path, @Nullable Path copy) implements ObjectiveCluster.LocalData {

    static LocalFile of(String location) throws IOException {
        Configuration configuration = configuration();
        org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(location);
        FileSystem files = remote.getFileSystem(configuration);
        if (!files.exists(remote)) {
            throw new FileNotFoundException("data " + location + " do not exist");
        }
        List<org.apache.hadoop.fs.Path> parquet = ParquetFile.files(files, remote);
        if (parquet.isEmpty() && files instanceof LocalFileSystem) {
            return new LocalFile(Path.of(remote.toUri().getPath()), null);
        }
        Path directory = Files.createTempDirectory("thalweg-data");
        try {
            Path copy = directory.resolve(parquet.isEmpty() ? remote.getName() : remote.getName() + ".h5");
            if (parquet.isEmpty()) {
                files.copyToLocalFile(false, remote, new org.apache.hadoop.fs.Path(copy.toUri()), true);
            } else {
                ParquetFile.read(parquet, configuration).writeTo(copy);
            }
            return new LocalFile(copy, directory);
        } catch (IOException | RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    /** Hadoop's own settings, and those of the application once it has started. */
    private static Configuration configuration() {
        SparkEnv application = SparkEnv.get();
        return application == null
                ? SparkHadoopUtil.get().conf()
                : SparkHadoopUtil.get().newConfiguration(application.conf());
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            delete(copy);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(LocalFile::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
