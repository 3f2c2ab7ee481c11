package org.thalweg.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in sentences. */
final class Words {

    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private static final String MINUS = "\u2212";

    private Words() {}

    /** Three significant digits, without an exponent where that is readable. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinite";
        }
        return (value < 0 ? MINUS : "") + size(Math.abs(value));
    }

    private static String size(double value) {
        if (value != 0 && (value < 1e-4 || value >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value).replace("-", MINUS);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return (rounded.scale() > 0 ? rounded.stripTrailingZeros() : rounded).toPlainString();
    }

    static String percent(double ratio) {
        return number(100 * ratio) + " %";
    }

    /** An iteration or another count, with thousands separated. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
