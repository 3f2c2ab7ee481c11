package org.thalweg.recording;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.TraceValue;

/** The group {@code /curvature} of a frame's file, written and read. */
final class CurvatureGroup {

    private static final String ABSENT = "absent_";

    private CurvatureGroup() {}

    static void write(WritableGroup group, CurvatureValues curvature) {
        group.putAttribute("largest", curvature.largest().size());
        group.putAttribute("smallest", curvature.smallest().size());
        Hdf5.putText(group, "method", curvature.method());
        group.putAttribute("products", curvature.products());
        group.putAttribute("asymmetry", curvature.asymmetry());
        curvature.reason().ifPresent(reason -> {
            Hdf5.putText(group, "reason", reason);
            // The group needs a dataset even without eigenvalues.
            group.putDataset("reason", reason);
        });
        curvature.absent().forEach((name, reason) -> Hdf5.putText(group, ABSENT + name, reason));
        List<Eigenvalue> all = new ArrayList<>(curvature.largest());
        all.addAll(curvature.smallest());
        if (!all.isEmpty()) {
            writeEigenvalues(group, all);
        }
        curvature.trace().ifPresent(trace -> writeTrace(group, trace));
        curvature.density().ifPresent(density -> writeDensity(group.putGroup("density"), density));
        if (!curvature.layers().isEmpty()) {
            WritableGroup layers = group.putGroup("layers");
            for (int i = 0; i < curvature.layers().size(); i++) {
                LayerCurvatureValues layer = curvature.layers().get(i);
                WritableGroup own = layers.putGroup(RunFormat.escape(layer.layer()));
                // HDF5 readers list groups by name.
                own.putAttribute("index", i);
                writeLayer(own, layer);
            }
        }
        curvature.gaussNewton().ifPresent(found -> writeGaussNewton(group.putGroup("gauss_newton"), found));
        if (!curvature.estimates().isEmpty()) {
            writeEstimates(group.putGroup("estimates"), curvature.estimates());
        }
        if (!curvature.reference().isEmpty()) {
            group.putDataset(
                    "reference",
                    curvature.reference().stream().mapToDouble(value -> value).toArray());
        }
    }

    private static void writeEstimates(WritableGroup group, List<Estimate> estimates) {
        Map<String, WritableGroup> operators = new HashMap<>();
        for (Estimate estimate : estimates) {
            WritableGroup own = operators
                    .computeIfAbsent(estimate.operator(), name -> group.putGroup(RunFormat.escape(name)))
                    .putGroup(RunFormat.escape(estimate.estimator()));
            estimate.values().numbers().forEach(own::putDataset);
            estimate.values().arrays().forEach(own::putDataset);
        }
    }

    private static void writeLayer(WritableGroup group, LayerCurvatureValues layer) {
        group.putAttribute("parameters", layer.parameters());
        writeEigenvalues(group, List.of(layer.lambdaMax(), layer.lambdaMin()));
        layer.trace().ifPresent(trace -> writeTrace(group, trace));
    }

    private static void writeGaussNewton(WritableGroup group, GaussNewtonValues found) {
        group.putAttribute("share", found.share());
        group.putAttribute("products", found.products());
        writeEigenvalues(group, List.of(found.lambdaMax()));
        found.trace().ifPresent(trace -> writeTrace(group, trace));
    }

    private static void writeEigenvalues(WritableGroup group, List<Eigenvalue> all) {
        group.putDataset(
                "eigenvalues", all.stream().mapToDouble(Eigenvalue::value).toArray());
        group.putDataset(
                "residuals", all.stream().mapToDouble(Eigenvalue::residual).toArray());
        boolean[] converged = new boolean[all.size()];
        for (int i = 0; i < converged.length; i++) {
            converged[i] = all.get(i).converged();
        }
        group.putDataset("converged", Hdf5.bytes(converged));
        putKnown(
                group,
                "sampling_errors",
                all.stream().map(Eigenvalue::samplingError).toList());
        putKnown(group, "validation", all.stream().map(Eigenvalue::validation).toList());
    }

    /** NaN for an absent value; no dataset if all are absent. */
    private static void putKnown(WritableGroup group, String name, List<OptionalDouble> values) {
        if (values.stream().anyMatch(OptionalDouble::isPresent)) {
            group.putDataset(
                    name,
                    values.stream()
                            .mapToDouble(value -> value.orElse(Double.NaN))
                            .toArray());
        }
    }

    private static void writeTrace(WritableGroup group, TraceValue trace) {
        WritableDataset dataset = group.putDataset("trace", trace.value());
        dataset.putAttribute("standard_error", trace.standardError());
        dataset.putAttribute("estimator", trace.estimator());
        dataset.putAttribute("samples", trace.samples());
        dataset.putAttribute("products", trace.products());
        trace.samplingError().ifPresent(error -> dataset.putAttribute("sampling_error", error));
    }

    private static void writeDensity(WritableGroup group, SpectralDensityValues density) {
        group.putDataset("lambda", density.lambda());
        group.putDataset("value", density.value());
        group.putAttribute("kernel_width", density.kernelWidth());
        group.putAttribute("probes", density.probes());
        group.putAttribute("steps", density.steps());
        group.putAttribute("mean", density.mean());
        group.putAttribute("mean_standard_error", density.meanStandardError());
        group.putAttribute("variance", density.variance());
        group.putAttribute("variance_standard_error", density.varianceStandardError());
        group.putAttribute("products", density.products());
    }

