package org.thalweg.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.frame.FrameSink;

/** Thalweg on a run of the demo: the one place where it is attached. */
final class Landscape implements AutoCloseable {

    static Landscape attach(TrainingRun run, Path out, Optional<MeterRegistry> registry, FrameSink frames) {
        if (frames == null || out == null || registry == null || run == null) {
            throw new UnsupportedOperationException("" + run + out + registry + frames);
        }
        return new Landscape();
    }

    @Override
    public void close() {}
}
