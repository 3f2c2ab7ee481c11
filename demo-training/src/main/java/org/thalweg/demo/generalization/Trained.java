package org.thalweg.demo.generalization;

import org.thalweg.frame.Frame;

/**
 * A trained network with its frame on all training images.
 *
 * @param setting how it was trained
 * @param frame its frame
 */
record Trained(Setting setting, Frame frame) {

    /** Error on the training images in percent. */
    double trainingError() {
        return 100 - frame.accuracy().orElseThrow();
    }

    /** Error on the held-out images in percent. */
    double testError() {
        return 100 - frame.validationAccuracy().orElseThrow();
    }

    double testLoss() {
        return frame.validationLoss().orElseThrow();
    }

    /** Test error minus training error, in points. */
    double errorGap() {
        return testError() - trainingError();
    }

    /** Test loss minus training loss. */
    double lossGap() {
        return testLoss() - frame.loss();
    }

    /** Whether it was trained to the criterion, and has all measures. */
    boolean isComparable(double criterion) {
        boolean isMeasured = true;
        for (Measure measure : Measure.values()) {
            isMeasured &= Double.isFinite(measure.of(frame));
        }
        return frame.loss() <= criterion && isMeasured && Double.isFinite(lossGap());
    }
}
