package org.thalweg.video.internal.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A palette of up to 255 colours, by median cut (P. Heckbert, "Color image quantization for frame buffer display",
 * SIGGRAPH 1982), with ordered dithering (B. E. Bayer, 1973), whose fixed pattern keeps still parts of a film unchanged
 * from picture to picture. Not thread-safe.
 */
final class Palette {

    private static final int COLORS = 255;
    /** While cutting, colours are distinguished by their upper five bits. */
    private static final int CELLS = 1 << 15;
    /** Strength of the dithering: half the distance between neighbouring colours in a smooth shade. */
    private static final int DOTS = 10;

    private static final int[] BAYER = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};

    private final int[] colors;
    /** Index of the nearest colour + 1 by six bits a channel, 0 where not yet known. */
    private final byte[] nearest = new byte[1 << 18];

    private Palette(int[] colors) {
        this.colors = colors;
    }

    /** The palette of these pictures. */
    static Palette of(List<int[]> samples) {
        long[] count = new long[CELLS];
        long[][] sums = new long[3][CELLS];
        for (int[] sample : samples) {
            for (int color : sample) {
                int cell = ((color >> 9) & 0x7C00) | ((color >> 6) & 0x3E0) | ((color >> 3) & 0x1F);
                count[cell]++;
                sums[0][cell] += (color >> 16) & 0xFF;
                sums[1][cell] += (color >> 8) & 0xFF;
                sums[2][cell] += color & 0xFF;
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (count[cell] > 0) {
                // Large plain areas must not use up the colours of small rich ones.
                double weight = Math.sqrt((double) count[cell]);
                entries.add(new Entry(
                        (double) sums[0][cell] / count[cell],
                        (double) sums[1][cell] / count[cell],
                        (double) sums[2][cell] / count[cell],
                        weight));
            }
        }
        return new Palette(cut(entries));
    }

    private record Entry(double red, double green, double blue, double weight) {

        double channel(int channel) {
            return channel == 0 ? red : channel == 1 ? green : blue;
        }
    }

    private record Block(List<Entry> entries, double spread, int widest) {

        static Block of(List<Entry> entries) {
            double largest = -1;
            int widest = 0;
            for (int channel = 0; channel < 3; channel++) {
                double weight = 0;
                double sum = 0;
                double squares = 0;
                for (Entry entry : entries) {
                    double value = entry.channel(channel);
                    weight += entry.weight;
                    sum += entry.weight * value;
                    squares += entry.weight * value * value;
                }
                double spread = squares - sum * sum / weight;
                if (spread > largest) {
                    largest = spread;
                    widest = channel;
                }
            }
            return new Block(entries, largest, widest);
        }
    }

    private static int[] cut(List<Entry> entries) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.of(entries));
        while (blocks.size() < COLORS) {
            Block worst = blocks.stream()
                    .filter(block -> block.entries.size() > 1)
                    .max(Comparator.comparingDouble(Block::spread))
                    .orElse(null);
            if (worst == null || !(worst.spread > 0)) {
                break;
            }
            blocks.remove(worst);
            List<Entry> sorted = new ArrayList<>(worst.entries);
            sorted.sort(Comparator.comparingDouble(entry -> entry.channel(worst.widest)));
            int at = median(sorted);
            blocks.add(Block.of(sorted.subList(0, at)));
            blocks.add(Block.of(sorted.subList(at, sorted.size())));
        }
        return blocks.stream().mapToInt(block -> mean(block.entries)).toArray();
    }

    private static int median(List<Entry> sorted) {
        double half = sorted.stream().mapToDouble(Entry::weight).sum() / 2;
        double sum = 0;
        int at = 0;
        while (at < sorted.size() - 1 && (at == 0 || sum < half)) {
            sum += sorted.get(at).weight;
            at++;
        }
        return at;
    }

    private static int mean(List<Entry> entries) {
        double[] sum = new double[3];
        double weight = 0;
        for (Entry entry : entries) {
            weight += entry.weight;
            for (int channel = 0; channel < 3; channel++) {
                sum[channel] += entry.weight * entry.channel(channel);
            }
        }
        return ((int) Math.round(sum[0] / weight) << 16)
                | ((int) Math.round(sum[1] / weight) << 8)
                | (int) Math.round(sum[2] / weight);
    }

    /** The colours, {@code 0xRRGGBB}. */
    int[] colors() {
        return Arrays.copyOf(colors, colors.length);
    }

    /** Palette indices of a picture's pixels. */
    byte[] indices(int[] pixels, int width) {
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int column = i % width;
            int row = i / width;
            int dot = (2 * BAYER[((row & 3) << 2) | (column & 3)] - 15) * DOTS / 30;
            indices[i] = index(pixels[i], dot);
        }
        return indices;
    }

    private byte index(int color, int dot) {
        int red = clamp(((color >> 16) & 0xFF) + dot) >> 2;
        int green = clamp(((color >> 8) & 0xFF) + dot) >> 2;
        int blue = clamp((color & 0xFF) + dot) >> 2;
        int cell = (red << 12) | (green << 6) | blue;
        if (nearest[cell] == 0) {
            nearest[cell] = (byte) (search(red * 255 / 63, green * 255 / 63, blue * 255 / 63) + 1);
        }
        return (byte) (nearest[cell] - 1);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private int search(int red, int green, int blue) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colors.length; i++) {
            int dr = ((colors[i] >> 16) & 0xFF) - red;
            int dg = ((colors[i] >> 8) & 0xFF) - green;
            int db = (colors[i] & 0xFF) - blue;
            // The eye's weights: green counts most.
            int distance = 3 * dr * dr + 6 * dg * dg + db * db;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
