package org.thalweg.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SurfaceValues;

/** The values of the gauges for a frame. */
final class GaugeValues {

    private final Map<MeterKey, Double> values = new HashMap<>();

    private GaugeValues() {}

    static Map<MeterKey, Double> of(Frame frame) {
        GaugeValues gauges = new GaugeValues();
        gauges.put(frame.loss(), MeterNames.LOSS, "train");
        gauges.put(frame.validationLoss(), MeterNames.LOSS, "validation");
        gauges.put(frame.accuracy(), MeterNames.ACCURACY, "train");
        gauges.put(frame.validationAccuracy(), MeterNames.ACCURACY, "validation");
        gauges.put((double) frame.iteration(), MeterNames.ITERATION);
        gauges.put(frame.epoch(), MeterNames.EPOCH);
        gauges.put(meanRise(frame.surface(), frame.loss()), MeterNames.SURFACE_RISE);
        gauges.put(frame.surface().evaluatedPoints(), MeterNames.SURFACE_POINTS);
        gauges.put(frame.curvature());
        frame.findings()
                .forEach(finding -> gauges.put(
                        1,
                        MeterNames.FINDING,
                        finding.kind(),
                        finding.severity().label()));
        frame.quantities().forEach((name, value) -> gauges.put(value, MeterNames.QUANTITY, name));
        return Map.copyOf(gauges.values);
    }

    /**
     * The flatness of a surface: the mean of L(theta + alpha delta + beta eta) - L(theta) over the grid points with a
     * finite loss, interpolated ones included: a mean of the computed ones alone would be that of the places where they
     * are dense. It depends on grid and normalization, so it compares frames of a run, and runs with
     * the same options. NaN if there is no such point.
     */
    static double meanRise(SurfaceValues surface, double loss) {
        boolean[][] known = surface.known();
        double[][] losses = surface.loss();
        double sum = 0;
        int points = 0;
        for (int row = 0; row < losses.length; row++) {
            for (int column = 0; column < losses[row].length; column++) {
                if (known[row][column] && Double.isFinite(losses[row][column])) {
                    sum += losses[row][column] - loss;
                    points++;
                }
            }
        }
        return points == 0 ? Double.NaN : sum / points;
    }

    private void put(CurvatureValues curvature) {
        put((double) curvature.products(), MeterNames.PRODUCTS);
        put(curvature.asymmetry(), MeterNames.ASYMMETRY);
        String method = curvature.method();
        curvature.lambdaMax().ifPresent(largest -> put(largest.value(), MeterNames.SHARPNESS, method));
        curvature.trace().ifPresent(trace -> {
            put(trace.value(), MeterNames.TRACE, method);
            put(trace.standardError(), MeterNames.TRACE_ERROR, method);
            put(trace.samplingError(), MeterNames.TRACE_SAMPLING_ERROR, method);
        });
        for (LayerCurvatureValues layer : curvature.layers()) {
            put(layer.lambdaMax().value(), MeterNames.LAYER_EIGENVALUE, layer.layer(), "largest", method);
            put(layer.lambdaMin().value(), MeterNames.LAYER_EIGENVALUE, layer.layer(), "smallest", method);
            layer.trace().ifPresent(trace -> put(trace.value(), MeterNames.LAYER_TRACE, layer.layer(), method));
        }
        curvature.gaussNewton().ifPresent(found -> {
            put(found.lambdaMax().value(), MeterNames.GAUSS_NEWTON);
            put(found.share(), MeterNames.GAUSS_NEWTON_SHARE);
        });
        for (Estimate estimate : curvature.estimates()) {
            estimate.values()
                    .numbers()
                    .forEach((name, value) ->
                            put(value, MeterNames.ESTIMATE, estimate.operator(), estimate.estimator(), name));
        }
        put(curvature.referenceDeviation(), MeterNames.REFERENCE_DEVIATION);
        List<Eigenvalue> largest = curvature.largest();
        for (int i = 0; i < largest.size(); i++) {
            put(largest.get(i), "largest", i + 1, method);
        }
        List<Eigenvalue> smallest = curvature.smallest();
        for (int i = 0; i < smallest.size(); i++) {
            put(smallest.get(i), "smallest", smallest.size() - i, method);
        }
    }

    private void put(Eigenvalue eigenvalue, String end, int rank, String method) {
        String place = Integer.toString(rank);
        put(eigenvalue.value(), MeterNames.EIGENVALUE, end, place, method);
        put(eigenvalue.residual(), MeterNames.RESIDUAL, end, place, method);
        put(eigenvalue.converged() ? 1 : 0, MeterNames.CONVERGED, end, place, method);
        put(eigenvalue.samplingError(), MeterNames.SAMPLING_ERROR, end, place, method);
        put(eigenvalue.validation(), MeterNames.VALIDATION_CURVATURE, end, place, method);
    }

    private void put(OptionalDouble value, MeterNames meter, String... tagValues) {
        value.ifPresent(present -> put(present, meter, tagValues));
    }

    private void put(double value, MeterNames meter, String... tagValues) {
        values.put(MeterKey.of(meter, tagValues), value);
    }
}
