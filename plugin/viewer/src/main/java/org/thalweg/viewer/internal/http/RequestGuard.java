package org.thalweg.viewer.internal.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which requests are answered. On the loopback interface the Host header must be a name of this machine;
 * otherwise a foreign page whose name resolves to it could read the answers (DNS rebinding). Elsewhere requests need
 * the token, first in the address and then in a cookie. Immutable.
 */
final class RequestGuard {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int LONGEST_REQUEST = 512;
    private static final Pattern TOKEN_IN_QUERY = Pattern.compile("(?:^|&)token=([^&]*)");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final String host;
    private final boolean loopback;
    private final int port;
    private final Optional<String> token;

    RequestGuard(String host, InetSocketAddress bound, Optional<String> token) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.loopback = bound.getAddress().isLoopbackAddress();
        this.port = bound.getPort();
        this.token = token;
    }

    /** The status that refuses a request, whatever it asks for; empty if it is allowed. */
    Optional<Integer> refusal(RequestHead request) {
        // If there are two, a proxy may have checked the other one.
        if (request.all("host").size() > 1) {
            return Optional.of(400);
        }
        if (!METHODS.contains(request.method())) {
            return Optional.of(405);
        }
        if (request.target().length() > LONGEST_REQUEST) {
            return Optional.of(414);
        }
        if (loopback && !isLocal(request.first("host").orElse(""))) {
            return Optional.of(421);
        }
        if (token.isPresent() && !isToken(fromCookie(request)) && !isToken(fromQuery(request))) {
            return Optional.of(401);
        }
        return Optional.empty();
    }

    /** The cookie for a request with the token in its address, which would otherwise stay in the browser's history. */
    Optional<String> cookie(RequestHead request) {
        // The cookie holds the server's own token, never text of the request.
        return token.filter(own -> isToken(fromQuery(request)))
                .map(own -> cookieName() + "=" + own + "; Path=/; HttpOnly; SameSite=Strict");
    }

    private boolean isLocal(String given) {
        String name = PORT.matcher(given.toLowerCase(Locale.ROOT)).replaceFirst("");
        return LOOPBACK.contains(name) || name.equals(host);
    }

    private static Optional<String> fromQuery(RequestHead request) {
        Matcher matcher = TOKEN_IN_QUERY.matcher(request.query());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private Optional<String> fromCookie(RequestHead request) {
        return request.all("cookie").stream()
                .flatMap(line -> Arrays.stream(line.split("; *")))
                .filter(pair -> pair.startsWith(cookieName() + "="))
                .map(pair -> pair.substring(cookieName().length() + 1))
                .findFirst();
    }

    /** Cookies ignore ports, so two pages of one machine need different names. */
    private String cookieName() {
        return "thalweg-" + port;
    }

    private boolean isToken(Optional<String> given) {
        return given.isPresent()
                && MessageDigest.isEqual(
                        given.get().getBytes(StandardCharsets.UTF_8),
                        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }
}
