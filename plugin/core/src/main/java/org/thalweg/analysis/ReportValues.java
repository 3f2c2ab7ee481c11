package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.GaussNewtonReport;
import org.thalweg.curvature.LayerReport;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.TraceEstimate;

/** Turns what a look at the curvature found into plain values. */
final class ReportValues {

    private ReportValues() {}

    static CurvatureValues of(CurvatureReport report, Optional<CurvatureOptions> options) {
        return new CurvatureValues(
                eigenvalues(report.largest()),
                eigenvalues(report.smallest()),
                report.method().label(),
                report.products(),
                report.asymmetry(),
                report.reason(),
                trace(report, options),
                density(report, options),
                report.layers().stream().map(ReportValues::layer).toList(),
                report.gaussNewton().map(found -> gaussNewton(found, options)),
                report.reference().map(ReportValues::values).orElse(List.of()),
                report.absent());
    }

    private static List<CurvatureValues.Eigenvalue> eigenvalues(List<EigenPair> pairs) {
        return pairs.stream().map(ReportValues::eigenvalue).toList();
    }

    private static CurvatureValues.Eigenvalue eigenvalue(EigenPair pair) {
        return new CurvatureValues.Eigenvalue(pair.value(), pair.residual(), pair.converged());
    }

    private static List<Double> values(LanczosResult reference) {
        return Stream.concat(reference.largest().stream(), reference.smallest().stream())
                .map(EigenPair::value)
                .toList();
    }

    private static LayerCurvatureValues layer(LayerReport report) {
        return new LayerCurvatureValues(
                report.layer(),
                report.parameters(),
                eigenvalue(report.largest()),
                eigenvalue(report.smallest()),
                report.trace().map(trace -> value(trace, "hutchinson")));
    }

    private static GaussNewtonValues gaussNewton(GaussNewtonReport report, Optional<CurvatureOptions> options) {
        return new GaussNewtonValues(
                eigenvalue(report.largest()),
                report.share(),
                options.flatMap(CurvatureOptions::trace)
                        .flatMap(how -> report.trace().map(trace -> value(trace, how.estimator()))),
                report.products());
    }

    private static Optional<TraceValue> trace(CurvatureReport report, Optional<CurvatureOptions> options) {
        return options.flatMap(CurvatureOptions::trace)
                .flatMap(how -> report.trace().map(trace -> value(trace, how.estimator())));
    }

    private static TraceValue value(TraceEstimate trace, String estimator) {
        return new TraceValue(trace.value(), trace.standardError(), estimator, trace.samples(), trace.products());
    }

    private static Optional<SpectralDensityValues> density(CurvatureReport report, Optional<CurvatureOptions> options) {
        return options.flatMap(CurvatureOptions::density)
                .flatMap(how -> report.density().map(density -> value(density, how.steps())));
    }

    private static SpectralDensityValues value(SpectralDensity density, int steps) {
        return new SpectralDensityValues(
                density.lambda(),
                density.density(),
                density.kernelWidth(),
                density.quadratures().size(),
                steps,
                density.mean(),
                density.meanStandardError(),
                density.variance(),
                density.varianceStandardError(),
                density.products());
    }
}