    static CurvatureValues read(Group group) {
        int largest = Hdf5.number(group, "largest").intValue();
        int smallest = Hdf5.number(group, "smallest").intValue();
        List<Eigenvalue> all = largest + smallest > 0 ? eigenvalues(group) : List.of();
        return new CurvatureValues(
                all.subList(0, largest),
                all.subList(largest, largest + smallest),
                Hdf5.text(group, "method"),
                Hdf5.number(group, "products").longValue(),
                Hdf5.number(group, "asymmetry").doubleValue(),
                Hdf5.attribute(group, "reason", String.class),
                trace(group),
                Hdf5.findGroup(group, "density").map(CurvatureGroup::density),
                Hdf5.findGroup(group, "layers").map(CurvatureGroup::layers).orElse(List.of()),
                Hdf5.findGroup(group, "gauss_newton").map(CurvatureGroup::gaussNewton),
                Hdf5.find(group, "reference").map(CurvatureGroup::boxed).orElse(List.of()),
                Hdf5.texts(group, ABSENT),
                Hdf5.findGroup(group, "estimates")
                        .map(CurvatureGroup::estimates)
                        .orElse(List.of()));
    }

    private static List<Eigenvalue> eigenvalues(Group group) {
        double[] values = (double[]) Hdf5.data(group, "eigenvalues");
        double[] residuals = (double[]) Hdf5.data(group, "residuals");
        boolean[] converged = Hdf5.flags((byte[]) Hdf5.data(group, "converged"));
        Optional<double[]> errors = Hdf5.find(group, "sampling_errors").map(found -> (double[]) found);
        Optional<double[]> validation = Hdf5.find(group, "validation").map(found -> (double[]) found);
        List<Eigenvalue> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            all.add(new Eigenvalue(values[i], residuals[i], converged[i], at(errors, i), at(validation, i)));
        }
        return all;
    }

    private static OptionalDouble at(Optional<double[]> values, int index) {
        return values.isPresent() && !Double.isNaN(values.get()[index])
                ? OptionalDouble.of(values.get()[index])
                : OptionalDouble.empty();
    }

    private static List<LayerCurvatureValues> layers(Group group) {
        return group.getChildren().values().stream()
                .sorted(Comparator.comparingInt(
                        child -> Hdf5.number(child, "index").intValue()))
                .map(child -> layer((Group) child))
                .toList();
    }

    private static LayerCurvatureValues layer(Group group) {
        List<Eigenvalue> ends = eigenvalues(group);
        return new LayerCurvatureValues(
                RunFormat.unescape(group.getName()),
                Hdf5.number(group, "parameters").longValue(),
                ends.get(0),
                ends.get(1),
                trace(group));
    }

    private static GaussNewtonValues gaussNewton(Group group) {
        return new GaussNewtonValues(
                eigenvalues(group).get(0),
                Hdf5.number(group, "share").doubleValue(),
                trace(group),
                Hdf5.number(group, "products").longValue());
    }

    /** Sorted by name: HDF5 readers list groups in any order. */
    private static List<Estimate> estimates(Group group) {
        List<Estimate> estimates = new ArrayList<>();
        for (Node operator : group.getChildren().values()) {
            for (Node estimator : ((Group) operator).getChildren().values()) {
                estimates.add(new Estimate(
                        RunFormat.unescape(operator.getName()),
                        RunFormat.unescape(estimator.getName()),
                        estimate((Group) estimator)));
            }
        }
        estimates.sort(Comparator.comparing(Estimate::operator).thenComparing(Estimate::estimator));
        return estimates;
    }

    private static EstimateValues estimate(Group group) {
        Map<String, Double> numbers = new HashMap<>();
        Map<String, double[]> arrays = new HashMap<>();
        group.getChildren().forEach((name, child) -> {
            Object data = Hdf5.values((Dataset) child);
            if (data instanceof double[] values) {
                arrays.put(name, values);
            } else {
                numbers.put(name, ((Number) data).doubleValue());
            }
        });
        return new EstimateValues(numbers, arrays);
    }

    private static List<Double> boxed(Object values) {
        return Arrays.stream((double[]) values).boxed().toList();
    }

    private static Optional<TraceValue> trace(Group group) {
        return Hdf5.findDataset(group, "trace").map(CurvatureGroup::trace);
    }

    private static TraceValue trace(Dataset dataset) {
        return new TraceValue(
                ((Number) Hdf5.values(dataset)).doubleValue(),
                Hdf5.number(dataset, "standard_error").doubleValue(),
                Hdf5.text(dataset, "estimator"),
                Hdf5.number(dataset, "samples").intValue(),
                Hdf5.number(dataset, "products").longValue(),
                Hdf5.attribute(dataset, "sampling_error", Double.class)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()));
    }

    private static SpectralDensityValues density(Group group) {
        return new SpectralDensityValues(
                (double[]) Hdf5.data(group, "lambda"),
                (double[]) Hdf5.data(group, "value"),
                Hdf5.number(group, "kernel_width").doubleValue(),
                Hdf5.number(group, "probes").intValue(),
                Hdf5.number(group, "steps").intValue(),
                Hdf5.number(group, "mean").doubleValue(),
                Hdf5.number(group, "mean_standard_error").doubleValue(),
                Hdf5.number(group, "variance").doubleValue(),
                Hdf5.number(group, "variance_standard_error").doubleValue(),
                Hdf5.number(group, "products").longValue());
    }
}
