package org.thalweg.spark;

import java.io.IOException;

/**
 * Walks over a structure in Thrift's compact protocol, the form of Parquet's footers and page headers (Apache Thrift,
 * "Thrift compact protocol"), without allocating memory. The library that reads them allocates memory for as many
 * elements as a list declares, and as many bytes as a string declares.
 */
final class CompactThrift {

    private static final int DEEPEST = 32;

    private static final int BYTE = 3;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    private final byte[] bytes;
    private final int end;
    private int at;

    private CompactThrift(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /**
     * The length of the structure at the beginning of an array.
     *
     * @param length number of bytes of the array to read
     * @throws IOException if an element is longer than the remaining bytes; the message names no file
     */
    static int length(byte[] bytes, int length) throws IOException {
        CompactThrift walk = new CompactThrift(bytes, length);
        walk.struct(0);
        return walk.at;
    }

    private void struct(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("it is nested too deeply");
        }
        while (true) {
            int header = next();
            if (header == 0) {
                return;
            }
            if (header >> 4 == 0) {
                varint();
            }
            // A boolean is encoded in the type of its field.
            if ((header & 0xf) > 2) {
                value(header & 0xf, depth);
            }
        }
    }

    private void value(int type, int depth) throws IOException {
        switch (type) {
            case 1, 2, BYTE -> skip(1);
            case 4, 5, 6 -> varint();
            case DOUBLE -> skip(Double.BYTES);
            case BINARY -> skip(varint());
            case LIST, SET -> list(depth);
            case MAP -> map(depth);
            case STRUCT -> struct(depth + 1);
            default -> throw new IOException("it has a field of type " + type + ", which Thrift does not have");
        }
    }

    private void list(int depth) throws IOException {
        int header = next();
        long size = header >> 4 == 0xf ? varint() : header >> 4;
        requireRoom(size);
        for (long i = 0; i < size; i++) {
            value(header & 0xf, depth + 1);
        }
    }

    private void map(int depth) throws IOException {
        long size = varint();
        if (size == 0) {
            return;
        }
        requireRoom(size);
        int types = next();
        for (long i = 0; i < size; i++) {
            value(types >> 4, depth + 1);
            value(types & 0xf, depth + 1);
        }
    }

    /** Each element of a list takes at least a byte. */
    private void requireRoom(long size) throws IOException {
        if (size < 0 || size > end - at) {
            throw new IOException("it declares " + Long.toUnsignedString(size) + " elements or bytes where "
                    + (end - at) + " follow");
        }
    }

    private void skip(long count) throws IOException {
        requireRoom(count);
        at += (int) count;
    }

    private int next() throws IOException {
        requireRoom(1);
        return bytes[at++] & 0xff;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("it has a number of more than 64 bits");
    }
}
