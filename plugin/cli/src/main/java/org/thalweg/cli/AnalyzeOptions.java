package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.objective.Device;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of the analyze command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnalyzeOptions {

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = {
                "Models saved by ModelSerializer; models of Keras 1 or 2 (.h5), with their loss; RUN/weights/N.h5 of a"
                        + " run",
                "with recorded weights; or a folder of them by CheckpointListener or early stopping: with --plane pca",
                "all, otherwise the best or last one."
            })
    List<Path> models;

    @Mixin
    DataOptions data;

    @Mixin
    ClassOptions classes;

    @Mixin
    PlaneOptions plane;

    @Option(
            names = "--adaptive",
            paramLabel = "T",
            arity = "0..1",
            fallbackValue = "0.005",
            description = {
                "Compute points of the surface only where interpolation would be off by more than this share of the",
                "drawn range, and interpolate the others (default: all are computed; without T: ${FALLBACK-VALUE})."
            })
    @Nullable
    Double tolerance;

    @Option(
            names = "--eigenvalues",
            paramLabel = "K",
            description = "Number of eigenvalues at each end of the Hessian's spectrum (default: 1); 0 for none.")
    @Nullable
    Integer eigenvalues;

    @Option(
            names = "--density",
            description = "Also compute the density of all eigenvalues, which takes 800 more products.")
    boolean density;

    @Option(
            names = "--planes",
            paramLabel = "K",
            description = {
                "Also compute K random planes on 9 x 9 points each, and say how typical the plane is among them,",
                "by its mean rise, its convexity and its hollows."
            })
    @Nullable
    Integer planes;

    @Option(
            names = "--class-shares",
            description = "Also compute loss, accuracy and share in the largest eigenvalues by class.")
    boolean classShares;

    @Option(
            names = "--convexity",
            paramLabel = "N",
            description = "Also compute |lambda_min/lambda_max| at N x N of the surface's points.")
    @Nullable
    Integer convexity;

    @Mixin
    FunctionOptions function;

    @Option(
            names = "--save-directions",
            description = "Save the directions in the file, so that others can recompute the surface.")
    boolean saveDirections;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = {
                "Stop after M minutes, once the eigenvalues in progress are done; the same command",
                "continues the file."
            })
    @Nullable
    Double minutes;

    @Mixin
    DeviceOption on;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = {
                "Compute on an Apache Spark cluster: spark://HOST:PORT, or local[N].",
                "This needs Spark on the class path: start plugin/spark/thalweg-spark instead of thalweg.",
                "Then --data may also be Parquet or a URI of Hadoop's file systems, such as hdfs://HOST/PATH."
            })
    @Nullable
    String master;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as out.h5. If the same command has begun it, it is continued.",
            required = true)
    Path output;

    /**
     * Refuses contradictory options.
     *
     * @throws IllegalArgumentException naming it
     */
    void check() {
        plane.check(models.size());
        data.check();
        function.check();
        if (tolerance != null && !(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "--adaptive must be a share of the drawn range, above 0 and below 1, got " + tolerance);
        }
        if (eigenvalues != null && eigenvalues < 0) {
            throw new IllegalArgumentException("--eigenvalues must not be negative, got " + eigenvalues);
        }
        if (master != null && !on.device.equals(Device.AUTO)) {
            throw new IllegalArgumentException("--master computes on a cluster: remove it, or --device " + on.device);
        }
        if (eigenvalues != null && eigenvalues > EigenvalueQuery.MOST) {
            throw new IllegalArgumentException(
                    "--eigenvalues must be at most " + EigenvalueQuery.MOST + ", got " + eigenvalues);
        }
        if (minutes != null && !(minutes > 0 && Double.isFinite(minutes))) {
            throw new IllegalArgumentException("--minutes must be positive and finite, got " + minutes);
        }
        if (classShares && eigenvalues != null && eigenvalues == 0) {
            throw new IllegalArgumentException(
                    "--class-shares are shares in eigenvalues: remove it, or --eigenvalues 0");
        }
        if (planes != null && planes < 2) {
            throw new IllegalArgumentException("--planes must be at least 2, for a spread, got " + planes);
        }
        boolean curved = (eigenvalues != null && eigenvalues > 0)
                || density
                || classShares
                || planes != null
                || convexity != null;
        if (plane.line && (curved || saveDirections || tolerance != null)) {
            throw new IllegalArgumentException("--eigenvalues, --density, --class-shares, --planes, --convexity,"
                    + " --adaptive and --save-directions are for surfaces: remove them, or --line");
        }
    }
}
