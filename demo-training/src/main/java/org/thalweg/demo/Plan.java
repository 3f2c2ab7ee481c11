package org.thalweg.demo;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run is going to do and where to follow it.
 *
 * @param metrics address of the meters, if they are served
 * @param page address of the page, if it is served
 */
record Plan(TrainingRun run, OutputDirectory out, Optional<String> metrics, Optional<URI> page) {

    void print() {
        Console console = run.console();
        console.line(String.format(
                Locale.ROOT,
                "%s, %,d parameters, on %,d %s: %s",
                run.title(),
                run.network().numParams(),
                run.training().examples().size(),
                run.training().examples().kind(),
                run.training().examples().source()));
        console.line(String.format(
                Locale.ROOT,
                "  training   %,d iterations, %,d an epoch of batches of %d",
                run.iterations(),
                run.training().perEpoch(),
                run.training().size()));
        console.line("  landscape  " + (run.options().landscape() ? landscape() : "none: training alone"));
        console.line("  run        " + out.path());
        page.ifPresent(address -> console.line("  page       " + address));
        metrics.ifPresent(address -> console.line("  metrics    " + address));
    }

    private String landscape() {
        FrameOptions frames = run.options().frames();
        String every = frames.everyIterations()
                .map(n -> n + " iterations")
                .orElse(frames.everyEpochs() == 1 ? "epoch" : frames.everyEpochs() + " epochs");
        return String.format(
                Locale.ROOT,
                "every %s, %s plane%s, %d x %d points from %s to %s, %s",
                every,
                frames.plane(),
                frames.fixedPlane() ? " of the first frame" : "",
                frames.grid(),
                frames.grid(),
                -frames.range(),
                frames.range(),
                frames.eigenvalues() == 0
                        ? "no eigenvalues"
                        : "eigenvalues " + frames.eigenvalues() + " at each end of the spectrum");
    }
}
