package org.thalweg.cuda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A replay on the first usable GPU. */
public final class Replayed {

    private final Replay.Outcome outcome;

    private Replayed(Replay.Outcome outcome) {
        this.outcome = outcome;
    }

    public static Replayed of(Path file) throws IOException {
        return new Replayed(Replay.of(file, new CudaProvider().device(OptionalInt.empty())));
    }

    /** The number of downloaded arrays. */
    public int arrays() {
        return outcome.downloads().size();
    }

    /** The largest distance of an array from the recorded one, relative to its norm. */
    public double deviation() {
        return outcome.deviation();
    }

    public boolean sameBits(Replayed other) {
        return outcome.sameBits(other.outcome);
    }
}
