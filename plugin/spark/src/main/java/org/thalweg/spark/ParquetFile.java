package org.thalweg.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.Hdf5Writer;

/**
 * Examples from Parquet. A row's columns are {@code features}, a list of numbers, and {@code labels}, a number (the
 * class, or the value) or a list of them, which may also be named "label". A directory's files are read in the order of
 * their names, which is Spark's numbering.
 *
 * @param features {@code [N][F]}
 * @param labels {@code [N][C]}
 */
record ParquetFile(double[][] features, double[][] labels) {

    private static final String ENDING = ".parquet";

    /** The files of a Parquet file or directory; empty if it is neither. */
    static List<org.apache.hadoop.fs.Path> files(FileSystem files, org.apache.hadoop.fs.Path path) throws IOException {
        if (files.getFileStatus(path).isFile()) {
            return path.getName().endsWith(ENDING) ? List.of(path) : List.of();
        }
        return Arrays.stream(files.listStatus(path))
                .map(FileStatus::getPath)
                .filter(file -> file.getName().endsWith(ENDING))
                .sorted()
                .toList();
    }

    /**
     * Reads files.
     *
     * @throws IOException if a file is damaged, cannot be read, does not fit into memory, or lacks these columns; the
     *     message names it
     */
    static ParquetFile read(List<org.apache.hadoop.fs.Path> files, Configuration configuration) throws IOException {
        List<double[]> features = new ArrayList<>();
        List<double[]> labels = new ArrayList<>();
        for (org.apache.hadoop.fs.Path file : files) {
            try {
                ParquetSizes.check(file, configuration);
                read(file, configuration, features, labels);
            } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
                String reason = FileErrors.reason(e);
                throw new IOException(
                        reason.contains(file.toString()) ? reason : file + " cannot be read: " + reason, e);
            }
        }
        requireAsLong("features", features, files);
        requireAsLong("labels", labels, files);
        return new ParquetFile(features.toArray(double[][]::new), labels.toArray(double[][]::new));
    }

    private static void read(
            org.apache.hadoop.fs.Path file, Configuration configuration, List<double[]> features, List<double[]> labels)
            throws IOException {
        try (ParquetReader<Group> rows = ParquetReader.builder(new GroupReadSupport(), file)
                .withConf(configuration)
                .withCodecFactory(new FiniteCodecs(configuration))
                .usePageChecksumVerification()
                .build()) {
            for (Group row = rows.read(); row != null; row = rows.read()) {
                features.add(numbers(row, column(row.getType(), file, "features"), file));
                labels.add(numbers(row, column(row.getType(), file, "labels", "label"), file));
            }
        }
    }

    /** Writes HDF5 with the datasets {@code features} and {@code labels}. */
    void writeTo(Path file) throws IOException {
        Hdf5Writer.write(file, root -> {
            root.putDataset("features", features);
            boolean one = labels[0].length == 1;
            root.putDataset(
                    "labels",
                    one ? Arrays.stream(labels).mapToDouble(label -> label[0]).toArray() : labels);
        });
    }

    private static int column(GroupType row, org.apache.hadoop.fs.Path file, String... names) throws IOException {
        for (String name : names) {
            if (row.containsField(name)) {
                return row.getFieldIndex(name);
            }
        }
        throw new FileNotFoundException(file + " has no column " + String.join(" or ", names) + "; it has "
                + String.join(", ", row.getFields().stream().map(Type::getName).toList()));
    }

    private static double[] numbers(Group row, int field, org.apache.hadoop.fs.Path file) throws IOException {
        DoubleStream.Builder numbers = DoubleStream.builder();
        collect(row, field, file, numbers);
        return numbers.build().toArray();
    }

    /** All numbers of a column, however its lists are nested. */
    private static void collect(Group group, int field, org.apache.hadoop.fs.Path file, DoubleStream.Builder numbers)
            throws IOException {
        boolean primitive = group.getType().getType(field).isPrimitive();
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            if (primitive) {
                numbers.add(number(group, field, i, file));
                continue;
            }
            Group inner = group.getGroup(field, i);
            for (int column = 0; column < inner.getType().getFieldCount(); column++) {
                collect(inner, column, file, numbers);
            }
        }
    }

    private static double number(Group group, int field, int index, org.apache.hadoop.fs.Path file) throws IOException {
        Type type = group.getType().getType(field);
        PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
        return switch (name) {
            case FLOAT -> group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            case INT32 -> group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            default ->
                throw new IOException(
                        file + " must have numbers in features and labels, got " + name + " in " + type.getName());
        };
    }

    private static void requireAsLong(String what, List<double[]> rows, List<org.apache.hadoop.fs.Path> files)
            throws IOException {
        if (rows.isEmpty()) {
            throw new IOException(files.get(0) + " must have at least one example, but has none");
        }
        int length = rows.get(0).length;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != length) {
                throw new IOException(files.get(0) + " must have as many " + what + " in each row as in the first, "
                        + length + ", got " + rows.get(i).length + " in row " + i);
            }
        }
    }
}
