package org.thalweg.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.FilmStyle;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.film.ValueOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options common to pictures and films. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PictureOptions {

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            description = {
                "Style: ${COMPLETION-CANDIDATES} (default: surface; for trajectories contour).",
                "Several runs are compared as surfaces alone."
            })
    private @Nullable FilmStyle style;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = {
                "Width and height in pixels (default: ${DEFAULT-VALUE}).",
                "A picture higher than wide has its numbers and charts below the surface."
            },
            defaultValue = "1920x1080",
            converter = SizeConverter.class)
    private Size size;

    @Option(
            names = "--z",
            paramLabel = "SCALE",
            description = "Scale of height and colour: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "log")
    private Scale scale;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            description = "Theme: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "dark")
    private Theme theme;

    @Option(
            names = "--colors",
            paramLabel = "MAP",
            description = "Colour map: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "viridis")
    private ColorMap colors;

    @Option(
            names = "--quantity",
            paramLabel = "NAME",
            description = {
                "Values: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "convexity is for files of 'thalweg analyze --convexity'."
            },
            defaultValue = "loss")
    private SurfaceQuantity quantity;

    @Option(names = "--vmin", paramLabel = "V", description = "Value at the bottom of the scale (default: the lowest).")
    private @Nullable Double low;

    @Option(
            names = "--vmax",
            paramLabel = "V",
            description = "Value at the top of the scale (default: the one that 1 %% of a loss's points exceed).")
    private @Nullable Double high;

    @Option(
            names = "--levels",
            paramLabel = "N",
            description = "About this many contour lines (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int levels;

    @Option(names = "--dots", description = "Mark the computed points; a grid of at most 9 x 9 points always is.")
    private boolean dots;

    @Option(
            names = "--model",
            description = {
                "Draw the quadratic model of the training loss as a net over the surface,",
                "and the circle within which it is right to 10 %%."
            })
    private boolean model;

    @Option(names = "--title", paramLabel = "TEXT", description = "Title (default: the run's name).")
    private @Nullable String title;

    /** Scale of heights and colours. */
    enum Scale {
        LOG,
        LINEAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Width and height in pixels. */
    record Size(int width, int height) {}

    /** {@code 1920x1080}. */
    static final class SizeConverter implements ITypeConverter<Size> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,6})[xX](\\d{1,6})");

        @Override
        public Size convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is not a width and a height like 1920x1080");
            }
            return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }

    /** Whether trajectories are drawn, which no explicit style but contour does. */
    boolean showsTrajectories() {
        return style == null || style == FilmStyle.CONTOUR;
    }

    /**
     * These options, with defaults for everything else.
     *
     * @param spec the command, for error messages
     */
    FilmOptions film(CommandSpec spec) {
        FilmOptions sized =
                Usage.checked(spec, "--size", () -> FilmOptions.DEFAULT.withSize(size.width(), size.height()));
        FilmOptions options = sized.withStyle(style == null ? FilmStyle.SURFACE : style)
                .withColors(theme, colors)
                .withValues(values(spec));
        return title == null ? options : options.withTitle(title);
    }

    private ValueOptions values(CommandSpec spec) {
        ValueOptions lines = Usage.checked(
                spec,
                "--levels",
                () -> new ValueOptions(
                        quantity,
                        scale == Scale.LOG,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        levels,
                        dots,
                        model));
        ValueOptions from = Usage.checked(spec, "--vmin", () -> lines.withRange(optional(low), OptionalDouble.empty()));
        return Usage.checked(spec, "--vmax", () -> from.withRange(optional(low), optional(high)));
    }

    /** The values to show. */
    SurfaceQuantity quantity() {
        return quantity;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
