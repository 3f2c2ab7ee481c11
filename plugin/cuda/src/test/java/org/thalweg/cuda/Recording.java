package org.thalweg.cuda;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice;
import org.thalweg.objective.compiled.internal.executor.ExecutorProvider;

/** Device "record": ND4J, with all calls recorded in a file for {@link Replay}. */
public final class Recording implements ExecutorProvider {

    private static @Nullable ReplayWriter writer;

    /** Called by {@link java.util.ServiceLoader}. */
    public Recording() {}

    /** Records all calls to device "record" until closed. */
    public static void to(Path file, Runnable work) {
        try (ReplayWriter opened = new ReplayWriter(file)) {
            writer = opened;
            work.run();
        } finally {
            writer = null;
        }
    }

    @Override
    public String kind() {
        return "record";
    }

    @Override
    public ComputeDevice device(OptionalInt number) {
        ReplayWriter opened = writer;
        if (opened == null) {
            throw new IllegalArgumentException("nothing is recorded now");
        }
        return RecordingExecutor.device(opened);
    }
}
