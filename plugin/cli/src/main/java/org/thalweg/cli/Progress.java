package org.thalweg.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How commands show that they get on. */
final class Progress {

    private Progress() {}

    /**
     * A bar on the standard error.
     *
     * @param unit with a blank before it
     */
    static ProgressBar bar(String task, String unit, long most) {
        return bar(task, unit, 0, most);
    }

    /**
     * A bar of what was begun before.
     *
     * @param done how much of it was there, which says nothing about the time that the rest takes
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
