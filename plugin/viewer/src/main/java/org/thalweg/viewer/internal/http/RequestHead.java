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

    /** A name of token characters at the start of its line, and a value of one line. */
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~A-Za-z0-9-]+):[ \\t]*([\\t -~\\x80-\\xff]*?)[ \\t]*");

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
            Matcher header = HEADER.matcher(lines[i]);
            if (!header.matches()) {
                return Optional.empty();
            }
            headers.computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.group(2));
        }
        return Optional.of(new RequestHead(line.group(1), line.group(2), Integer.parseInt(line.group(3)), headers));
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
