package org.thalweg.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;

/**
 * An objective whose probe is distributed in parts over the executors of a cluster. Each part computes its loss,
 * accuracy, gradient or products. Their mean, weighted by the parts' sizes, is computed in double precision and in the
 * order of the parts, so the same parts give the same bits whichever executors compute them, as long as all processors
 * are of one kind. Vectors are broadcast. An executor that takes over from a lost one receives everything again.
 *
 * <p>Confined to one thread at a time, as any {@link Objective}. All computations throw {@link ClusterException} if
 * the cluster cannot answer, and {@link java.util.concurrent.CancellationException} if the calling thread is
 * interrupted.
 *
 * @since 0.2.0
 */
public final class SparkObjective implements Objective {

    private final SparkCluster cluster;
    private final ObjectiveRecipe recipe;
    private final Broadcast<byte[]> sentRecipe;
    private final ProbeSource source;
    private final SparkOptions options;
    private final Objective local;
    private final long id = SparkCluster.newId();
    private final Parts parts;
    private final TreeSet<Long> open = new TreeSet<>();
    private @Nullable List<Part> copies;
    private @Nullable INDArray flat;
    private @Nullable Broadcast<byte[]> constants;
    private long version;
    private @Nullable SparkObjective precise;

    SparkObjective(SparkCluster cluster, ObjectiveRecipe recipe, ProbeSource source, SparkOptions options) {
        this.cluster = cluster;
        this.recipe = recipe;
        this.source = source;
        this.options = options;
        this.local = recipe.make(source.example());
        this.sentRecipe = cluster.broadcast(ClosureSerializer.bytes(recipe));
        int wanted = options.parts() == 0 ? cores() : options.parts();
        this.parts = Parts.of(id, sentRecipe, source, wanted, recipe.batchSize());
    }

    /** The name of the executors' objectives, followed by {@code on Spark}. */
    @Override
    public String name() {
        return local.name() + " on Spark";
    }

    @Override
    public HessianMethod hessianMethod() {
        return local.hessianMethod();
    }

    @Override
    public ParameterLayout layout() {
        return local.layout();
    }

    @Override
    public DataType dataType() {
        return local.dataType();
    }

    /** Number of parts into which the probe is cut. */
    public int parts() {
        return parts.parts().size();
    }

    /** Number of examples of the whole probe, N. */
    public int size() {
        return source.size();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        try (Sent sent = send(theta)) {
            return Reductions.values(ask("loss", new PartQuery.Value(sent.vector())), parts.weights())[0];
        }
    }

    @Override
    public INDArray gradient(INDArray theta) {
        try (Sent sent = send(theta)) {
            return ArrayBytes.rounded(
                    sum("gradient", new PartQuery.Gradient(sent.vector()), 1), dataType(), layout().parameters());
        }
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        DataType type = hessianMethod() == HessianMethod.FINITE_DIFFERENCE ? DataType.DOUBLE : dataType();
        return new SparkHessian(this, false, send(theta), layout().parameters(), type);
    }

    @Override
    public Optional<LinearOperator> gaussNewtonAt(INDArray theta) {
        Optional<LinearOperator> known = local.gaussNewtonAt(theta);
        known.ifPresent(LinearOperator::close);
        return known.map(matrix -> new SparkHessian(this, true, send(theta), layout().parameters(), matrix.dataType()));
    }

    @Override
    public Slice slice(INDArray theta, Parameterization parameterization) {
        requireVector(theta);
        parameterization.directions().forEach(this::requireVector);
        return new SparkSlice(this, theta, parameterization, spreadsPoints() ? copies() : parts.parts());
    }

    /** Whether the points of a plane are distributed instead of the probe. */
    boolean spreadsPoints() {
        return switch (options.planes()) {
            case POINTS -> true;
            case PROBE -> false;
            case BY_SIZE -> source.bytes() <= options.probeLimit();
        };
    }

    private List<Part> copies() {
        if (copies == null) {
            copies = Parts.copies(id, parts.parts().size(), sentRecipe, source, cores());
        }
        return copies;
    }

