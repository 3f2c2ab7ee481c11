package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.terminal.internal.PlainText;

/** A text table whose columns are as wide as their widest cells. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table; {@code >} before a heading aligns its column to the right. Empty headings are not printed. */
    TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    void row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException("a row must have " + heads.size() + " cells, got " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(PlainText::line).toList());
    }

    void print(PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        if (heads.stream().anyMatch(head -> !head.isEmpty())) {
            lines.add(heads.stream()
                    .map(head -> head.startsWith(">") ? head.substring(1) : head)
                    .toList());
        }
        lines.addAll(rows);
        int[] widths = new int[heads.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                boolean right = heads.get(i).startsWith(">");
                text.append(right ? padding + line.get(i) : line.get(i) + padding)
                        .append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
