package org.thalweg.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.thalweg.frame.NamedArray;
import org.thalweg.terminal.internal.PlainText;

/**
 * An array in NumPy's format: a magic number, a version, a header in Python's syntax, then the values
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Objects are refused: NumPy pickles them,
 * and loading them runs code.
 *
 * @param type NumPy's name of the type without the byte order, such as {@code f4}
 * @param order order of the bytes
 * @param columnMajor whether the first index changes fastest
 * @param shape sizes of the axes
 */
record NumpyArray(String type, ByteOrder order, boolean columnMajor, long[] shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy itself does not read longer headers from untrusted files. */
    private static final int LONGEST_HEADER = 10_000;

    private static final Pattern HEADER = Pattern.compile("\\{\\s*'descr':\\s*(?<descr>'[^']*'|\\[.*]),\\s*"
            + "'fortran_order':\\s*(?<order>True|False),\\s*'shape':\\s*\\((?<shape>[0-9, ]*)\\),?\\s*}\\s*");
    private static final Pattern TYPE = Pattern.compile("'([<>|=])(f[248]|[iu][1248]|b1)'");

    /**
     * Reads an array; integers of one or two bytes and half floats become floats, larger types become doubles.
     *
     * @param in the bytes
     * @param size their number: an array that declares another size is refused before memory is allocated
     * @param name name of the array
     * @param range values to which unsigned bytes are mapped
     * @throws IOException if it is not an array of numbers; the message begins with the name
     */
    static NamedArray read(InputStream in, long size, String name, Optional<ImageOptions.Range> range)
            throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new IOException(name + " is not an array of NumPy");
        }
        int version = start[MAGIC.length];
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        byte[] length = in.readNBytes(width);
        if (version < 1 || version > 3 || length.length < width) {
            throw new IOException(name + " must have version 1, 2 or 3 of NumPy's format, has " + version);
        }
        ByteBuffer number = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
        long header = width == Short.BYTES ? number.getShort() & 0xffff : number.getInt() & 0xffffffffL;
        if (header > LONGEST_HEADER) {
            throw new IOException(name + " has a header of " + header + " bytes, must have at most " + LONGEST_HEADER);
        }
        String text = new String(in.readNBytes((int) header), StandardCharsets.UTF_8);
        NumpyArray array = parse(text, name);
        int count = array.requireFits(size - start.length - width - header, name);
        byte[] values = in.readNBytes(count * array.bytes());
        if (values.length < count * array.bytes()) {
            throw new IOException(name + " ends too early");
        }
        return new NamedArray(
                name, array.shape, array.values(ByteBuffer.wrap(values).order(array.order), count, range));
    }

    private static NumpyArray parse(String header, String name) throws IOException {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw new IOException(name + " has no header of NumPy's, but " + quoted(header));
        }
        Matcher type = TYPE.matcher(parts.group("descr"));
        if (!type.matches()) {
            throw new IOException(name + " must hold numbers, holds " + PlainText.line(parts.group("descr"))
                    + (parts.group("descr").contains("O") ? ": pickled objects are not loaded" : ""));
        }
        ByteOrder order = switch (type.group(1)) {
            case ">" -> ByteOrder.BIG_ENDIAN;
            case "=" -> ByteOrder.nativeOrder();
            default -> ByteOrder.LITTLE_ENDIAN;
        };
        try {
            long[] shape = Stream.of(parts.group("shape").split(","))
                    .map(String::strip)
                    .filter(length -> !length.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new NumpyArray(type.group(2), order, parts.group("order").equals("True"), shape);
        } catch (NumberFormatException e) {
            throw new IOException(name + " has the shape (" + parts.group("shape") + "), too large for any file", e);
        }
    }

    private static String quoted(String header) {
        return "'"
                + PlainText.line(
                        header.substring(0, Math.min(80, header.length())).strip()) + "'";
    }

    /** Bytes of a value. */
    private int bytes() {
        return type.charAt(1) - '0';
    }

    /** The number of values, which must match the number of bytes. */
    private int requireFits(long size, String name) throws IOException {
        double count = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (count * bytes() != size || size > Integer.MAX_VALUE - 8) {
            throw new IOException(name + " declares the shape " + Arrays.toString(shape) + " of " + bytes()
                    + " bytes a value, and has " + size
                    + (size > Integer.MAX_VALUE - 8 ? ", which is more than 2 GiB" : ""));
        }
        return (int) count;
    }

    /** The values, row-major, as {@code float[]} or {@code double[]}. */
    private Object values(ByteBuffer bytes, int count, Optional<ImageOptions.Range> range) {
        int[] places = columnMajor && shape.length > 1 ? rowMajor(count) : new int[0];
        boolean doubles = type.equals("f8") || (type.charAt(0) != 'f' && bytes() > Short.BYTES);
        float[] single = new float[doubles ? 0 : count];
        double[] exact = new double[doubles ? count : 0];
        for (int i = 0; i < count; i++) {
            int at = (places.length == 0 ? i : places[i]) * bytes();
            switch (type) {
                case "f2" -> single[i] = HalfIndexer.toFloat(bytes.getShort(at) & 0xffff);
                case "f4" -> single[i] = bytes.getFloat(at);
                case "f8" -> exact[i] = bytes.getDouble(at);
                case "i1", "b1" -> single[i] = bytes.get(at);
                case "u1" -> single[i] = pixel(bytes.get(at) & 0xff, range);
                case "i2" -> single[i] = bytes.getShort(at);
                case "u2" -> single[i] = bytes.getShort(at) & 0xffff;
                case "i4" -> exact[i] = bytes.getInt(at);
                case "u4" -> exact[i] = bytes.getInt(at) & 0xffffffffL;
                case "i8" -> exact[i] = bytes.getLong(at);
                default -> exact[i] = unsigned(bytes.getLong(at));
            }
        }
        return doubles ? exact : single;
    }

    private static float pixel(int value, Optional<ImageOptions.Range> range) {
        return range.isPresent() ? range.get().of(value) : value;
    }

    private static double unsigned(long value) {
        // Halved, with the last bit kept for rounding.
        return value >= 0 ? value : 2.0 * (value >>> 1 | (value & 1));
    }

    /** For each value in row-major order, its index in column-major order. */
    private int[] rowMajor(int count) {
        int[] places = new int[count];
        long[] index = new long[shape.length];
        for (int i = 0; i < count; i++) {
            long place = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place = place * shape[axis] + index[axis];
            }
            places[i] = (int) place;
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return places;
    }
}
