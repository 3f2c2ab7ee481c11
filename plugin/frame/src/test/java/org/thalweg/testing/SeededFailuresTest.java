package org.thalweg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A failure says how to repeat it, wherever the test got its seed. */
class SeededFailuresTest {

    private static final long OF_CLASS = Seeds.fresh("of the class");

    private final long ofInstance = Seeds.fresh("of the instance");

    @Test
    void theMessageHasTheSeedsOfTheTestAndOfItsClass() {
        long ofMethod = Seeds.fresh("of the method");
        IllegalStateException failure = new IllegalStateException("left open");
        assertThat(SeededFailures.seeded(getClass(), failure))
                .hasMessageContainingAll(
                        "IllegalStateException: left open",
                        "-Dthalweg.seed=" + OF_CLASS,
                        "-Dthalweg.seed=" + ofInstance,
                        "-Dthalweg.seed=" + ofMethod)
                .hasCause(failure);
    }

    /** JUnit has called the extension before it made this instance. */
    @RepeatedTest(2)
    void theSeedsOfOtherTestsAreForgotten() {
        assertThat(Seeds.options(getClass()))
                .containsExactly("-Dthalweg.seed=" + OF_CLASS, "-Dthalweg.seed=" + ofInstance);
    }

    @Test
    void anAbortedTestIsNoFailure() {
        TestAbortedException aborted = new TestAbortedException("not here");
        assertThat(SeededFailures.seeded(getClass(), aborted)).isSameAs(aborted);
    }
}
