package org.thalweg.demo.early;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.demo.Console;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.objective.Probe;

/**
 * Gradient descent on all examples, without momentum, from one start with several learning rates in units of 1 / lambda_0, where
 * lambda_0 is the largest eigenvalue of the Hessian at the start.
 *
 * @param size sizes of network and data
 * @param seed seed of weights and directions
 */
record Catapults(Size size, long seed) {

    /** The largest eigenvalue alone. */
    static final CurvatureOptions SHARPNESS = CurvatureOptions.DEFAULT
            .withEigenvalues(EigenvalueQuery.of(1, 0))
            .withLanczos(Lanczos.DEFAULT.withBasisSize(20));

    /**
     * Sizes of network and data.
     *
     * @param width units of the hidden layer
     * @param images number of training images
     * @param iterations updates with each learning rate
     * @param factors learning rates times lambda_0, ascending
     * @param grid points on each side of the surfaces
     */
    record Size(int width, int images, int iterations, List<Double> factors, int grid) {
        Size {
            factors = List.copyOf(factors);
        }
    }

    /** Trains with each learning rate; each run is in a directory of its own. */
    List<EarlyCourse> run(ImageSplit split, RecordedStudy study, Console console) throws IOException {
        LabelledImages training = split.training().first(size.images());
        DataSet all = training.dataSet(IntStream.range(0, training.size()).toArray());
        // The mean image would dominate the largest eigenvalue.
        INDArray mean = all.getFeatures().mean(true, 0);
        all.getFeatures().subiRowVector(mean);
        LabelledImages held = split.validation().orElseThrow().first(size.images());
        DataSet others = held.dataSet(IntStream.range(0, held.size()).toArray());
        others.getFeatures().subiRowVector(mean);
        Watch watch = new Watch(Probe.of(all), Probe.of(others), SHARPNESS, 1, size.grid(), seed);
        double start = lambdaMax(training, watch);
        console.line(String.format(
                Locale.ROOT,
                "catapults: %,d hidden units, %,d iterations on all of %,d images with each learning rate; lambda_0 ="
                        + " %.4g",
                size.width(),
                size.iterations(),
                training.size(),
                start));
        List<EarlyCourse> courses = new ArrayList<>();
        for (double factor : size.factors()) {
            String title = factor + "/lambda_0";
            double rate = factor / start;
            String name = "catapult-" + factor;
            if (!watch.isComplete(study, name, size.iterations())) {
                watch.train(network(training, rate), Collections.nCopies(size.iterations(), all), study.run(name));
            }
            EarlyCourse course = EarlyCourse.of(title, rate, study.run(name));
            console.line(title + ": the loss " + course.phase().label());
            courses.add(course);
        }
        return courses;
    }

    /** lambda_0; training with any learning rate starts there. */
    private double lambdaMax(LabelledImages training, Watch watch) {
        return EarlyMoment.of(MonitoredTraining.look(
                        network(training, 0),
                        to -> to.probe(watch.probe()).grid(3).curvature(SHARPNESS)))
                .lambdaMax();
    }

    private MultiLayerNetwork network(LabelledImages training, double learningRate) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                new WideNetwork(size.width()).configuration(training, new Sgd(learningRate), seed));
        network.init();
        return network;
    }
}
