package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.thalweg.curvature.CurvatureEstimate;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.DensityEstimation;
import org.thalweg.curvature.EstimateKey;
import org.thalweg.curvature.GaussNewtonReport;
import org.thalweg.curvature.LayerReport;
import org.thalweg.curvature.SamplingErrors;
import org.thalweg.curvature.TraceEstimation;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.TraceEstimate;

/** Converts a curvature report to plain values. */
final class ReportValues {

    private ReportValues() {}

    static CurvatureValues of(CurvatureReport report) {
        return new CurvatureValues(
                eigenvalues(report, report.largest(), 0),
                eigenvalues(report, report.smallest(), report.largest().size()),
                report.method().label(),
                report.products(),
                report.asymmetry(),
                report.reason(),
                trace(report, CurvatureOperator.HESSIAN.name()),
                density(report),
                report.layers().stream().map(ReportValues::layer).toList(),
                report.gaussNewton().map(found -> gaussNewton(report, found)),
                report.reference().map(ReportValues::values).orElse(List.of()),
                report.absent(),
                estimates(report));
    }

    /** The estimates that have no component of their own, by the names of matrix and estimator. */
    private static List<Estimate> estimates(CurvatureReport report) {
        List<Estimate> estimates = new ArrayList<>();
        report.estimates().forEach((key, estimate) -> {
            if (!report.hasPlace(key)) {
                estimates.add(new Estimate(key.operator(), key.estimator(), estimate.values()));
            }
        });
        return estimates;
    }

    /** @param first index of the first pair among all in the report */
    private static List<CurvatureValues.Eigenvalue> eigenvalues(
            CurvatureReport report, List<EigenPair> pairs, int first) {
        Optional<double[]> errors = report.samplingErrors().map(SamplingErrors::eigenvalues);
        Optional<double[]> validation = report.validationCurvatures();
        List<CurvatureValues.Eigenvalue> all = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            EigenPair pair = pairs.get(i);
            all.add(new CurvatureValues.Eigenvalue(
                    pair.value(), pair.residual(), pair.converged(), at(errors, first + i), at(validation, first + i)));
        }
        return all;
    }

    private static OptionalDouble at(Optional<double[]> values, int index) {
        return values.isPresent() && Double.isFinite(values.get()[index])
                ? OptionalDouble.of(values.get()[index])
                : OptionalDouble.empty();
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
                report.trace().map(trace -> value(trace, "hutchinson", OptionalDouble.empty())));
    }

    private static GaussNewtonValues gaussNewton(CurvatureReport report, GaussNewtonReport found) {
        return new GaussNewtonValues(
                eigenvalue(found.largest()),
                found.share(),
                trace(report, CurvatureOperator.GAUSS_NEWTON.name()),
                found.products());
    }

    private static Optional<TraceValue> trace(CurvatureReport report, String operator) {
        CurvatureEstimate<?> estimate = report.estimates().get(new EstimateKey(operator, "trace"));
        return estimate != null
                        && estimate.value() instanceof TraceEstimate trace
                        && estimate.estimator() instanceof TraceEstimation how
                ? Optional.of(value(trace, how.options().estimator(), samplingError(report, operator)))
                : Optional.empty();
    }

    private static OptionalDouble samplingError(CurvatureReport report, String operator) {
        return operator.equals(CurvatureOperator.HESSIAN.name())
                ? report.samplingErrors().map(SamplingErrors::trace).orElse(OptionalDouble.empty())
                : OptionalDouble.empty();
    }

    private static TraceValue value(TraceEstimate trace, String estimator, OptionalDouble samplingError) {
        return new TraceValue(
                trace.value(), trace.standardError(), estimator, trace.samples(), trace.products(), samplingError);
    }

    private static Optional<SpectralDensityValues> density(CurvatureReport report) {
        CurvatureEstimate<?> estimate =
                report.estimates().get(new EstimateKey(CurvatureOperator.HESSIAN.name(), "density"));
        return estimate != null
                        && estimate.value() instanceof SpectralDensity density
                        && estimate.estimator() instanceof DensityEstimation how
                ? Optional.of(value(density, how.options().steps()))
                : Optional.empty();
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
