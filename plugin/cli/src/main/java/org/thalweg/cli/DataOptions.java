package org.thalweg.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.ImageOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the examples to measure networks on. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description = {
                "IDX directory (MNIST's files); folders of images, one for each class; CSV with the class, the value",
                "or one-hot columns last; HDF5 or NumPy's arrays (.npz, a directory of .npy) with features and labels;",
                "or a run, for its probe."
            },
            required = true)
    String data;

    @Option(
            names = "--probe",
            paramLabel = "N",
            description = "Number of examples, drawn once (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    int probe;

    @Option(
            names = "--validation",
            paramLabel = "DIR|FILE",
            description = {
                "Validation data for a second loss; of an IDX directory the t10k set, of arrays x_test or",
                "validation_features, of folders those in val or test, if there are any."
            })
    @Nullable
    String validation;

    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            description = "Size to which image files are resized (default: their own, which must be the same for all).",
            converter = SizeConverter.class)
    ImageOptions.@Nullable Size size;

    @Option(
            names = "--pixels",
            paramLabel = "A:B",
            description = {
                "Values of the darkest and the brightest pixel (default: 0:1); with it also those of bytes in NumPy's",
                "arrays, which are otherwise taken as they are."
            },
            converter = RangeConverter.class)
    ImageOptions.@Nullable Range pixels;

    /** Size and range of images. */
    ImageOptions images() {
        ImageOptions sized =
                size == null ? ImageOptions.DEFAULT : ImageOptions.DEFAULT.withSize(size.width(), size.height());
        return pixels == null ? sized : sized.withRange(pixels.from(), pixels.to());
    }

    /** @throws IllegalArgumentException naming a wrong option */
    void check() {
        requireGiven("--data", data);
        requireGiven("--validation", validation);
        requirePositive("--probe", probe);
    }

    private static void requireGiven(String option, @Nullable String place) {
        if (place != null && place.isBlank()) {
            throw new IllegalArgumentException(option + " must not be empty: the working directory itself is '.'");
        }
    }

    static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, got " + value);
        }
    }

    /** {@code 32x32}. */
    static final class SizeConverter implements ITypeConverter<ImageOptions.Size> {

        private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

        @Override
        public ImageOptions.Size convert(String text) {
            Matcher size = SIZE.matcher(text);
            if (!size.matches()) {
                throw new TypeConversionException("'" + text + "' is not a size like 32x32");
            }
            try {
                return new ImageOptions.Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** {@code -1:1}. */
    static final class RangeConverter implements ITypeConverter<ImageOptions.Range> {

        @Override
        public ImageOptions.Range convert(String text) {
            String[] ends = text.split(":", -1);
            try {
                if (ends.length == 2) {
                    return new ImageOptions.Range(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
                }
            } catch (NumberFormatException e) {
                // Said below.
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException("'" + text + "' is not a range like -1:1");
        }
    }
}
