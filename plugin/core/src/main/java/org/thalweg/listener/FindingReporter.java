package org.thalweg.listener;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;

/** Adds findings to frames, logs each kind once, and tells listeners those that are new. Not thread-safe. */
final class FindingReporter {

    /** It has a name of its own, so that applications can keep findings out of their log. */
    private static final Logger log = LoggerFactory.getLogger(FindingListener.class);

    private final List<FindingListener> listeners;
    private final RunFindings run = new RunFindings();
    private final OnceLogger onceLog = new OnceLogger(log);
    private Set<String> before = Set.of();

    FindingReporter(List<FindingListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** The frame with its findings. */
    Frame describe(Frame frame) {
        Frame described = run.describe(frame);
        for (Finding finding : described.findings()) {
            if (finding.severity() != Severity.NOTE) {
                onceLog.warn(
                        finding.kind(), "iteration {}: {} {}", frame.iteration(), finding.words(), finding.advice());
            }
            if (!before.contains(finding.kind())) {
                tell(described, finding);
            }
        }
        before = described.findings().stream().map(Finding::kind).collect(Collectors.toUnmodifiableSet());
        return described;
    }

    private void tell(Frame frame, Finding finding) {
        for (FindingListener listener : listeners) {
            try {
                listener.onFinding(frame, finding);
            } catch (RuntimeException | Error e) {
                onceLog.warn(
                        listener,
                        "onFinding threw at {} of iteration {}; training continues",
                        finding.kind(),
                        frame.iteration(),
                        e);
            }
        }
    }
}
