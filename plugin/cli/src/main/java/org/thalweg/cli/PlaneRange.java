package org.thalweg.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code A:B} for both directions, or {@code A:B,C:D}.
 *
 * @param alpha first and last coordinate along the first direction
 * @param beta first and last coordinate along the second
 */
record PlaneRange(double[] alpha, double[] beta) {

    /** The grid with {@code points} points per side. */
    Grid grid(int points) {
        return new Grid(new Axis(alpha[0], alpha[1], points), new Axis(beta[0], beta[1], points));
    }

    /** {@code -1:1} or {@code -0.5:1.5,-1:1}. */
    static final class Converter implements ITypeConverter<PlaneRange> {

        private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
        private static final Pattern FORM =
                Pattern.compile(NUMBER + ":" + NUMBER + "(?:," + NUMBER + ":" + NUMBER + ")?");

        @Override
        public PlaneRange convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is not a range like -1:1 or -0.5:1.5,-1:1");
            }
            double[] alpha = range(matcher, 1);
            return new PlaneRange(alpha, matcher.group(3) == null ? alpha : range(matcher, 3));
        }

        private static double[] range(Matcher matcher, int group) {
            try {
                return new double[] {
                    Double.parseDouble(matcher.group(group)), Double.parseDouble(matcher.group(group + 1))
                };
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + matcher.group() + "' is not a range of numbers");
            }
        }
    }
}
