package org.thalweg.viewer.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Mutator;
import org.thalweg.testing.Seeds;

class RequestHeadTest {

    private static final String HEAD =
            "GET /events?a=b HTTP/1.1\r\nHost: localhost:8642\r\nCookie:a=b; c=d \r\nLast-Event-ID:\t7\r\nCOOKIE: e=f";

    private final long seed = Seeds.fresh("RequestHeadTest");

    private static Optional<RequestHead> parse(byte[] bytes) {
        return RequestHead.parse(bytes, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void lineAndHeadersAreRead() {
        RequestHead head = parse(bytes(HEAD)).orElseThrow();
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.path()).isEqualTo("/events");
        assertThat(head.query()).isEqualTo("a=b");
        assertThat(head.first("host")).hasValue("localhost:8642");
        assertThat(head.all("cookie")).containsExactly("a=b; c=d", "e=f");
        assertThat(head.first("last-event-id")).hasValue("7");
        assertThat(head.isPersistent()).isTrue();
    }

    @Test
    void nothingFollowsABodyAnOldVersionOrAClose() {
        for (String last : List.of("Content-Length: 0", "Transfer-Encoding: chunked", "Connection: x, Close")) {
            assertThat(parse(bytes(HEAD + "\r\n" + last)).orElseThrow().isPersistent())
                    .as(last)
                    .isFalse();
        }
        assertThat(parse(bytes("GET / HTTP/1.0")).orElseThrow().isPersistent()).isFalse();
    }

    /** A damaged head is refused, or read as what another strict reader would read. 1,000, or {@code -Dthalweg.mutations}. */
    @Test
    void damagedHeadsAreReadInOneWayOrNotAtAll() {
        Mutator mutator = new Mutator(new Random(seed));
        byte[] whole = bytes(HEAD);
        int refused = 0;
        for (int i = 0; i < Integer.getInteger("thalweg.mutations", 1000); i++) {
            byte[] damaged = mutator.mutated(whole);
            Optional<RequestHead> head = parse(damaged);
            if (head.isEmpty()) {
                refused++;
                continue;
            }
            String text = new String(damaged, StandardCharsets.ISO_8859_1);
            assertThat(text.split("\r|\n", -1))
                    .as("line breaks that are not both, mutation %d, seed %d", i, seed)
                    .hasSize(2 * text.split("\r\n", -1).length - 1);
            int values =
                    head.get().headers().values().stream().mapToInt(List::size).sum();
            assertThat(values)
                    .as("headers, mutation %d, seed %d", i, seed)
                    .isEqualTo(text.split("\r\n", -1).length - 1);
            assertThat(head.get().target()).startsWith("/").doesNotContain(" ");
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    /** Sixteen thousand spaces and a character that no value has: matched in one pass. */
    @Test
    void aHeaderOfSpacesIsRefusedAtOnce() {
        byte[] head = ("GET / HTTP/1.1\r\nHost: x\r\na:" + " ".repeat(16_000) + "\u0001")
                .getBytes(StandardCharsets.ISO_8859_1);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(RequestHead.parse(head, head.length)).isEmpty());
    }
}
