package org.thalweg.testing;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records and arrays in words, to the last bit. */
public final class Values {

    private Values() {}

    /** Everything in a value. */
    public static String text(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        add(text, value);
        return text.toString();
    }

    private static void add(StringBuilder text, @Nullable Object value) {
        if (value == null) {
            text.append("null");
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                add(text.append(','), Array.get(value, i));
            }
        } else if (value instanceof Optional<?> optional) {
            add(text, optional.orElse(null));
        } else if (value instanceof Iterable<?> values && !(value instanceof Path)) {
            values.forEach(item -> add(text.append(','), item));
        } else if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((key, item) -> add(text.append(key).append('='), item));
        } else if (value instanceof Record fields) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                add(text.append(component.getName()).append(':'), component(fields, component));
            }
        } else {
            text.append(value);
        }
    }

    private static @Nullable Object component(Record fields, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
