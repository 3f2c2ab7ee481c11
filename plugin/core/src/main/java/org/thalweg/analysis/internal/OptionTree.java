package org.thalweg.analysis.internal;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.OptionValues;

/**
 * Options as plain values, so that all of them can be recorded and compared one by one. A record becomes a map of its
 * components, without absent ones. A record that implements an interface has its class's name as {@code kind}, since
 * other classes may implement the interface, too.
 *
 * <p>Plain values are strings, booleans, longs, doubles, and lists and maps of them. Enum constants are their names in
 * lower case, durations and paths their text, arrays a digest of their values.
 *
 * @since 0.2.0
 */
public final class OptionTree {

    private static final String KIND = "kind";

    private final Function<INDArray, Object> array;

    private OptionTree(Function<INDArray, Object> array) {
        this.array = array;
    }

    /**
     * The options as plain values.
     *
     * @param options a record, an {@link OptionValues}, or a value or list or map of values
     * @throws IllegalArgumentException if it contains anything else; the message names the class
     */
    public static Object of(Object options) {
        return new OptionTree(OptionTree::digest).value(options);
    }

    /**
     * As {@link #of}, with only the lengths of arrays: for arrays that are computed from data whose digest is recorded.
     */
    public static Object withoutArrays(Object options) {
        return new OptionTree(found -> Map.of("length", found.length())).value(options);
    }

    private static Object digest(INDArray array) {
        return Map.of("length", array.length(), "digest", ArrayDigest.of(array));
    }

    private Object value(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Duration || value instanceof Path) {
            return value.toString();
        }
        if (value instanceof INDArray found) {
            return array.apply(found);
        }
        if (value instanceof double[] doubles) {
            return Map.of("length", (long) doubles.length, "digest", ArrayDigest.of(doubles));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof OptionValues options) {
            return withKind(options, map(options.optionValues()));
        }
        if (value instanceof Record options) {
            return withKind(options, components(options));
        }
        throw new IllegalArgumentException(value.getClass().getName() + " among the options is neither a record nor a"
                + " plain value, so it cannot be compared between runs: make it a record, or let it implement "
                + OptionValues.class.getName());
    }

    private static Number number(Number number) {
        return number instanceof Double || number instanceof Float ? number.doubleValue() : (Number) number.longValue();
    }

    private Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> values = new TreeMap<>();
        map.forEach((name, value) -> put(values, name.toString(), value));
        return values;
    }

    private Map<String, Object> components(Record options) {
        Map<String, Object> values = new TreeMap<>();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            put(values, component.getName(), read(component, options));
        }
        return values;
    }

    private static Object read(RecordComponent component, Record of) {
        try {
            Method accessor = component.getAccessor();
            // A record may be private to its package.
            accessor.setAccessible(true);
            return accessor.invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    component.getName() + " of " + of.getClass().getName() + " cannot be read: " + e, e);
        }
    }

    private void put(Map<String, Object> values, String name, Object value) {
        present(value).ifPresent(there -> values.put(name, value(there)));
    }

    private static Optional<?> present(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty();
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? Optional.of(optional.getAsLong()) : Optional.empty();
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty();
        }
        return Optional.ofNullable(value);
    }

    private static Map<String, Object> withKind(Object options, Map<String, Object> values) {
        boolean exchangeable = Arrays.stream(options.getClass().getInterfaces())
                .anyMatch(type -> !type.getPackageName().startsWith("java."));
        if (exchangeable) {
            values.put(KIND, options.getClass().getSimpleName());
        }
        return values;
    }
}
