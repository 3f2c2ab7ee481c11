package org.thalweg.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars of commands. */
final class Progress {

    private Progress() {}

    /**
     * Starts a bar on standard error.
     *
     * @param unit with a leading blank
     */
    static ProgressBar bar(String task, String unit, long most) {
        return bar(task, unit, 0, most);
    }

    /**
     * Starts a bar for continued work.
     *
     * @param done amount already there, which does not count for the estimate of the remaining time
     */
    static ProgressBar bar(String task, String unit, long done, long most) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .startsFrom(done, Duration.ZERO)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setMaxRenderedLength(90)
                .build();
    }
}
