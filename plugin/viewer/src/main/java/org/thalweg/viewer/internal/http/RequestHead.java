package org.thalweg.viewer.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The line and the headers of a request (RFC 9112), parsed strictly: whatever programs parse differently is refused.
 * Immutable.
 *
 * @param method as it came
 * @param target path and query as they came, which begin with a slash
 * @param minorVersion of HTTP/1
 * @param headers all values by name in lower case, in their order
 */
record RequestHead(String method, String target, int minorVersion, Map<String, List<String>> headers) {

    /** Stands for a request that cannot be parsed. */
    static final RequestHead NONE = new RequestHead("", "/", 0, Map.of());

    private static final Pattern LINE = Pattern.compile("([A-Za-z]{1,20}) (/[!-~]*) HTTP/1\\.([01])");

    /** Each is one repetition, which is matched in linear time. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~A-Za-z0-9-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

    RequestHead {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, values -> List.copyOf(values.getValue())));
    }

    /**
     * Parses a head.
     *
     * @param bytes the line and the headers
     * @param length number of bytes before the line break that precedes the empty line
     * @return empty if it is malformed
     */
    static Optional<RequestHead> parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Matcher line = LINE.matcher(lines[0]);
        if (!line.matches()) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(0, colon));
            String value = stripped(lines[i], colon + 1);
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                return Optional.empty();
            }
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(value);
        }
        return Optional.of(new RequestHead(line.group(1), line.group(2), Integer.parseInt(line.group(3)), headers));
    }

    /** The rest of a line without the spaces and tabs around it. */
    private static String stripped(String line, int from) {
        int begin = from;
        int end = line.length();
        while (begin < end && isBlank(line.charAt(begin))) {
            begin++;
        }
        while (begin < end && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(begin, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    /** The first value of a header, whose name is in lower case. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a header, whose name is in lower case. */
    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Without its question mark; empty if there is none. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether another request may follow on the connection. Bodies are not read, so nothing can follow one. */
    boolean isPersistent() {
        boolean body =
                !all("content-length").isEmpty() || !all("transfer-encoding").isEmpty();
        boolean closes = all("connection").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
        return minorVersion == 1 && !body && !closes;
    }
}
