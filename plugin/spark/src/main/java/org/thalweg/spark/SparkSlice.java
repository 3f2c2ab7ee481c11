package org.thalweg.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/**
 * A line or plane on a cluster. Theta and the directions are sent once. Then every part of the probe evaluates all
 * points, or every copy of the probe evaluates its share of them.
 */
final class SparkSlice implements Slice {

    private final SparkObjective objective;
    private final Parameterization parameterization;
    private final List<SparkObjective.Sent> sent = new ArrayList<>();
    private final BroadcastSlice slice;
    private final List<Part> asked;
    private boolean opened;

    SparkSlice(SparkObjective objective, INDArray theta, Parameterization parameterization, List<Part> asked) {
        this.objective = objective;
        this.parameterization = parameterization;
        this.asked = asked;
        sent.add(objective.send(theta));
        parameterization.directions().forEach(direction -> sent.add(objective.send(direction)));
        this.slice = new BroadcastSlice(
                objective.opened(),
                parameterization.uniform(),
                sent.get(0).vector(),
                sent.subList(1, sent.size()).stream()
                        .map(SparkObjective.Sent::vector)
                        .toList());
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        if (points.length == 0) {
            return new ObjectiveValue[0];
        }
        double[][][][] table = CoefficientTable.table(parameterization, objective.layout(), points);
        return objective.spreadsPoints() ? shares(table) : parts(table);
    }

    private ObjectiveValue[] parts(double[][][][] table) {
        return Reductions.values(objective.ask("plane", new PartQuery.Values(slice, table, true)), objective.weights());
    }

    /**
     * Neighbouring points go to the same core; shares differ by at most one point. The first call, which may have
     * only one point, goes to all cores, so that they prepare at the same time.
     */
    private ObjectiveValue[] shares(double[][][][] table) {
        int count = opened ? Math.min(asked.size(), table.length) : asked.size();
        opened = true;
        List<PartQuery<double[]>> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[][][][] share = Arrays.copyOfRange(table, table.length * i / count, table.length * (i + 1) / count);
            queries.add(new PartQuery.Values(slice, share, false));
        }
        List<double[]> answers = objective.ask("plane", asked, queries);
        return answers.stream()
                .flatMap(answer -> Arrays.stream(Reductions.values(answer)))
                .toArray(ObjectiveValue[]::new);
    }

    /** As many points for each core as one machine takes in a call: a call is a job, which costs some milliseconds. */
    @Override
    public int pointsPerCall() {
        return asked.size() * Slice.super.pointsPerCall();
    }

    @Override
    public void close() {
        objective.closed(slice.id());
        sent.forEach(SparkObjective.Sent::close);
    }
}
