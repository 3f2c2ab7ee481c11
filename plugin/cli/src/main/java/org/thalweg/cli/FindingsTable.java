package org.thalweg.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;

/**
 * What a run's frames mean, in words, and what to try: warnings where they first appear, and everything about the last
 * frame. Advice stands once, below the first finding of its kind.
 */
final class FindingsTable {

    private FindingsTable() {}

    /**
     * The table; empty without findings.
     *
     * @param findings of the run, which has described no frame yet
     */
    static Optional<TextTable> of(List<Frame> frames, RunFindings findings) {
        TextTable table = new TextTable(">iteration", "severity", "finding");
        Set<String> known = new HashSet<>();
        Set<String> advised = new HashSet<>();
        boolean isEmpty = true;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            for (Finding finding : findings.at(frame)) {
                boolean isNew = finding.severity() != Severity.NOTE && known.add(finding.kind());
                if (isNew || i == frames.size() - 1) {
                    table.row(
                            String.format(Locale.ROOT, "%d", frame.iteration()),
                            finding.severity().label(),
                            ascii(finding.words()));
                    if (!finding.advice().isEmpty() && advised.add(finding.kind())) {
                        table.row("", "", "  " + ascii(finding.advice() + source(finding)));
                    }
                    isEmpty = false;
                }
            }
        }
        return isEmpty ? Optional.empty() : Optional.of(table);
    }

    private static String source(Finding finding) {
        return finding.reference().isEmpty() ? "" : " See " + finding.reference() + ".";
    }

    /** Terminals differ. */
    private static String ascii(String words) {
        return words.replace("\u03BB max", "lambda_max")
                .replace("\u03BB min", "lambda_min")
                .replace('\u2212', '-')
                .replace("\u03B1", "alpha")
                .replace("\u03B2", "beta");
    }
}
