package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;

class FindingsTableTest {

    private static final int POINTS = 25;

    @Test
    void notesAreThoseOfTheLastFrameAndInAscii() {
        StringWriter out = new StringWriter();
        List<Frame> frames = List.of(frame(0, 2), frame(10, 20), frame(20, 200));
        FindingsTable.of(frames, new RunFindings()).orElseThrow().print(new PrintWriter(out, true));
        assertThat(out.toString()).matches("(?s)\\p{ASCII}*").contains("lambda_max went from 2");
        assertThat(out.toString().lines().filter(line -> line.contains("Sharper")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("       20  note      Sharper than at iteration "));
    }

    @Test
    void withoutFindingsThereIsNoTable() {
        assertThat(FindingsTable.of(List.of(), new RunFindings())).isEmpty();
    }

    private static Frame frame(long iteration, double sharpness) {
        double[] axis = new double[POINTS];
        boolean[][] evaluated = new boolean[POINTS][POINTS];
        double[][] loss = new double[POINTS][POINTS];
        for (int i = 0; i < POINTS; i++) {
            axis[i] = -1 + 2.0 * i / (POINTS - 1);
            Arrays.fill(evaluated[i], true);
            for (int j = 0; j < POINTS; j++) {
                double beta = axis[i];
                double alpha = -1 + 2.0 * j / (POINTS - 1);
                loss[i][j] = 1 + alpha * alpha + beta * beta;
            }
        }
        CurvatureValues curvature = new CurvatureValues(
                List.of(new Eigenvalue(sharpness, 1e-4, true)),
                List.of(new Eigenvalue(1, 1e-4, true)),
                "exact",
                40,
                1e-9,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return Frame.builder(iteration, 0)
                .loss(1, OptionalDouble.empty())
                .objective("compiled")
                .surface(new SurfaceValues(
                        axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty()))
                .curvature(curvature)
                .quantities(Map.of())
                .seconds(Map.of("total", 1.0))
                .build();
    }
}
