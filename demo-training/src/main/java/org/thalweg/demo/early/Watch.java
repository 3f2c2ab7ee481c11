package org.thalweg.demo.early;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.QuantityOptions;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/**
 * How the early steps are watched: which images the frames see, what of the curvature, and how often.
 *
 * @param probe images of loss and curvature
 * @param held held-out images
 * @param curvature what to compute of the curvature
 * @param every iterations between frames
 * @param grid points on each side of the surfaces
 * @param seed seed of directions
 */
record Watch(Probe probe, Probe held, CurvatureOptions curvature, int every, int grid, long seed) {

    /** The only further quantities, since frames are many. */
    private static final List<CurvatureQuantity> QUANTITIES = CurvatureQuantity.all().stream()
            .filter(quantity -> List.of("learning_rate", "gradient_norm").contains(quantity.name()))
            .toList();

    /** Whether a run has its last frame, of {@code iterations} updates or of a loss that is not finite. */
    boolean isComplete(RecordedStudy study, String name, long iterations) throws IOException {
        return study.frame(name)
                .filter(last -> last.iteration() > iterations - every || !Double.isFinite(last.loss()))
                .isPresent();
    }

    /**
     * Trains on batches in order, until they end or the loss is no longer finite.
     *
     * @param network initialized
     * @param batches one for each update
     * @param directory receives the run
     */
    void train(MultiLayerNetwork network, Iterable<DataSet> batches, Path directory) {
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(probe)
                .validation(held)
                .schedule(Schedule.everyIterations(every))
                .surface(SurfaceOptions.DEFAULT.withGrid(grid, 1).withSeed(seed))
                .curvature(curvature)
                .quantities(QuantityOptions.DEFAULT.withList(QUANTITIES))
                .pacing(MonitoredTraining.EVERY_FRAME)
                // An interrupted run starts again.
                .recording(RecordingOptions.DEFAULT.withDirectory(directory).withDiscardLaterFrames(true))
                .build()) {
            network.addListeners(landscape);
            for (DataSet batch : batches) {
                network.fit(batch);
                if (!Double.isFinite(network.score())) {
                    break;
                }
            }
        }
    }
}
