package org.thalweg.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Probe;

/** The driver's view of the source of an objective's examples. */
sealed interface ProbeSource extends AutoCloseable {

    /** Number of examples. */
    int size();

    /** The first example. */
    Probe example();

    /** The source of a range of them for executors. */
    Part.Data data(int from, int to);

    /** Size of all of them in bytes. */
    default long bytes() {
        Probe example = example();
        return size()
                * Stream.of(example.features(), example.labels(), example.featuresMasks(), example.labelsMasks())
                        .flatMap(List::stream)
                        .mapToLong(ProbeSource::bytes)
                        .sum();
    }

    private static long bytes(@Nullable INDArray array) {
        return array == null ? 0 : array.length() * array.dataType().width();
    }

    /** Removes sent data from the executors. */
    @Override
    void close();

    /** Examples that the driver has and sends. */
    final class FromDriver implements ProbeSource {

        private final SparkCluster cluster;
        private final Probe probe;
        private final List<Broadcast<byte[]>> sent = new ArrayList<>();

        FromDriver(SparkCluster cluster, Probe probe) {
            this.cluster = cluster;
            this.probe = probe;
        }

        @Override
        public int size() {
            return probe.size();
        }

        @Override
        public Probe example() {
            return probe.range(0, 1);
        }

        @Override
        public Part.Data data(int from, int to) {
            Broadcast<byte[]> bytes = cluster.broadcast(ProbeBytes.of(probe.range(from, to)));
            sent.add(bytes);
            return new Part.Sent(bytes);
        }

        @Override
        public void close() {
            sent.forEach(cluster::drop);
            sent.clear();
        }
    }

    /** Examples that executors read for themselves. */
    record OnExecutors(DistributedExamples examples, Probe example) implements ProbeSource {

        OnExecutors(DistributedExamples examples) {
            this(examples, examples.read(0, 1));
        }

        @Override
        public int size() {
            return examples.size();
        }

        @Override
        public Part.Data data(int from, int to) {
            return new Part.Read(examples, from, to);
        }

        @Override
        public void close() {}
    }
}
