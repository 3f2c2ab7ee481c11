package org.thalweg.recording;

import java.nio.file.Path;
import java.util.List;

/**
 * The file of a study as a run of one frame, without weights and without a probe.
 *
 * @param root the file
 * @param iteration iteration of the analyzed network
 */
record SingleFrameRun(Path root, long iteration) implements RunFiles {

    @Override
    public List<Long> iterations() {
        return List.of(iteration);
    }

    @Override
    public Path frames() {
        return root;
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

    /** A path below a file does not exist. */
    private Path below(String name) {
        return root.resolve(name);
    }
}
