package org.thalweg.benchmarks;

import java.util.List;
import java.util.Locale;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.objective.Probe;

/**
 * Time of the frame that a listener with default options computes before training, as rows of a table: all of it, and in seconds
 * for the surface and for the curvature. The first row of a process has the time of its first ops and of compiling Java, too.
 *
 * <p>Arguments: number of examples, then names of {@link BenchmarkNetwork}, each as often as it is to be measured.
 */
public final class FirstFrames {

    private FirstFrames() {}

    public static void main(String[] arguments) {
        int examples = Integer.parseInt(arguments[0]);
        System.out.println("| network | seconds | surface | curvature |");
        System.out.println("|---|---|---|---|");
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            BenchmarkNetwork subject = BenchmarkNetwork.valueOf(name);
            FrameSink sink = frame -> print(subject, frame);
            LandscapeListener.builder(subject.network())
                    .probe(Probe.of(subject.examples(examples)))
                    .sink(sink)
                    .build()
                    .close();
        }
    }

    private static void print(BenchmarkNetwork subject, Frame frame) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                subject,
                frame.totalSeconds(),
                frame.seconds().getOrDefault("surface", 0.0),
                frame.seconds().getOrDefault("curvature", 0.0));
    }
}
