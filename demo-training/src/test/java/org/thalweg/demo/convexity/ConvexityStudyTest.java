package org.thalweg.demo.convexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Seeds;
import org.thalweg.topology.SurfaceRoughness;
import org.thalweg.video.color.ColorMap;

/** Convexity maps with given eigenvalues at every second point of a 5 x 5 surface. */
class ConvexityStudyTest {

    private static final int POINTS = 5;
    private static final double[] COORDINATES = {-1, -0.5, 0, 0.5, 1};

    private final long seed = Seeds.fresh("ConvexityStudyTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path directory;

    @Test
    void printsTheMapWithTheLargestBetaFirst() {
        double[][] ratios = {{0.1, 0.2, 0.3}, {0.4, 0.9, 0.6}, {0.7, 0.8, Double.NaN}};

        ConvexityStudy look = look(ratios);

        assertThat(Arrays.deepEquals(look.ratios(), ratios)).isTrue();
        assertThat(look.table())
                .containsExactly("   0.700   0.800     NaN", "   0.400   0.900   0.600", "   0.100   0.200   0.300");
        // The fifth of eight values.
        assertThat(look.median()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void colorsEachPointWhereItLies() throws IOException {
        double[][] ratios = new double[3][3];
        for (double[] row : ratios) {
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextDouble();
            }
        }
        Path file = directory.resolve("map.png");

        ConvexityPlot.write(file, List.of(look(new double[3][3]), look(ratios)));

        BufferedImage picture = ImageIO.read(file.toFile());
        int cell = 800 / 3;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                // Away from the middle of the square, which shows the number.
                int x = 960 + 110 + column * cell + cell / 2;
                int y = 100 + (2 - row) * cell + cell / 5;
                assertThat(picture.getRGB(x, y) & 0xFFFFFF)
                        .as("row %d, column %d, seed %d", row, column, seed)
                        .isEqualTo(ColorMap.VIRIDIS.at(ratios[row][column]));
            }
        }
    }

    /** A ridge along beta: convex on its flanks, not on its crest. Only the map's inner points count. */
    @Test
    void sortsTheMapByVisibleConvexity() {
        double[][] loss = new double[POINTS][];
        double[][] ratio = new double[POINTS][];
        boolean[][] evaluated = new boolean[POINTS][];
        for (int row = 0; row < POINTS; row++) {
            loss[row] = new double[] {4, 0, 1, 0, 4};
            ratio[row] = new double[] {9, 0.1 * row, 0.5, 0.2, 9};
            evaluated[row] = new boolean[] {true, true, row == 2, false, true};
        }

        ConvexityAgreement agreement = ConvexityAgreement.of(new SurfaceRoughness(loss), values(evaluated, ratio));

        assertThat(agreement.convex()).containsExactly(0.1, 0.2, 0.30000000000000004);
        assertThat(agreement.notConvex()).containsExactly(0.5);
        assertThat(agreement.medianConvex()).isEqualTo(0.2);
        assertThat(agreement.medianNotConvex()).isEqualTo(0.5);
        assertThat(ConvexityAgreement.median(List.of())).isNaN();
    }

    private static ConvexityStudy look(double[][] ratios) {
        double[][] smallest = new double[POINTS][POINTS];
        boolean[][] evaluated = new boolean[POINTS][POINTS];
        for (int row = 0; row < POINTS; row += 2) {
            for (int column = 0; column < POINTS; column += 2) {
                smallest[row][column] = -ratios[row / 2][column / 2];
                evaluated[row][column] = true;
            }
        }
        boolean[][] computed = new boolean[POINTS][POINTS];
        SurfaceValues surface = new SurfaceValues(
                COORDINATES,
                COORDINATES,
                computed,
                new double[POINTS][POINTS],
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Frame frame = Frame.builder(1, 1)
                .status(Frame.Status.PARTIAL)
                .loss(0, OptionalDouble.empty())
                .objective("compiled")
                .surface(surface)
                .curvature(CurvatureValues.absent("exact", "none"))
                .build();
        return new ConvexityStudy("known", frame, values(evaluated, smallest));
    }

    /** Values for lambda_max = 1. */
    private static ConvexityValues values(boolean[][] evaluated, double[][] smallest) {
        double[][] ones = new double[POINTS][POINTS];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        return new ConvexityValues(
                evaluated,
                smallest,
                ones,
                new double[POINTS][POINTS],
                new double[POINTS][POINTS],
                evaluated,
                new int[POINTS][POINTS]);
    }
}
