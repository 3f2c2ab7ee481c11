package org.thalweg.demo.early;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.demo.Console;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.krylov.TraceOptions;

/**
 * The first epochs of a small network without BatchNorm on cross-entropy, by stochastic gradient descent without momentum: with a
 * small learning rate, with a large one, and with the large one after a linear warm-up.
 *
 * @param size sizes of network and data
 * @param seed seed of weights, batches and directions
 */
record WarmUps(Size size, long seed) {

    private static final int BATCH = 64;

    /** Ten products for a sketch, on which most of the trace lies, and eight for the rest. */
    private static final TraceOptions TRACE = TraceOptions.DEFAULT.withSketch(5).withSamples(8);

    private static final CurvatureOptions CURVATURE =
            Catapults.SHARPNESS.withTrace(TRACE).withGaussNewton(true);

    /**
     * Sizes of network and data.
     *
     * @param filters filters of each pair of convolutions
     * @param small the small learning rate
     * @param large the large one
     * @param ramp iterations of the warm-up
     * @param epochs epochs to train
     * @param every iterations between frames
     * @param grid points on each side of the surfaces
     * @param probe number of images of loss and curvature, and of held-out images
     */
    record Size(
            List<Integer> filters, double small, double large, int ramp, int epochs, int every, int grid, int probe) {
        Size {
            filters = List.copyOf(filters);
        }
    }

    /**
     * The three trainings.
     *
     * @param small with the small learning rate
     * @param large with the large one
     * @param warmed with the large one after a warm-up
     */
    record Result(EarlyCourse small, EarlyCourse large, EarlyCourse warmed) {
        List<EarlyCourse> all() {
            return List.of(small, large, warmed);
        }
    }

    /** Trains all three from one start; each run is in a directory of its own. */
    Result run(ImageSplit split, RecordedStudy study, Console console) throws IOException {
        return new Result(
                train("small", "lr = " + size.small(), size.small(), 1, split, study, console),
                train("large", "lr = " + size.large(), size.large(), 1, split, study, console),
                train("warm-up", "with warm-up", size.large(), size.ramp(), split, study, console));
    }

    private EarlyCourse train(
            String name, String title, double rate, int ramp, ImageSplit split, RecordedStudy study, Console console)
            throws IOException {
        ISchedule schedule = new RampSchedule(new FixedSchedule(rate), ramp);
        MultiLayerNetwork network = new MultiLayerNetwork(new ConvolutionalNetwork(size.filters(), false, false)
                .configuration(split.training(), new Sgd(schedule), 0, seed));
        network.init();
        Batches batches = new Batches(split.training(), BATCH, seed);
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images, learning rate %.3g%s",
                name,
                network.numParams(),
                size.epochs(),
                split.training().size(),
                rate,
                ramp > 1 ? " after " + ramp + " iterations of warm-up" : ""));
        Watch watch = new Watch(
                batches.probe(size.probe()),
                new Batches(split.validation().orElseThrow(), BATCH, seed).probe(size.probe()),
                CURVATURE,
                size.every(),
                size.grid(),
                seed);
        if (!watch.isComplete(study, name, (long) size.epochs() * batches.perEpoch())) {
            watch.train(network, () -> updates(batches), study.run(name));
        }
        return EarlyCourse.of(title, rate, study.run(name));
    }

    /** The batches of all epochs in order. */
    private Iterator<DataSet> updates(Batches batches) {
        return IntStream.range(0, size.epochs())
                .mapToObj(epoch -> batches.epoch(epoch, batches.perEpoch()))
                .<DataSet>mapMulti(Iterator::forEachRemaining)
                .iterator();
    }
}
