package org.thalweg.demo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Styles of writing each digit, read from {@code stroke-digits.txt}, which describes its format. */
final class DigitStyles {

    /**
     * A pen stroke.
     *
     * @param x control points across, 0 to 1
     * @param y control points down, 0 to 1
     * @param smooth whether the line is a curve or turns sharply at the points
     */
    record Stroke(double[] x, double[] y, boolean smooth) {}

    private static final String RESOURCE = "stroke-digits.txt";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final List<List<List<Stroke>>> styles = new ArrayList<>();

    private DigitStyles() {
        for (int digit = 0; digit < LabelledImages.CLASSES; digit++) {
            styles.add(new ArrayList<>());
        }
    }

    static DigitStyles load() {
        try (InputStream in = DigitStyles.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            DigitStyles styles = new DigitStyles();
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            List<Stroke> current = new ArrayList<>();
            for (String line : (Iterable<String>) reader.lines()::iterator) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] words = BLANKS.split(line);
                if (!words[0].equals("+")) {
                    current = new ArrayList<>();
                    styles.styles.get(Integer.parseInt(words[0])).add(current);
                }
                current.add(stroke(words));
            }
            return styles;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Styles of a digit, each a list of strokes. */
    List<List<Stroke>> of(int digit) {
        return styles.get(digit);
    }

    private static Stroke stroke(String[] words) {
        double[] numbers =
                Stream.of(words).skip(2).mapToDouble(Double::parseDouble).toArray();
        double[] x = new double[numbers.length / 2];
        double[] y = new double[numbers.length / 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = numbers[2 * i];
            y[i] = numbers[2 * i + 1];
        }
        return new Stroke(x, y, words[1].equals("curve"));
    }
}
