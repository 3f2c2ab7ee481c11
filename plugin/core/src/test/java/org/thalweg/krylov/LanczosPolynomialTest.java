package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.math3.special.Beta;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.Seeds;

/** Bounds of a spectrum from one sequence: closed forms, and the inequality that they rest on. */
class LanczosPolynomialTest {

    private final long seed = Seeds.fresh("LanczosPolynomialTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    /** The squared component of a random unit vector has the distribution Beta(1/2, (n-1)/2). */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 10, 1000, 1_000_000})
    void aSmallerComponentIsAsRareAsSaid(int n) {
        double least = LanczosPolynomial.leastComponent(n, 1e-3);
        assertThat(Beta.regularizedBeta(least * least, 0.5, (n - 1) / 2.0)).isCloseTo(1e-3, within(1e-8));
    }

    /** Coefficients 1/sqrt(2), 1/2, 1/2, ... with a diagonal of 0 make Chebyshev's polynomials: p_k = sqrt(2) T_k. */
    @Test
    void growsAsChebyshevsPolynomials() {
        long n = 1_000_000;
        double required = 1 / LanczosPolynomial.leastComponent(n, 1e-3);
        for (int k = 2; k < 40; k++) {
            LanczosPolynomial polynomial = new LanczosPolynomial(k);
            polynomial.begin(n, 1);
            for (int j = 0; j < k; j++) {
                polynomial.step(0, j == 0 ? Math.sqrt(0.5) : 0.5);
            }
            double argument = required / Math.sqrt(2);
            double acosh = Math.log(argument + Math.sqrt(argument * argument - 1));
            double bound = Math.cosh(acosh / k);
            assertThat(polynomial.boundsAbove(bound * (1 + 1e-9)))
                    .as("k = %d", k)
                    .isTrue();
            assertThat(polynomial.boundsAbove(bound * (1 - 1e-9)))
                    .as("k = %d", k)
                    .isFalse();
            assertThat(polynomial.boundsBelow(-bound * (1 + 1e-9)))
                    .as("k = %d", k)
                    .isTrue();
            assertThat(polynomial.boundsBelow(-bound * (1 - 1e-9)))
                    .as("k = %d", k)
                    .isFalse();
        }
    }

    @Test
    void knowsNothingInsideTheRitzValuesWithoutAStartAndAfterARestart() {
        LanczosPolynomial polynomial = new LanczosPolynomial(2);
        polynomial.step(0, 1e-12);
        assertThat(polynomial.boundsAbove(1)).isFalse();
        polynomial.begin(100, 1);
        assertThat(polynomial.boundsAbove(1)).isFalse();
        polynomial.step(0, 1e-12);
        assertThat(polynomial.boundsAbove(1)).isTrue();
        assertThat(polynomial.boundsAbove(-1)).isFalse();
        assertThat(polynomial.boundsBelow(1)).isFalse();
        polynomial.forget();
        assertThat(polynomial.boundsAbove(1)).isFalse();
    }

    /** Whatever the spectrum: where the start has the component that was assumed, no bound is ever crossed. */
    @RepeatedTest(20)
    void neverBoundsWhatTheStartHasEnoughOf() {
        int n = random.nextInt(40, 200);
        double[] values = random.doubles(n, -1, 1).map(x -> x * x * x).sorted().toArray();
        values[n - 1] = values[n - 2] + Math.pow(10, random.nextDouble(-6, 0));
        double[] start = random.doubles(n, -1, 1).toArray();
        start[n - 1] = 0;
        double rest = norm(start);
        start[n - 1] = 1.01 * LanczosPolynomial.leastComponent(n, 1e-3) * rest;
        LanczosPolynomial polynomial = new LanczosPolynomial(30);
        polynomial.begin(n, 1);
        double[][] basis = new double[31][];
        basis[0] = scaled(start, 1 / norm(start));
        for (int k = 0; k < 30; k++) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                next[i] = values[i] * basis[k][i];
            }
            double alpha = dot(next, basis[k]);
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j <= k; j++) {
                    double inner = dot(next, basis[j]);
                    for (int i = 0; i < n; i++) {
                        next[i] -= inner * basis[j][i];
                    }
                }
            }
            double beta = norm(next);
            polynomial.step(alpha, beta);
            basis[k + 1] = scaled(next, 1 / beta);
            assertThat(polynomial.boundsAbove(values[n - 1] - 1e-12))
                    .as("step %d, seed %d", k, seed)
                    .isFalse();
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double[] scaled(double[] a, double factor) {
        double[] scaled = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            scaled[i] = factor * a[i];
        }
        return scaled;
    }
}
