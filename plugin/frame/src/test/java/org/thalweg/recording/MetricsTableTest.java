package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;

class MetricsTableTest {

    private static final CurvatureValues KINK = CurvatureValues.absent("finite-difference", "kink");

    @TempDir
    private Path directory;

    private Path file;
    private MetricsTable table;

    @BeforeEach
    void makeTable() {
        file = directory.resolve("metrics.csv");
        table = new MetricsTable(file);
    }

    @Test
    void ranksCountFromTheOutside() throws IOException {
        CurvatureValues curvature = new CurvatureValues(
                List.of(new Eigenvalue(9, 0.1, true), new Eigenvalue(8, 0.2, false)),
                List.of(new Eigenvalue(-1, 0.3, true), new Eigenvalue(-2, 0.4, true)),
                "exact",
                17,
                1e-9,
                Optional.empty());
        table.put(frame(0, curvature, Map.of("b", 2.0, "a", 1.0)));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "iteration,epoch,status,loss,accuracy,validation_loss,validation_accuracy,"
                                + "lambda_max_1,lambda_max_1_residual,lambda_max_1_converged,"
                                + "lambda_max_2,lambda_max_2_residual,lambda_max_2_converged,"
                                + "lambda_min_1,lambda_min_1_residual,lambda_min_1_converged,"
                                + "lambda_min_2,lambda_min_2_residual,lambda_min_2_converged,"
                                + "method,products,asymmetry,reason,seconds,seconds_surface,a,b",
                        "0,1,complete,0.5,90.0,,,9.0,0.1,1,8.0,0.2,0,-2.0,0.4,1,-1.0,0.3,1,exact,17,1.0E-9,,2.0,1.5,1.0,2.0");
    }

    @Test
    void columnsKeepTheirPlaceWhenOthersCome() throws IOException {
        table.put(frame(0, KINK, Map.of()));
        String header = Files.readAllLines(file).get(0);
        table.put(frame(1, KINK, Map.of("trace", 3.0)));
        table.put(frame(2, KINK, Map.of()));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo(header + ",trace");
        assertThat(lines.get(1)).startsWith("0,").endsWith(",1.5,");
        assertThat(lines.get(2)).startsWith("1,").endsWith(",1.5,3.0");
        assertThat(lines.get(3)).startsWith("2,").endsWith(",1.5,");
    }

    @Test
    void aQuantityNamedLikeAColumnHidesNothing() throws IOException {
        table.put(frame(0, KINK, Map.of("loss", 7.0)));
        assertThat(Files.readAllLines(file).get(0)).endsWith(",quantity_loss");
        assertThat(Files.readAllLines(file).get(1))
                .startsWith("0,1,complete,0.5,")
                .endsWith(",7.0");
    }

    @Test
    void noCellIsAFormula() throws IOException {
        for (String formula : List.of("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", " =1", "-", "-1e5x")) {
            CurvatureValues reasoned = CurvatureValues.absent("exact", formula);
            table.put(frame(0, reasoned, Map.of(formula, -1.5e-7)));
            assertThat(Files.readString(file))
                    .contains(",\"'" + formula + "\",")
                    .contains(",-1.5E-7");
            Files.delete(file);
            makeTable();
        }
    }

    @Test
    void textIsQuotedOnOneLine() throws IOException {
        table.put(frame(0, CurvatureValues.absent("exact", "memory: 4 GB,\n\"at least\""), Map.of()));
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.readAllLines(file).get(1)).contains(",\"memory: 4 GB, \"\"at least\"\"\",");
    }

    private static Frame frame(long iteration, CurvatureValues curvature, Map<String, Double> quantities) {
        SurfaceValues surface = new SurfaceValues(
                new double[] {0},
                new double[] {0},
                new boolean[][] {{true}},
                new double[][] {{0.5}},
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Frame.builder(iteration, 1)
                .loss(0.5, OptionalDouble.of(90))
                .objective("compiled")
                .surface(surface)
                .curvature(curvature)
                .quantities(quantities)
                .seconds(Map.of("surface", 1.5, "total", 2.0))
                .build();
    }
}
