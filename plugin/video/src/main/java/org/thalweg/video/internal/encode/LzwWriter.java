package org.thalweg.video.internal.encode;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** GIF's compression: T. A. Welch's variable-length codes in blocks of up to 255 bytes (GIF89a, appendix F). */
final class LzwWriter {

    private static final int MOST = 4096;
    private static final int SLOTS = 1 << 13;

    private final OutputStream out;
    private final int clear;
    private final int[] keys = new int[SLOTS];
    private final int[] codes = new int[SLOTS];
    private final byte[] block = new byte[255];
    private int blockLength;
    private int bits;
    private int bitCount;
    private int codeSize;
    private int nextCode;

    /** A writer for indices of {@code bits} bits. */
    LzwWriter(OutputStream out, int bitsPerIndex) {
        this.out = out;
        this.clear = 1 << bitsPerIndex;
        this.codeSize = bitsPerIndex + 1;
    }

    void write(byte[] indices, int length) throws IOException {
        out.write(Integer.numberOfTrailingZeros(clear));
        reset();
        int prefix = indices[0] & 0xFF;
        for (int i = 1; i < length; i++) {
            int next = indices[i] & 0xFF;
            int key = (prefix << 8) | next;
            int slot = find(key);
            if (keys[slot] == key) {
                prefix = codes[slot];
                continue;
            }
            emit(prefix);
            if (nextCode < MOST) {
                keys[slot] = key;
                codes[slot] = nextCode;
                // The decoder learns this code one step later, so codes widen one step later.
                if (nextCode == 1 << codeSize) {
                    codeSize++;
                }
                nextCode++;
            } else {
                reset();
            }
            prefix = next;
        }
        emit(prefix);
        emit(clear + 1);
        flush();
    }

    private int find(int key) {
        int slot = (key * 0x9E3779B1) >>> 19;
        while (keys[slot] != -1 && keys[slot] != key) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    private void reset() throws IOException {
        emit(clear);
        Arrays.fill(keys, -1);
        codeSize = Integer.numberOfTrailingZeros(clear) + 1;
        nextCode = clear + 2;
    }

    private void emit(int code) throws IOException {
        bits |= code << bitCount;
        bitCount += codeSize;
        while (bitCount >= 8) {
            block[blockLength++] = (byte) bits;
            bits >>>= 8;
            bitCount -= 8;
            if (blockLength == block.length) {
                writeBlock();
            }
        }
    }

    private void flush() throws IOException {
        if (bitCount > 0) {
            block[blockLength++] = (byte) bits;
        }
        writeBlock();
        out.write(0);
    }

    private void writeBlock() throws IOException {
        if (blockLength > 0) {
            out.write(blockLength);
            out.write(block, 0, blockLength);
            blockLength = 0;
        }
    }
}
