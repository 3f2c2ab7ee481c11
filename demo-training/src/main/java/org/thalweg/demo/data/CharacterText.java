package org.thalweg.demo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Pieces of a text, each character with the one that follows it as its label. The alphabet is the text's own.
 *
 * @param text at least {@code steps} + 1 characters
 * @param steps characters of a piece
 * @param source what the text is, for people
 */
public record CharacterText(String text, int steps, String source) {

    /** The name of the license. */
    public static final String LICENSE_SOURCE = "the Apache License 2.0";

    private static final String LICENSE = "LICENSE";

    /** Characters from one piece's begin to the next one's. */
    private static final int STRIDE = 5;

    public CharacterText {
        if (steps < 1 || text.length() <= steps) {
            throw new IllegalArgumentException(
                    "a text must be longer than a piece of " + steps + " characters, got " + text.length());
        }
    }

    /** The license of this project, the Apache License 2.0: 11,000 characters of formal English. */
    public static CharacterText license(int steps) throws IOException {
        try (InputStream in = Objects.requireNonNull(CharacterText.class.getResourceAsStream(LICENSE), LICENSE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
            return new CharacterText(text.strip(), steps, LICENSE_SOURCE);
        }
    }

    /** The characters that occur, ascending; their places are the classes. */
    public int[] alphabet() {
        return text.chars().sorted().distinct().toArray();
    }

    /**
     * A part of the text in pieces.
     *
     * @param from where the first piece begins, as a share of the text
     * @param to where the last one ends at the latest
     * @return features and labels {@code [characters, steps]}
     */
    public LabelledSequences pieces(double from, double to) {
        int[] alphabet = alphabet();
        int begin = (int) (from * text.length());
        int end = (int) (to * text.length());
        int count = Math.max(0, (end - begin - steps - 1) / STRIDE + 1);
        float[] features = new float[count * alphabet.length * steps];
        float[] labels = new float[features.length];
        for (int i = 0; i < count; i++) {
            for (int t = 0; t < steps; t++) {
                int at = begin + i * STRIDE + t;
                features[index(alphabet, i, at, t)] = 1;
                labels[index(alphabet, i, at + 1, t)] = 1;
            }
        }
        long[] shape = {alphabet.length, steps};
        return new LabelledSequences(features, shape, labels, shape, source);
    }

    private int index(int[] alphabet, int piece, int at, int step) {
        int character = Arrays.binarySearch(alphabet, text.charAt(at));
        return (piece * alphabet.length + character) * steps + step;
    }
}
