package org.thalweg.recording;

import java.nio.file.Path;
import java.util.List;

/**
 * The file of a study as a run of one frame, without weights and probe.
 *
 * @param root the file
 * @param iteration of the network that it is of
 */
record LoneFrame(Path root, long iteration) implements RunFiles {

    @Override
    public List<Long> iterations() {
        return List.of(iteration);
    }

    @Override
    public Path frame(long iteration) {
        return root;
    }

    @Override
    public Path weights(long iteration) {
        return below("weights.h5");
    }

    @Override
    public Path probe() {
        return below("probe.h5");
    }

    /** What lies below a file does not exist. */
    private Path below(String name) {
        return root.resolve(name);
    }
}
