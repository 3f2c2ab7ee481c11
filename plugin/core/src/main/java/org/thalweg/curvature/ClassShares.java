package org.thalweg.curvature;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ProbePart;

/**
 * Loss, accuracy and curvature by class. The Hessian is the sum over the classes c of n_c / n H_c, where H_c is the Hessian of the
 * mean loss over the n_c examples of the class; the share of a class in the curvature along a unit eigenvector v is
 * n_c / n v^T H_c v / v^T H v. The sharpest directions of classifiers separate single classes from the others (V. Papyan,
 * "Measurements of three-level hierarchical structure in the outliers in the spectrum of deepnet Hessians", 2019, arXiv 1901.08244), so
 * a share near 1 names the class that a direction belongs to. A share is negative where the loss of a class bends down along v.
 *
 * <p>All have 95 % bars for the data that the probe was drawn from, by the spread over the {@link CurvatureOperator#BATCHES batches}
 * that sampling errors of eigenvalues come from; accuracies by the binomial distribution. The classes are evaluated batch by batch.
 *
 * <p>One product for each of the largest eigenvalues, and one evaluation. Works on {@link CurvatureOperator#CLASSES} alone.
 *
 * @param ends the estimator that found the eigenvectors
 * @since 0.2.0
 */
public record ClassShares(ExtremeEigenvalues ends) implements CurvatureEstimator<ClassReport> {

    @Override
    public String name() {
        return "shares";
    }

    @Override
    public ClassReport estimate(NamedOperator operator, CurvaturePoint point) {
        if (!(operator.matrix() instanceof PartedHessian parted)) {
            throw new AbsentException("classes: " + operator.name() + " is not a mean over classes of the probe");
        }
        List<EigenPair> largest = point.found(CurvatureOperator.HESSIAN.name(), ends)
                .map(LanczosResult::largest)
                .orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
        List<ProbePart> parts = parted.parts();
        int[] classes = parts.stream()
                .mapToInt(ProbePart::classNumber)
                .distinct()
                .sorted()
                .toArray();
        double[][] examples = byClass(
                parts, classes, parts.stream().mapToDouble(ProbePart::size).toArray());
        ClassSpread spread = new ClassSpread(examples);
        double[][] shares = new double[largest.size()][];
        double[][] shareBars = new double[largest.size()][];
        for (int i = 0; i < shares.length; i++) {
            INDArray vector = largest.get(i).vector();
            if (vector == null || !largest.get(i).converged()) {
                shares[i] = absent(classes);
                shareBars[i] = absent(classes);
            } else {
                double[][] forms = byClass(parts, classes, parted.forms(vector));
                shares[i] = spread.shares(forms);
                shareBars[i] = spread.shareBars(forms);
            }
        }
        List<ObjectiveValue> values = point.classes().evaluate(point.theta());
        double[][] losses = byClass(
                parts,
                classes,
                values.stream().mapToDouble(ObjectiveValue::loss).toArray());
        double[][] accuracies = byClass(
                parts,
                classes,
                values.stream()
                        .mapToDouble(value -> value.accuracy().orElse(Double.NaN))
                        .toArray());
        int[] sizes = Arrays.stream(examples)
                .mapToInt(of -> (int) Arrays.stream(of).sum())
                .toArray();
        double[] accuracy = spread.means(accuracies);
        double[] accuracyBar = new double[classes.length];
        Arrays.setAll(accuracyBar, c -> ClassSpread.rateBar(accuracy[c], sizes[c]));
        return new ClassReport(
                classes,
                sizes,
                spread.means(losses),
                spread.meanBars(losses),
                accuracy,
                accuracyBar,
                shares,
                shareBars);
    }

    /** Values of parts by class and batch, {@code [classes][batches]}; 0 where a batch has no example of a class. */
    private static double[][] byClass(List<ProbePart> parts, int[] classes, double[] values) {
        int batches = 1 + parts.stream().mapToInt(ProbePart::batchNumber).max().orElseThrow();
        double[][] sorted = new double[classes.length][batches];
        for (int i = 0; i < values.length; i++) {
            int c = Arrays.binarySearch(classes, parts.get(i).classNumber());
            sorted[c][parts.get(i).batchNumber()] = values[i];
        }
        return sorted;
    }

    private static double[] absent(int[] classes) {
        double[] values = new double[classes.length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /**
     * {@code top_class} and {@code top_share} say to which class the sharpest direction belongs, and by how much; they are left out
     * where it has not converged. Arrays are {@code classes}, {@code examples}, {@code loss}, {@code accuracy}, and {@code share_1},
     * {@code share_2}, ... for the largest eigenvalue, the second largest, ..., each but the first two with its 95 % bars: {@code loss_bar},
     * {@code accuracy_bar}, {@code share_1_bar}, ...
     */
    @Override
    public EstimateValues values(ClassReport report) {
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("products", (double) products(report));
        Map<String, double[]> arrays = new HashMap<>();
        arrays.put("classes", Arrays.stream(report.classes()).asDoubleStream().toArray());
        arrays.put("examples", Arrays.stream(report.examples()).asDoubleStream().toArray());
        arrays.put("loss", report.loss());
        arrays.put("loss_bar", report.lossBar());
        arrays.put("accuracy", report.accuracy());
        arrays.put("accuracy_bar", report.accuracyBar());
        double[][] shares = report.shares();
        for (int i = 0; i < shares.length; i++) {
            arrays.put("share_" + (i + 1), shares[i]);
            arrays.put("share_" + (i + 1) + "_bar", report.shareBars()[i]);
        }
        if (shares.length > 0 && Double.isFinite(shares[0][0])) {
            int top = 0;
            for (int c = 1; c < shares[0].length; c++) {
                top = shares[0][c] > shares[0][top] ? c : top;
            }
            numbers.put("top_class", (double) report.classes()[top]);
            numbers.put("top_share", shares[0][top]);
        }
        return new EstimateValues(numbers, arrays);
    }

    @Override
    public long products(ClassReport report) {
        return Arrays.stream(report.shares())
                .filter(shares -> Double.isFinite(shares[0]))
                .count();
    }

    @Override
    public long bytes(long n, DataType type) {
        return 2 * n * type.width();
    }
}
