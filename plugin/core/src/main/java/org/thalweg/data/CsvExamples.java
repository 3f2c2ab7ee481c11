package org.thalweg.data;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.terminal.internal.PlainText;

/**
 * Lines of numbers: the features, then one column with the class index or, for a network with one output, the value, or
 * as many columns as the network has outputs. They are separated by commas, semicolons or tabs, and quoted as in RFC
 * 4180 or not at all. A first line with anything but numbers is a heading. Empty lines are ignored. A cell is parsed
 * when its example is read.
 *
 * @param file file of the examples
 * @param shape shape of the network that takes them
 * @param format separator and quotes
 * @param heading whether the first line is a heading
 * @param count number of lines without the heading
 * @param columns number of cells in a line
 */
record CsvExamples(Path file, NetworkShape shape, CSVFormat format, boolean heading, int count, int columns)
        implements ExampleSource {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read, is empty, or its number of columns does not fit the network
     */
    static CsvExamples open(Path file, NetworkShape shape) throws IOException {
        CSVFormat format = format(file);
        try (CSVParser parser = parser(file, format)) {
            Lines lines = new Lines(file, parser);
            if (!lines.hasNext()) {
                throw new IOException(file + " must have at least one line of numbers, it has none");
            }
            CSVRecord first = lines.next();
            boolean heading = !first.stream().allMatch(CsvExamples::isNumber);
            int count = heading ? 0 : 1;
            for (; lines.hasNext(); lines.next()) {
                count++;
            }
            CsvExamples examples = new CsvExamples(file, shape, format, heading, count, first.size());
            examples.labelColumns();
            return examples;
        }
    }

    /** The format with the first delimiter that divides the first line. */
    private static CSVFormat format(Path file) throws IOException {
        for (char delimiter : DELIMITERS) {
            CSVFormat format = format(delimiter);
            try (CSVParser parser = parser(file, format)) {
                Lines lines = new Lines(file, parser);
                if (lines.hasNext() && lines.next().size() > 1) {
                    return format;
                }
            } catch (NotCsvException anotherDelimiter) {
                // A heading such as "a,b";c does not have comma as its separator.
            }
        }
        return format(DELIMITERS.get(0));
    }

    private static CSVFormat format(char delimiter) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(delimiter != '\t')
                .setIgnoreEmptyLines(true)
                .get();
    }

    /** Reads UTF-8 without its byte order mark; another encoding is an error instead of a replacement character. */
    private static CSVParser parser(Path file, CSVFormat format) throws IOException {
        BOMInputStream bytes = BOMInputStream.builder()
                .setInputStream(Files.newInputStream(file))
                .get();
        return CSVParser.builder()
                .setReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))
                .setFormat(format)
                .get();
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
        try (CSVParser parser = parser(file, format)) {
            Lines lines = new Lines(file, parser);
            int example = heading ? -1 : 0;
            for (int taken = 0; taken < examples.length && lines.hasNext(); example++) {
                CSVRecord line = lines.next();
                if (example == examples[taken]) {
                    double[] row = row(line, lines.number());
                    System.arraycopy(row, 0, features, taken * featureColumns, featureColumns);
                    System.arraycopy(row, featureColumns, labels, taken * labelColumns, labelColumns);
                    taken++;
                }
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

    private double[] row(CSVRecord line, long number) throws IOException {
        if (line.size() != columns) {
            throw new IOException(
                    file + " must have " + columns + " cells in each line, line " + number + " has " + line.size());
        }
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = isNumber(line.get(i)) ? Double.parseDouble(line.get(i)) : Double.NaN;
            if (!Double.isFinite(row[i])) {
                throw new IOException(file + " must have finite numbers, line " + number + " has '"
                        + PlainText.line(line.get(i)) + "' in column " + (i + 1));
            }
        }
        return row;
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Violations of the format. */
    private static final class NotCsvException extends IOException {

        private static final long serialVersionUID = 1;

        NotCsvException(String message, UncheckedIOException cause) {
            super(message, cause);
        }
    }

    /** The lines that are not blank; exceptions name the file. */
    private static final class Lines {

        private final Path file;
        private final CSVParser parser;
        private final Iterator<CSVRecord> records;
        private @Nullable CSVRecord next;

        Lines(Path file, CSVParser parser) {
            this.file = file;
            this.parser = parser;
            this.records = parser.iterator();
        }

        /** The line of the file where the last returned record ends, from 1. */
        long number() {
            return parser.getCurrentLineNumber();
        }

        boolean hasNext() throws IOException {
            try {
                while (next == null && records.hasNext()) {
                    CSVRecord record = records.next();
                    next = record.size() == 1 && record.get(0).isBlank() ? null : record;
                }
                return next != null;
            } catch (UncheckedIOException e) {
                throw e.getCause() instanceof CharacterCodingException
                        ? new IOException(file + " must be text in UTF-8 to be read as CSV, it is not", e)
                        : new NotCsvException(
                                file + " must quote cells as CSV does, near line " + number() + ": "
                                        + FileErrors.reason(e),
                                e);
            }
        }

        CSVRecord next() throws IOException {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            CSVRecord record = Objects.requireNonNull(next);
            next = null;
            return record;
        }
    }
}
