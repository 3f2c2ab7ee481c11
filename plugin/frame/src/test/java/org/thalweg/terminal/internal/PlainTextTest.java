package org.thalweg.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Text from strangers reaches the terminal as text only. */
class PlainTextTest {

    /** Clears the screen, sets the title, rings, overwrites the line, reorders what follows, by C0, C1 and Unicode. */
    private static final String HOSTILE =
            "\u001b[2J\u001b]0;owned\u0007\rroot# \b\b\u009b31m\u202egnp.exe\u2066\u200f\u2028line\u0085\u007f";

    @Test
    void keepsTextInAnyLanguage() {
        String text = "r\u00e9seau \u03bb \u7db2 \u0634\u0628\u0643\u0629 \ud83d\ude80\tone\ntwo";
        assertThat(PlainText.of(text)).isEqualTo(text);
        assertThat(PlainText.line(text)).doesNotContain("\n", "\t").contains("one two");
        assertThat(PlainText.of(HOSTILE)).isEqualTo("[2J]0;ownedroot# 31mgnp.exeline");
    }

    @Test
    void streamsAndWritersPrintPlainTextHoweverItIsWritten() {
        StringWriter written = new StringWriter();
        PlainText.writer(written).printf(Locale.ROOT, "%s%c%n", HOSTILE, '\u001b');
        assertPlain(written.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = PlainText.stream(new PrintStream(bytes), StandardCharsets.UTF_8)) {
            stream.println(HOSTILE);
            stream.print(HOSTILE);
            stream.println((Object) HOSTILE);
        }
        assertPlain(bytes.toString(StandardCharsets.UTF_8));
    }

    private static void assertPlain(String printed) {
        assertThat(printed)
                .doesNotContainPattern("[\\p{Cc}&&[^\t\n]]")
                .doesNotContainPattern("[\u202a-\u202e\u2066-\u2069]");
    }
}
