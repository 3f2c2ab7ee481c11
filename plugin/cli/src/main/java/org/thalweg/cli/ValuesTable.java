package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.internal.AtomicFile;

/** Values as CSV under the names of their datasets, one line per evaluated point; spreadsheets and pandas read it. */
final class ValuesTable {

    private ValuesTable() {}

    /**
     * Writes a line: its coordinate, then its values.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    static void write(Path file, LineValues line) throws IOException {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("xcoordinates", line.alpha());
        columns.put("train_loss", line.loss());
        line.accuracy().ifPresent(values -> columns.put("train_acc", values));
        line.validationLoss().ifPresent(values -> columns.put("test_loss", values));
        line.validationAccuracy().ifPresent(values -> columns.put("test_acc", values));
        write(file, columns, line.evaluated());
    }

    /** As above for a surface, row by row. */
    static void write(Path file, SurfaceValues surface) throws IOException {
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        double[][] x = new double[beta.length][];
        double[][] y = new double[beta.length][];
        for (int row = 0; row < beta.length; row++) {
            x[row] = alpha;
            y[row] = new double[alpha.length];
            Arrays.fill(y[row], beta[row]);
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("xcoordinates", flat(x));
        columns.put("ycoordinates", flat(y));
        columns.put("train_loss", flat(surface.loss()));
        surface.accuracy().ifPresent(values -> columns.put("train_acc", flat(values)));
        surface.validationLoss().ifPresent(values -> columns.put("test_loss", flat(values)));
        surface.validationAccuracy().ifPresent(values -> columns.put("test_acc", flat(values)));
        boolean[][] flags = surface.evaluated();
        boolean[] evaluated = new boolean[alpha.length * beta.length];
        for (int i = 0; i < evaluated.length; i++) {
            evaluated[i] = flags[i / alpha.length][i % alpha.length];
        }
        write(file, columns, evaluated);
    }

    private static double[] flat(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void write(Path file, Map<String, double[]> columns, boolean[] evaluated) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns.keySet()));
        for (int i = 0; i < evaluated.length; i++) {
            if (evaluated[i]) {
                int point = i;
                lines.add(columns.values().stream()
                        .map(values -> Double.toString(values[point]))
                        .collect(Collectors.joining(",")));
            }
        }
        AtomicFile.write(file, part -> Files.write(part, lines));
    }
}
