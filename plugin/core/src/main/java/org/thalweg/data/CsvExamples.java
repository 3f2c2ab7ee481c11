package org.thalweg.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lines of numbers: the features, then either one column with the class number, or with the value for a network with
 * one output value, or as many columns as the network has output values. Separated by commas, semicolons or tabs; a
 * first line with anything but numbers is a heading. Empty lines are ignored. A line is parsed when its example is
 * read.
 *
 * @param file file of the examples
 * @param shape shape of the network that takes them
 * @param separator of the cells
 * @param heading whether the first line is a heading
 * @param count number of lines without the heading
 * @param columns number of cells in a line
 */
record CsvExamples(Path file, NetworkShape shape, Pattern separator, boolean heading, int count, int columns)
        implements ExampleSource {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read, is empty, or its number of columns does not fit the network
     */
    static CsvExamples open(Path file, NetworkShape shape) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            @Nullable String first = next(lines);
            if (first == null) {
                throw new IOException(file + " must have at least one line of numbers, it has none");
            }
            first = first.startsWith(BYTE_ORDER_MARK) ? first.substring(1) : first;
            Pattern separator = separator(first);
            String[] cells = separator.split(first, -1);
            boolean heading = !Arrays.stream(cells).allMatch(CsvExamples::isNumber);
            int count = heading ? 0 : 1;
            while (next(lines) != null) {
                count++;
            }
            CsvExamples examples = new CsvExamples(file, shape, separator, heading, count, cells.length);
            examples.labelColumns();
            return examples;
        } catch (CharacterCodingException e) {
            throw new IOException(file + " must be text in UTF-8 to be read as CSV, it is not", e);
        }
    }

    @Override
    public String source() {
        return file.toString();
    }

    @Override
    public MultiDataSet take(int[] examples) throws IOException {
        int labelColumns = labelColumns();
        int featureColumns = columns - labelColumns;
        double[] features = new double[examples.length * featureColumns];
        double[] labels = new double[examples.length * labelColumns];
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int line = 0;
            int taken = 0;
            for (@Nullable String text = lines.readLine(); text != null && taken < examples.length; ) {
                line += text.isBlank() ? 0 : 1;
                int example = line - (heading ? 2 : 1);
                if (!text.isBlank() && example == examples[taken]) {
                    double[] row = row(text, line);
                    System.arraycopy(row, 0, features, taken * featureColumns, featureColumns);
                    System.arraycopy(row, featureColumns, labels, taken * labelColumns, labelColumns);
                    taken++;
                }
                text = lines.readLine();
            }
        }
        return new MultiDataSet(
                shape.onlyInput(source())
                        .fit(Nd4j.createFromArray(features).reshape(examples.length, featureColumns), source()),
                shape.onlyOutput(source())
                        .fit(Nd4j.createFromArray(labels).reshape(examples.length, labelColumns), source()));
    }

    /** The number of columns after the features. */
    private int labelColumns() throws IOException {
        if (!(shape.onlyInput(source()) instanceof InputShape.Flat flat)) {
            throw new IOException("the network takes arrays, and a line of " + file
                    + " does not say their shape: give an IDX directory, or HDF5 with features and labels");
        }
        long size = shape.onlyOutput(source()).size();
        long labels = columns - flat.size();
        if (labels != 1 && (labels != size || size == 0)) {
            throw new IOException(file + " has " + columns + " columns, expected " + (flat.size() + 1) + " ("
                    + flat.size() + " that the network takes, and the class or value)"
                    + (size > 1 ? " or " + (flat.size() + size) + " (the classes one-hot)" : ""));
        }
        return (int) labels;
    }

    private double[] row(String text, int line) throws IOException {
        String[] cells = separator.split(text, -1);
        if (cells.length != columns) {
            throw new IOException(
                    file + " must have " + columns + " cells in each line, line " + line + " has " + cells.length);
        }
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = isNumber(cells[i]) ? Double.parseDouble(bare(cells[i])) : Double.NaN;
            if (!Double.isFinite(row[i])) {
                throw new IOException(file + " must have finite numbers, line " + line + " has '" + cells[i]
                        + "' in column " + (i + 1));
            }
        }
        return row;
    }

    private static @Nullable String next(BufferedReader lines) throws IOException {
        @Nullable String line = lines.readLine();
        while (line != null && line.isBlank()) {
            line = lines.readLine();
        }
        return line;
    }

    private static Pattern separator(String line) {
        return Pattern.compile(line.contains(",") ? "," : line.contains(";") ? ";" : "\t");
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(bare(cell));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A cell without surrounding blanks and quotation marks. */
    private static String bare(String cell) {
        String bare = cell.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }
}
