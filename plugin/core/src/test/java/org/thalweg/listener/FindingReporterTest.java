package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.testing.StandardError;

/** Findings reach frames, the log and the application; each kind once as long as it stays. */
class FindingReporterTest extends TrainingFixture {

    private final List<String> told = new ArrayList<>();

    @Test
    void newFindingsAreToldAndLoggedOnce() {
        FindingReporter findings = new FindingReporter(List.of((frame, finding) -> {
            told.add(frame.iteration() + " " + finding.kind());
            throw new IllegalStateException("from the application");
        }));
        String said = StandardError.during(() -> {
            for (long iteration : new long[] {0, 5, 10}) {
                Frame frame = findings.describe(diverged(iteration));
                assertThat(frame.findings()).extracting(Finding::kind).contains("diverged");
            }
            findings.describe(frames().get(0));
            findings.describe(diverged(20));
        });
        assertThat(told).filteredOn(each -> each.endsWith(" diverged")).containsExactly("0 diverged", "20 diverged");
        assertThat(said)
                .containsOnlyOnce("Training has diverged")
                .containsOnlyOnce("onFinding threw")
                .contains("Lower the learning rate");
    }

    private Frame diverged(long iteration) {
        Frame frame = frames().get(0);
        return Frame.builder(iteration, 0)
                .loss(Double.NaN, frame.accuracy())
                .surface(frame.surface())
                .curvature(frame.curvature())
                .build();
    }

    private List<Frame> frames() {
        if (events.frames.isEmpty()) {
            watch(network(), true).close();
        }
        return events.frames;
    }
}
