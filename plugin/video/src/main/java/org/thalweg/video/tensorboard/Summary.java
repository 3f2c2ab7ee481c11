package org.thalweg.video.tensorboard;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SpectralDensityValues;

/** A frame as TensorFlow's {@code Summary}: values by tag, in the groups that TensorBoard shows. */
final class Summary {

    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;
    private static final int RGB = 3;

    /** Buckets of a histogram of single eigenvalues. */
    private static final int BUCKETS = 30;

    private final ProtoMessage message = new ProtoMessage();

    private Summary() {}

    /** The numbers of a frame. */
    static ProtoMessage numbers(Frame frame) {
        Summary summary = new Summary();
        summary.scalar("loss/train", frame.loss());
        summary.scalar("loss/validation", frame.validationLoss());
        summary.scalar("accuracy/train", frame.accuracy());
        summary.scalar("accuracy/validation", frame.validationAccuracy());
        summary.curvature(frame.curvature());
        new TreeMap<>(frame.quantities()).forEach((name, value) -> summary.scalar("quantities/" + name, value));
        new TreeMap<>(frame.seconds()).forEach((stage, value) -> summary.scalar("seconds/" + stage, value));
        return summary.message;
    }

    /**
     * A picture.
     *
     * @param png a PNG file's content
     */
    static ProtoMessage picture(String tag, int width, int height, byte[] png) {
        ProtoMessage image = new ProtoMessage()
                .integer(1, height)
                .integer(2, width)
                .integer(3, RGB)
                .bytes(4, png);
        Summary summary = new Summary();
        summary.value(tag, new ProtoMessage(), IMAGE, image);
        return summary.message;
    }

    private void curvature(CurvatureValues curvature) {
        curvature.lambdaMax().ifPresent(eigenvalue -> eigenvalue("hessian/lambda_max", eigenvalue));
        curvature.lambdaMin().ifPresent(eigenvalue -> eigenvalue("hessian/lambda_min", eigenvalue));
        curvature.trace().ifPresent(trace -> {
            scalar("hessian/trace", trace.value());
            scalar("hessian/trace_standard_error", trace.standardError());
            scalar("hessian/trace_sampling_error", trace.samplingError());
        });
        curvature.estimates().forEach(this::estimate);
        if (curvature.density().isPresent()) {
            density(curvature.density().get());
            return;
        }
        List<Eigenvalue> known = Stream.concat(curvature.largest().stream(), curvature.smallest().stream())
                .toList();
        if (!known.isEmpty()) {
            eigenvalues(known.stream().mapToDouble(Eigenvalue::value).sorted().toArray());
        }
    }

    private void estimate(Estimate estimate) {
        String group = "estimates/" + estimate.operator() + "/" + estimate.estimator() + "/";
        new TreeMap<>(estimate.values().numbers()).forEach((name, value) -> scalar(group + name, value));
    }

    private void eigenvalue(String tag, Eigenvalue eigenvalue) {
        scalar(tag, eigenvalue.value());
        scalar(tag + "_residual", eigenvalue.residual());
        eigenvalue.samplingError().ifPresent(error -> scalar(tag + "_sampling_error", error));
        eigenvalue.validation().ifPresent(along -> scalar(tag + "_validation", along));
    }

    private void scalar(String tag, OptionalDouble value) {
        if (value.isPresent()) {
            scalar(tag, value.getAsDouble());
        }
    }

    private void scalar(String tag, double value) {
        message.message(VALUE, new ProtoMessage().text(TAG, tag).single(SIMPLE_VALUE, (float) value));
    }

    /** The density's mass in its cells, 1 in all. */
    private void density(SpectralDensityValues density) {
        double spacing = density.spacing();
        double[] lambda = density.lambda();
        double[] limits =
                Arrays.stream(lambda).map(value -> value + spacing / 2).toArray();
        double[] mass =
                Arrays.stream(density.value()).map(value -> value * spacing).toArray();
        double squares = density.variance() + density.mean() * density.mean();
        histogram(lambda[0] - spacing / 2, limits, mass, density.mean(), squares);
    }

    /** The computed eigenvalues, ascending, each counted once. */
    private void eigenvalues(double[] values) {
        double low = values[0];
        double width = (values[values.length - 1] - low) / BUCKETS;
        double[] limits = new double[BUCKETS];
        double[] counts = new double[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            limits[i] = low + (i + 1) * width;
        }
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            int bucket = width > 0 ? (int) Math.ceil((value - low) / width) - 1 : 0;
            counts[Math.max(0, Math.min(bucket, BUCKETS - 1))]++;
            sum += value;
            squares += value * value;
        }
        histogram(low, limits, counts, sum, squares);
    }

    private void histogram(double low, double[] limits, double[] counts, double sum, double squares) {
        ProtoMessage histogram = new ProtoMessage()
                .number(1, low)
                .number(2, limits[limits.length - 1])
                .number(3, Arrays.stream(counts).sum())
                .number(4, sum)
                .number(5, squares)
                .numbers(6, limits)
                .numbers(7, counts);
        value("hessian/spectrum", new ProtoMessage(), HISTOGRAM, histogram);
    }

    private void value(String tag, ProtoMessage value, int field, ProtoMessage content) {
        message.message(VALUE, value.text(TAG, tag).message(field, content));
    }
}
