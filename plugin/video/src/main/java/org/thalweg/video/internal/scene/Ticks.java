package org.thalweg.video.internal.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Round numbers along an axis, and the format of numbers. */
public final class Ticks {

    private Ticks() {}

    /** About {@code about} multiples of 1, 2 or 5 times a power of ten from low to high. */
    public static List<Double> linear(double low, double high, int about) {
        double raw = (high - low) / about;
        List<Double> ticks = new ArrayList<>();
        if (!(raw > 0) || Double.isInfinite(raw)) {
            ticks.add(low);
            return ticks;
        }
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double share = raw / power;
        double step = power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Powers of ten from low to high, and 2 and 5 times or 3 times these where they would be few. */
    public static List<Double> logarithmic(double low, double high, int about) {
        double decades = Math.log10(high / low);
        if (decades < 0.7) {
            return linear(low, high, about).stream().filter(tick -> tick > 0).toList();
        }
        int every = (int) Math.max(1, Math.round(decades / about));
        double[] within = decades * 3 <= about + 1
                ? new double[] {1, 2, 5}
                : decades * 2 <= about ? new double[] {1, 3} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high) + 1e-9; exponent++) {
            if (Math.floorMod(exponent, every) != 0) {
                continue;
            }
            for (double factor : within) {
                double tick = factor * power(exponent);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Ten to the power of an exponent, in superscript digits. */
    static String powerOfTen(int exponent) {
        String digits = Integer.toString(Math.abs(exponent))
                .chars()
                .mapToObj(c -> "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079".charAt(c - '0'))
                .map(String::valueOf)
                .collect(Collectors.joining());
        return "10" + (exponent < 0 ? "\u207B" : "") + digits;
    }

    private static double power(int exponent) {
        return exponent < 0 ? 1 / Math.pow(10, -exponent) : Math.pow(10, exponent);
    }

    /** A number with {@code digits} significant digits and a true minus sign. */
    public static String label(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "\u2013inf";
        }
        double size = Math.abs(value);
        String text;
        if (size == 0) {
            text = "0";
        } else if (size >= 1e6 || size < 1e-4) {
            text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", size)
                    .replaceAll("\\.?0*e", "e")
                    .replaceAll("e([+-])0?", "e$1")
                    .replace("e+", "e");
        } else {
            int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
            text = String.format(Locale.ROOT, "%." + decimals + "f", size);
        }
        return value < 0 ? "\u2013" + text : text;
    }

    /** A fraction as a percentage with the significant digits only. */
    static String percent(double fraction) {
        double percent = 100 * fraction;
        if (percent > 0 && percent < 1e-4) {
            return "less than 0.0001 %";
        }
        int decimals = percent >= 10 || percent == 0 ? 0 : percent >= 1 ? 1 : (int) Math.ceil(-Math.log10(percent)) + 1;
        return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
    }

    /** A round number without trailing zeros, for axes. */
    public static String shortLabel(double value) {
        String text = label(value, 4);
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
