package org.thalweg.objective.compiled.spi;

/** Which predictions of an output are correct. */
public sealed interface AccuracyMetric {

    /** How many predictions are correct, each weighted with its mask. */
    double correct(double[] outputs, Targets targets);

    /** How many predictions there are, each weighted with its mask. */
    double counted(Targets targets);

    /** A regression: nothing is right or wrong. */
    record None() implements AccuracyMetric {
        @Override
        public double correct(double[] outputs, Targets targets) {
            return 0;
        }

        @Override
        public double counted(Targets targets) {
            return 0;
        }
    }

    /** One prediction an example: its largest entry. */
    record Argmax() implements AccuracyMetric {
        @Override
        public double correct(double[] outputs, Targets targets) {
            double correct = 0;
            for (int row = 0; row < outputs.length; row += targets.size()) {
                if (largest(outputs, row, targets.size()) == largest(targets.labels(), row, targets.size())) {
                    correct += counted(targets, row);
                }
            }
            return correct;
        }

        @Override
        public double counted(Targets targets) {
            double counted = 0;
            for (int row = 0; row < targets.labels().length; row += targets.size()) {
                counted += counted(targets, row);
            }
            return counted;
        }

        /** An example counts as soon as one of its entries does. */
        private static double counted(Targets targets, int row) {
            double counted = 0;
            for (int i = row; i < row + targets.size(); i++) {
                counted = Math.max(counted, targets.counted(i));
            }
            return counted;
        }

        private static int largest(double[] values, int from, int size) {
            int largest = 0;
            for (int i = 1; i < size; i++) {
                if (values[from + i] > values[from + largest]) {
                    largest = i;
                }
            }
            return largest;
        }
    }

    /**
     * One prediction an entry: whether it is above a threshold.
     *
     * @param threshold 0 for logits, 0.5 for probabilities
     */
    record Threshold(double threshold) implements AccuracyMetric {
        @Override
        public double correct(double[] outputs, Targets targets) {
            double correct = 0;
            for (int i = 0; i < outputs.length; i++) {
                if (outputs[i] > threshold == targets.labels()[i] > 0.5) {
                    correct += targets.counted(i);
                }
            }
            return correct;
        }

        @Override
        public double counted(Targets targets) {
            double counted = 0;
            for (int i = 0; i < targets.labels().length; i++) {
                counted += targets.counted(i);
            }
            return counted;
        }
    }
}
