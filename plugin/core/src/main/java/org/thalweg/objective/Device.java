package org.thalweg.objective;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device on which an objective computes. Other jars add kinds of devices: thalweg-cuda adds {@code cuda}.
 *
 * @param kind {@code auto}, {@code cpu}, or the kind of a device
 * @param number which of several devices; empty for all that are alike, which share the work, and for {@code auto} and {@code
 *     cpu}
 * @since 0.2.0
 */
public record Device(String kind, OptionalInt number) {

    /** A usable device from a jar on the class path, otherwise ND4J's backend. */
    public static final Device AUTO = new Device("auto", OptionalInt.empty());

    /** Always ND4J's backend. */
    public static final Device CPU = new Device("cpu", OptionalInt.empty());

    private static final Pattern FORM = Pattern.compile("([a-z]+)(?::(\\d{1,4}))?");

    public Device {
        if (!kind.matches("[a-z]+")) {
            throw wrong(kind);
        }
        if (number.isPresent() && (number.getAsInt() < 0 || kind.equals("auto") || kind.equals("cpu"))) {
            throw wrong(kind + ":" + number.getAsInt());
        }
    }

    /**
     * Parses a device.
     *
     * @param text {@code auto}, {@code cpu}, or a kind with or without a number, such as {@code cuda} or {@code cuda:1}
     * @throws IllegalArgumentException if it is none of these
     */
    public static Device of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text);
        }
        String number = matcher.group(2);
        return new Device(
                matcher.group(1), number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("device must be auto, cpu, or a kind such as cuda or cuda:1, got " + text);
    }

    @Override
    public String toString() {
        return number.isPresent() ? kind + ":" + number.getAsInt() : kind;
    }
}
