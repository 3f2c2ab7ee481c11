package org.thalweg.demo.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Kendall's rank correlation among settings that differ in one hyperparameter alone, averaged over all values of the
 * others: psi_i of Y. Jiang, B. Neyshabur, H. Mobahi, D. Krishnan and S. Bengio, "Fantastic generalization measures and where
 * to find them", ICLR 2020, arXiv 1912.02178, section 2.2.2. It does not reward a measure for telling which value of another
 * hyperparameter was used.
 */
public final class GranulatedKendall {

    private GranulatedKendall() {}

    /**
     * The coefficient of one hyperparameter.
     *
     * @param settings values of the hyperparameters, {@code [n]} lists of the same length
     * @param varied index of the hyperparameter
     * @param x finite, {@code [n]}
     * @param y finite, {@code [n]}
     * @return from -1 to 1; NaN if no two settings differ in this hyperparameter alone
     */
    public static double of(List<? extends List<?>> settings, int varied, double[] x, double[] y) {
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < settings.size(); i++) {
            List<Object> others = new ArrayList<>(settings.get(i));
            others.remove(varied);
            groups.computeIfAbsent(others, same -> new ArrayList<>()).add(i);
        }
        return groups.values().stream()
                .filter(group -> group.size() > 1)
                .mapToDouble(group -> kendall(pick(group, x), pick(group, y)))
                .average()
                .orElse(Double.NaN);
    }

    private static double[] pick(List<Integer> group, double... values) {
        return group.stream().mapToDouble(i -> values[i]).toArray();
    }

    /** The share of pairs in the same order minus that in the opposite order; ties are neither (Jiang et al., equation 1). */
    static double kendall(double[] x, double[] y) {
        int n = x.length;
        double concordance = IntStream.range(0, n)
                .mapToDouble(i -> IntStream.range(0, i)
                        .mapToDouble(j -> Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]))
                        .sum())
                .sum();
        return concordance / (n * (n - 1) / 2.0);
    }
}
