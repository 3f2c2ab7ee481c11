package org.thalweg.terminal.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns picocli's messages into one line that says what is wrong with a command's arguments and what was probably
 * meant.
 */
public final class UsageMessage {

    /** Words that differ by more typing errors than this are different words. */
    private static final int MOST_ERRORS = 2;

    /** A value that is not in an enumeration. */
    private static final Pattern ENUMERATION = Pattern.compile("expected one of \\[(.*)\\].* but was '(.*)'");

    private static final Pattern UNKNOWN =
            Pattern.compile("(?:Unknown options?|Unmatched arguments? (?:at|from) index \\d+): '(.*?)'");

    private UsageMessage() {}

    /**
     * A message.
     *
     * @param message of picocli's exception
     * @param words the options and subcommands that are known
     */
    public static String of(String message, Collection<String> words) {
        String line = lowered(PlainText.line(message));
        return line
                + meant(line, words)
                        .map(word -> "; did you mean '" + word + "'?")
                        .orElse("");
    }

    /** Names of enumerations as users write them; picocli lists some of them in both ways. */
    private static String lowered(String message) {
        return ENUMERATION.matcher(message).replaceFirst(found -> {
            String names = Stream.of(found.group(1).split(", "))
                    .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .distinct()
                    .collect(Collectors.joining(", "));
            return Matcher.quoteReplacement(
                    found.group().replace(found.group(1), names).replace(" (case-insensitive)", ""));
        });
    }

    private static Optional<String> meant(String message, Collection<String> words) {
        Matcher enumeration = ENUMERATION.matcher(message);
        if (enumeration.find()) {
            return nearest(enumeration.group(2), List.of(enumeration.group(1).split(", ")));
        }
        Matcher unknown = UNKNOWN.matcher(message);
        return unknown.find() ? nearest(unknown.group(1), words) : Optional.empty();
    }

    private static Optional<String> nearest(String typed, Collection<String> words) {
        return words.stream()
                .filter(word -> distance(typed, word) <= Math.min(MOST_ERRORS, word.length() / 2))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** Levenshtein's distance: insertions, deletions and substitutions. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
