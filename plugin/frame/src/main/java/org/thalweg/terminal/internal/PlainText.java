package org.thalweg.terminal.internal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Text that is safe to print. Runs and models may come from strangers, and a name with escape sequences or
 * bidirectional controls could recolour, overwrite or reorder the terminal's text.
 */
public final class PlainText {

    /**
     * Controls except tab and line feed, bidirectional controls (Unicode UAX 9), separators and the byte order mark.
     */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cc}&&[^\t\n]]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]");

    private static final Pattern BREAKS = Pattern.compile("[\t\n\r\u2028\u2029]+");

    private PlainText() {}

    /** The text without unsafe characters; tabs and line feeds stay. */
    public static String of(String text) {
        return UNSAFE.matcher(text).replaceAll("");
    }

    /** The text on one line, without unsafe characters. */
    public static String line(String text) {
        return of(BREAKS.matcher(text).replaceAll(" "));
    }

    /** A writer that removes unsafe characters from all it prints. Flushes at each line. */
    public static PrintWriter writer(Writer target) {
        return new PrintWriter(new Filter(target), true);
    }

    /** A stream that removes unsafe characters from all text that it prints. */
    public static PrintStream stream(PrintStream target, Charset charset) {
        return new PrintStream(target, true, charset) {
            @Override
            public void print(String text) {
                super.print(of(String.valueOf(text)));
            }

            @Override
            public void println(String text) {
                super.println(of(String.valueOf(text)));
            }

            @Override
            public void println(Object value) {
                super.println(of(String.valueOf(value)));
            }
        };
    }

    private static final class Filter extends FilterWriter {

        Filter(Writer target) {
            super(target);
        }

        @Override
        public void write(int character) throws IOException {
            write(String.valueOf((char) character), 0, 1);
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            write(new String(text, from, length), 0, length);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            out.write(of(text.substring(from, from + length)));
        }
    }
}
