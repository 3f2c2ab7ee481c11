package org.thalweg.data;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that a network's configuration may name. Deeplearning4j instantiates every class that its JSON names, so
 * an untrusted file must not choose them: only the configuration classes of Deeplearning4j and ND4J are allowed, and
 * those that the user adds. Immutable; thread-safe.
 *
 * @param names fully qualified class names in addition to those of Deeplearning4j and ND4J; a name that ends in
 *     {@code .*} stands for all classes below a package
 * @since 0.2.0
 */
public record AllowedClasses(Set<String> names) {

    /** Only the configuration classes of Deeplearning4j and ND4J. */
    public static final AllowedClasses DEFAULT = new AllowedClasses(Set.of());

    /** In characters; the configurations of the largest published networks have less than a tenth of this. */
    static final int LONGEST_CONFIGURATION = 64 << 20;

    private static final List<String> CONFIGURATION = List.of(
            "org.deeplearning4j.nn.conf.",
            "org.deeplearning4j.nn.weights.",
            "org.deeplearning4j.nn.modelimport.keras.preprocessors.",
            "org.nd4j.linalg.activations.impl.",
            "org.nd4j.linalg.lossfunctions.impl.",
            "org.nd4j.linalg.learning.config.",
            "org.nd4j.linalg.learning.regularization.",
            "org.nd4j.linalg.schedule.");

    private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*(\\.\\*)?");

    /** The properties that hold class names, for most types and for weight distributions. */
    private static final String CLASS = "@class";

    private static final String TYPE = "type";

    /** @throws IllegalArgumentException if a name is neither a class nor a pattern for all classes below a package */
    public AllowedClasses {
        names = Set.copyOf(names);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a class is named like com.acme.MyLayer, a package like com.acme.layers.*, got '" + name + "'");
            }
        }
    }

    /** With further names. */
    public AllowedClasses with(Collection<String> further) {
        return new AllowedClasses(
                Set.copyOf(Stream.concat(names.stream(), further.stream()).toList()));
    }

    /**
     * Checks a configuration.
     *
     * @param json a configuration in Deeplearning4j's JSON
     * @return the same configuration, serialized again: Deeplearning4j's parser must read exactly what was checked, and
     *     of two equal names it might read the first where this parser reads the last
     * @throws IllegalArgumentException if it is too long or too deeply nested, is not JSON, or names a class that is
     *     not allowed; the message names the class
     */
    String check(String json) {
        if (json.length() > LONGEST_CONFIGURATION) {
            throw new IllegalArgumentException("the configuration must have at most " + LONGEST_CONFIGURATION
                    + " characters, it has " + json.length());
        }
        try {
            JsonElement configuration = JsonParser.parseString(json);
            check(configuration);
            return new GsonBuilder()
                    .serializeNulls()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(configuration);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("the configuration is not JSON: " + e.getMessage(), e);
        }
    }

    private void check(JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(this::check);
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                if (member.getKey().equals(CLASS) || (member.getKey().equals(TYPE) && !object.has(CLASS))) {
                    requireAllowed(member.getValue());
                }
                check(member.getValue());
            }
        }
    }

    private void requireAllowed(JsonElement name) {
        if (!name.isJsonPrimitive() || !isAllowed(name.getAsString())) {
            throw new IllegalArgumentException("the configuration names the class " + name
                    + ", which does not belong to Deeplearning4j's configuration: if you trust the file, allow the"
                    + " class (--allow-classes, AllowedClasses)");
        }
    }

    /** A name with type parameters would name a second class. */
    private boolean isAllowed(String name) {
        return name.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.')
                && (CONFIGURATION.stream().anyMatch(name::startsWith)
                        || names.contains(name)
                        || names.stream()
                                .filter(allowed -> allowed.endsWith(".*"))
                                .anyMatch(allowed -> name.startsWith(allowed.substring(0, allowed.length() - 1))));
    }
}
