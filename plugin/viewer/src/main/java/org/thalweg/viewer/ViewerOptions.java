package org.thalweg.viewer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Options of the server of a page. Immutable.
 *
 * @param host name or address of the interface to listen on
 * @param port 1 to 65535, or 0 for any free one
 * @param token secret that a browser must present; one is generated if other machines can reach the page
 * @since 0.2.0
 */
public record ViewerOptions(String host, int port, Optional<String> token) {

    /** On the loopback interface, at any free port, without a token. */
    public static final ViewerOptions DEFAULT = new ViewerOptions("localhost", 0, Optional.empty());

    private static final int SHORTEST_TOKEN = 16;
    private static final int TOKEN_BYTES = 24;

    public ViewerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
        }
        // An empty name would mean the loopback interface.
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host must not be empty: 0.0.0.0 is all interfaces");
        }
        // It is used in addresses and cookies without escaping.
        token.ifPresent(value -> {
            if (!value.matches("[A-Za-z0-9_-]*") || value.length() < SHORTEST_TOKEN) {
                throw new IllegalArgumentException("a token must be at least " + SHORTEST_TOKEN
                        + " letters, digits, '-' or '_', got one of " + value.length() + " characters");
            }
        });
    }

    /** At another port; 0 for any free one. */
    public ViewerOptions withPort(int port) {
        return new ViewerOptions(host, port, token);
    }

    /** On another interface, {@code 0.0.0.0} for all of them. */
    public ViewerOptions withHost(String host) {
        return new ViewerOptions(host, port, token);
    }

    /** With a given token. */
    public ViewerOptions withToken(String token) {
        return new ViewerOptions(host, port, Optional.of(token));
    }

    /**
     * The address to bind.
     *
     * @throws IOException when the host has no address, naming it
     */
    InetSocketAddress address() throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "host " + host + " has no address: give the name or address of an interface of this machine", e);
        }
    }

    /** The token for an address: the given one, or a new one if other machines can reach the page. */
    Optional<String> tokenFor(InetSocketAddress address) {
        if (token.isPresent() || address.getAddress().isLoopbackAddress()) {
            return token;
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
}