    @Override
    public SparkObjective withProbe(Probe probe) {
        SparkObjective other = new SparkObjective(cluster, recipe, new ProbeSource.FromDriver(cluster, probe), options);
        if (flat != null) {
            other.setConstants(flat);
        }
        return other;
    }

    @Override
    public SparkObjective withConstants(ParameterSnapshot snapshot) {
        if (snapshot.parameters().length() != layout().flatLength()) {
            throw new IllegalArgumentException("snapshot must have " + layout().flatLength() + " elements, got "
                    + snapshot.parameters().length() + ": is it another network's?");
        }
        setConstants(snapshot.parameters());
        return this;
    }

    /** Sets the values that are not parameters of the objective, if any. */
    void setConstants(INDArray vector) {
        if (layout().flatLength() == layout().parameters()) {
            return;
        }
        flat = vector;
        version = SparkCluster.newId();
        cluster.drop(constants);
        constants = cluster.broadcast(ArrayBytes.bytes(vector.castTo(dataType())));
    }

    @Override
    public Optional<Objective> inDouble() {
        if (precise == null) {
            precise = recipe.inDouble()
                    .map(inDouble -> new SparkObjective(cluster, inDouble, source, options))
                    .orElse(null);
        }
        if (precise != null && flat != null) {
            precise.setConstants(flat);
        }
        return Optional.ofNullable(precise);
    }

    /** Frees everything that executors keep for this objective. */
    @Override
    public void close() {
        if (precise != null) {
            precise.close();
        }
        local.close();
        cluster.forget(id);
        cluster.drop(constants);
        cluster.drop(sentRecipe);
        source.close();
    }

    /** At least one, since work may wait for executors to register. */
    private int cores() {
        return Math.max(1, cluster.cores());
    }

    /** A vector that was broadcast, removed on closing. */
    record Sent(SparkCluster cluster, Broadcast<byte[]> vector) implements AutoCloseable {
        @Override
        public void close() {
            cluster.drop(vector);
        }
    }

    Sent send(INDArray vector) {
        requireVector(vector);
        return sendAny(vector);
    }

    Sent sendAny(INDArray array) {
        return new Sent(cluster, cluster.broadcast(ArrayBytes.bytes(array)));
    }

    long opened() {
        long opened = SparkCluster.newId();
        open.add(opened);
        return opened;
    }

    void closed(long opened) {
        open.remove(opened);
    }

    double[] weights() {
        return parts.weights();
    }

    /** The answers of all parts. */
    <R> List<R> ask(String what, PartQuery<R> query) {
        return cluster.jobs().answers(what, tasks(query));
    }

    /** The answers of some parts, to one query each. */
    <R> List<R> ask(String what, List<Part> asked, List<? extends PartQuery<R>> queries) {
        List<PartTask<R>> tasks = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            tasks.add(new PartTask<>(asked.get(i), context(), queries.get(i)));
        }
        return cluster.jobs().answers(what, tasks);
    }

    /** The weighted sum of all parts' answers, each {@code vectors} vectors of P elements. */
    double[] sum(String what, PartQuery<byte[]> query, long vectors) {
        long bytes = parts() * vectors * layout().parameters() * dataType().width();
        return bytes <= options.driverLimit()
                ? Reductions.vectors(ask(what, query), parts.weights())
                : Reductions.vectors(cluster.jobs(), what, tasks(query), parts.weights(), cores());
    }

    private <R> List<PartTask<R>> tasks(PartQuery<R> query) {
        PartContext context = context();
        return parts.parts().stream()
                .map(part -> new PartTask<>(part, context, query))
                .toList();
    }

    private PartContext context() {
        return new PartContext(
                version, constants, open.stream().mapToLong(Long::longValue).toArray());
    }

    private void requireVector(INDArray vector) {
        if (vector.length() != layout().parameters() || vector.dataType() != dataType()) {
            throw new IllegalArgumentException("a vector must have " + layout().parameters() + " elements of type "
                    + dataType() + ", got " + vector.length() + " of type " + vector.dataType());
        }
    }
}
