package org.thalweg.testing;

import java.util.Arrays;
import java.util.Random;

/** Damages files as disks, transfers and strangers do: bits, bytes, lengths, cuts, repetitions. */
public final class Mutator {

    /** What parsers take for lengths: none, all, the largest of each width, one past them. */
    private static final long[] LENGTHS = {
        0, -1, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffffL, 0xffffffffL, Long.MAX_VALUE
    };

    private static final int MOST_BITS = 8;

    private final Random random;

    /** Mutations drawn from a generator. */
    public Mutator(Random random) {
        this.random = random;
    }

    /** A damaged copy; now and then it is what it was. */
    public byte[] mutated(byte[] file) {
        byte[] copy = file.clone();
        int place = random.nextInt(copy.length);
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int bit = 1 + random.nextInt(MOST_BITS); bit > 0; bit--) {
                    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> copy[place] = (byte) random.nextInt();
            case 2 -> putLength(copy, place);
            case 3 -> {
                return Arrays.copyOf(copy, place);
            }
            case 4 -> {
                return repeated(copy, place);
            }
            default -> {
                int to = Math.min(copy.length, place + 1 + random.nextInt(64));
                Arrays.fill(copy, place, to, (byte) random.nextInt());
            }
        }
        return copy;
    }

    private void putLength(byte[] copy, int place) {
        long length = LENGTHS[random.nextInt(LENGTHS.length)];
        int width = 1 << random.nextInt(4);
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < width && place + i < copy.length; i++) {
            copy[place + i] = (byte) (length >> (8 * (bigEndian ? width - 1 - i : i)));
        }
    }

    /** A piece of the file repeated in the middle of it. */
    private byte[] repeated(byte[] copy, int place) {
        int length = Math.min(copy.length - place, 1 + random.nextInt(256));
        byte[] longer = Arrays.copyOf(copy, copy.length + length);
        System.arraycopy(copy, place, longer, place + length, copy.length - place);
        return longer;
    }
}
