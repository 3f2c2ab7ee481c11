package org.thalweg.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.data.ProbeReader;
import org.thalweg.objective.Probe;

/**
 * Examples from files that driver and executors can read: in a directory that all machines share, or in any file
 * system that Hadoop knows ({@code file:}, {@code hdfs:}, {@code s3a:}, configured by its own settings and {@code
 * spark.hadoop.*}). Formats are those of {@link ProbeReader} (an IDX directory, CSV, HDF5, a run) and Parquet, with
 * the columns {@code features} and {@code labels} or {@code label}.
 *
 * <p>Each part reads the file once, when an executor creates it, and keeps its examples.
 *
 * @since 0.2.0
 */
public final class FileExamples implements DistributedExamples {

    private final String location;
    private final ProbeReader.Part part;
    private final NetworkSpec network;
    private final long seed;
    private final int size;

    private FileExamples(String location, ProbeReader.Part part, NetworkSpec network, long seed, int size) {
        this.location = location;
        this.part = part;
        this.network = network;
        this.seed = seed;
        this.size = size;
    }

    /**
     * Examples for a network, sampled as {@link ProbeReader#read(java.nio.file.Path, ProbeReader.Part, Model, int,
     * long)} samples them.
     *
     * @param location path or URI
     * @param part the part of the data
     * @param network initialized; only read, and not kept
     * @param size number of examples; all of them where there are fewer
     * @throws IOException if the data cannot be read or do not fit the network; the message names the file
     */
    public static FileExamples of(String location, ProbeReader.Part part, Model network, int size, long seed)
            throws IOException {
        try (LocalFile file = LocalFile.of(location)) {
            int all = ProbeReader.count(file.path(), part, network);
            return new FileExamples(location, part, NetworkSpec.of(network), seed, Math.min(size, all));
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Probe read(int from, int to) {
        try (LocalFile file = LocalFile.of(location)) {
            return ProbeReader.read(file.path(), part, network.network(), size, seed, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(location + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String source() {
        return size + " examples of " + location + ", seed " + seed;
    }
}
