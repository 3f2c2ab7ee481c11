package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class PrincipalComponentsTest {

    private final long seed = Seeds.fresh("PrincipalComponentsTest");
    private final Random random = new Random(seed);

    /** The reference: singular values of the centred matrix of differences to the final point, decomposed whole. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void agreesWithTheSingularValuesOfTheCentredMatrix(DataType type) {
        List<INDArray> walk = walk(9, 40, type);
        PrincipalComponents found = PrincipalComponents.of(walk, 3);
        RealMatrix centred = centred(walk);
        SingularValueDecomposition reference = new SingularValueDecomposition(centred);
        double total = Math.pow(centred.getFrobeniusNorm(), 2);
        double tolerance = type == DataType.DOUBLE ? 1e-10 : 1e-4;
        for (int k = 0; k < 3; k++) {
            double sigma = reference.getSingularValues()[k];
            assertThat(found.singularValues()[k]).as("seed %d", seed).isCloseTo(sigma, within(tolerance * sigma));
            assertThat(found.explainedVariance()[k])
                    .isCloseTo(sigma * sigma / 8, within(2 * tolerance * sigma * sigma / 8));
            assertThat(found.explainedVarianceRatio()[k]).isCloseTo(sigma * sigma / total, within(2 * tolerance));
            double[] direction =
                    found.directions().get(k).castTo(DataType.DOUBLE).toDoubleVector();
            double cosine = new Array2DRowRealMatrix(direction)
                    .transpose()
                    .multiply(reference.getV().getColumnMatrix(k))
                    .getEntry(0, 0);
            // Vectors turn by the error over the gap to the next singular value.
            double gap = sigma - reference.getSingularValues()[k + 1];
            assertThat(Math.abs(cosine)).isCloseTo(1, within(Math.max(tolerance, tolerance * sigma / gap)));
        }
    }

    @Test
    void pointsOfAPlaneLieInTheirTwoComponents() {
        INDArray first = Networks.normal(random, 30);
        INDArray second = Networks.normal(random, 30);
        List<INDArray> points = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            points.add(first.mul(random.nextGaussian()).addi(second.mul(random.nextGaussian())));
        }
        PrincipalComponents found = PrincipalComponents.of(points, 2);
        assertThat(found.explainedVarianceRatio()[0] + found.explainedVarianceRatio()[1])
                .as("seed %d", seed)
                .isCloseTo(1, within(1e-5));
        PlaneProjection plane = new PlaneProjection(
                points.get(5),
                new DirectionPair(found.directions().get(0), found.directions().get(1)));
        for (INDArray point : points) {
            assertThat(plane.project(point).distance()).as("seed %d", seed).isLessThan(1e-3);
        }
        assertThat(plane.project(points.get(0)).alpha())
                .as("starts on the positive side")
                .isPositive();
        assertThatThrownBy(() -> PrincipalComponents.of(points, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only 2 directions");
    }

    @Test
    void tooFewOrUnequalSnapshotsAreRefused() {
        List<INDArray> two = walk(2, 5, DataType.FLOAT);
        assertThatThrownBy(() -> PrincipalComponents.of(two, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 snapshots of a trajectory, got 2");
        List<INDArray> unequal = List.of(Nd4j.zeros(4), Nd4j.zeros(4), Nd4j.zeros(5));
        assertThatThrownBy(() -> PrincipalComponents.of(unequal, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 4 and 5");
    }

    private List<INDArray> walk(int points, int parameters, DataType type) {
        List<INDArray> walk = new ArrayList<>();
        INDArray at = Networks.normal(random, parameters).castTo(type);
        for (int i = 0; i < points; i++) {
            walk.add(at.dup());
            at.addi(Networks.normal(random, parameters).castTo(type).muli(1.0 / (1 + i)));
        }
        return walk;
    }

    private static RealMatrix centred(List<INDArray> points) {
        int parameters = (int) points.get(0).length();
        RealMatrix rows = new Array2DRowRealMatrix(points.size(), parameters);
        for (int i = 0; i < points.size(); i++) {
            rows.setRow(i, points.get(i).castTo(DataType.DOUBLE).toDoubleVector());
        }
        for (int column = 0; column < parameters; column++) {
            double[] values = rows.getColumn(column);
            double mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
            for (int i = 0; i < values.length; i++) {
                rows.addToEntry(i, column, -mean);
            }
        }
        return rows;
    }
}
