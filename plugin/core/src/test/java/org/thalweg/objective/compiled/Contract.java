package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;

/**
 * The contract of every compiled network: its loss is Deeplearning4j's, its gradient is Deeplearning4j's and the
 * derivative of the loss, its Hessian products are symmetric derivatives of the gradient, in single precision as in
 * double. The network has the type DOUBLE. The loss of a graph is that of {@link SeparateVertices}.
 *
 * @param network under test
 * @param probe that it is looked at on
 * @param fresh randomness of directions
 * @param what is tested, for messages
 */
record Contract(Model network, Probe probe, Fresh fresh, String what) {

    /** Everything, in both modes. */
    void hold() {
        for (ObjectiveMode mode : new ObjectiveMode[] {ObjectiveMode.RUNNING, ObjectiveMode.BATCH}) {
            hold(ObjectiveOptions.DEFAULT.withMode(mode));
        }
    }

    /** Everything but the comparison with Deeplearning4j's gradient. */
    void holdRunning() {
        hold(ObjectiveOptions.DEFAULT);
    }

    /** Everything but the comparison with Deeplearning4j, for a function that it does not have. */
    void holdDerivatives(ObjectiveOptions options) {
        try (CompiledObjective objective = CompiledObjective.of(network, probe, options)) {
            INDArray theta = objective.layout().pack(network.params());
            gradientIsThatOfTheLoss(objective, theta);
            productsAreThoseOfTheGradient(objective, theta);
            sliceIsTheObjective(objective, theta);
            singlePrecisionAgrees(objective, theta, options);
        }
    }

    void hold(ObjectiveOptions options) {
        try (CompiledObjective objective = CompiledObjective.of(network, probe, options)) {
            INDArray theta = objective.layout().pack(network.params());
            agreesWithDeeplearning4j(objective, theta, options.mode());
            gradientIsThatOfTheLoss(objective, theta);
            productsAreThoseOfTheGradient(objective, theta);
            sliceIsTheObjective(objective, theta);
            singlePrecisionAgrees(objective, theta, options);
        }
    }

    private void agreesWithDeeplearning4j(CompiledObjective objective, INDArray theta, ObjectiveMode mode) {
        double loss = objective.evaluate(theta).loss();
        assertThat(loss)
                .as(message("loss", mode))
                .isCloseTo(score(mode != ObjectiveMode.RUNNING), within(1e-10 * Math.max(1, Math.abs(loss))));
        if (mode == ObjectiveMode.BATCH) {
            // Deeplearning4j has gradients in training mode alone, of the sum over examples.
            INDArray expected = objective.layout().pack(flatGradient()).div(probe.size());
            assertClose(objective.gradient(theta), expected, 1e-7, "gradient against Deeplearning4j");
        }
    }

    private void gradientIsThatOfTheLoss(CompiledObjective objective, INDArray theta) {
        INDArray gradient = objective.gradient(theta);
        INDArray direction = unit(theta.length());
        double expected = dot(gradient, direction);
        double error = Double.POSITIVE_INFINITY;
        // The step balances rounding against curvature; a kink nearby makes the larger ones wrong.
        for (double step : new double[] {1e-4, 1e-5, 1e-6, 1e-7}) {
            double rise = objective.evaluate(theta.add(direction.mul(step))).loss()
                    - objective.evaluate(theta.sub(direction.mul(step))).loss();
            error = Math.min(error, Math.abs(rise / (2 * step) - expected));
        }
        assertThat(error)
                .as(message("gradient against differences of the loss", null))
                .isLessThan(1e-7 * Math.max(1, norm(gradient)));
    }

    private void productsAreThoseOfTheGradient(CompiledObjective objective, INDArray theta) {
        INDArray u = unit(theta.length());
        INDArray v = unit(theta.length());
        try (CompiledHessian hessian = objective.hessianAt(theta)) {
            INDArray products = hessian.multiply(Nd4j.vstack(u, v));
            INDArray hu = products.getRow(0).dup();
            INDArray hv = products.getRow(1).dup();
            assertThat(hessian.multiply(v))
                    .as(message("block and single product", null))
                    .isEqualTo(hv);
            assertThat(Math.abs(dot(hu, v) - dot(u, hv)))
                    .as(message("symmetry", null))
                    .isLessThan(1e-12 * Math.max(1, norm(hv)));
            double error = Double.POSITIVE_INFINITY;
            for (double step : new double[] {1e-5, 1e-6, 1e-7, 1e-8}) {
                INDArray rise =
                        objective.gradient(theta.add(v.mul(step))).sub(objective.gradient(theta.sub(v.mul(step))));
                error = Math.min(error, norm(rise.divi(2 * step).subi(hv)));
            }
            assertThat(error)
                    .as(message("product against differences of the gradient", null))
                    .isLessThan(1e-6 * Math.max(1, norm(hv)));
        }
    }

    private void sliceIsTheObjective(CompiledObjective objective, INDArray theta) {
        INDArray delta = unit(theta.length());
        INDArray eta = unit(theta.length());
        double[][] points = {{0, 0}, {fresh.gaussian(), fresh.gaussian()}};
        try (Slice slice = objective.slice(theta, Parameterization.linear(delta, eta))) {
            for (double[] point : points) {
                INDArray moved = theta.add(delta.mul(point[0])).addi(eta.mul(point[1]));
                double expected = objective.evaluate(moved).loss();
                assertThat(slice.evaluate(new double[][] {point})[0].loss())
                        .as(message("slice at " + point[0] + ", " + point[1], null))
                        .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
            }
            assertThat(slice.evaluate(points)[0]).isEqualTo(objective.evaluate(theta));
        }
    }

    private void singlePrecisionAgrees(CompiledObjective exact, INDArray theta, ObjectiveOptions options) {
        try (CompiledObjective objective =
                CompiledObjective.of(converted(), Converted.withItsMasks(probe, DataType.FLOAT), options)) {
            INDArray at = theta;
            for (int i = 0; !singlePrecisionAgrees(exact, objective, at, options.mode()); i++) {
                assertThat(i)
                        .as(message("points on kinks, one after another", null))
                        .isLessThan(5);
                at = at.add(fresh.normal(DataType.DOUBLE, at.length()).muli(1e-3));
            }
        }
    }

    /** False where rounding decides on which side of a kink a unit lies, so that there are two right products. */
    private boolean singlePrecisionAgrees(
            CompiledObjective exact, CompiledObjective objective, INDArray theta, ObjectiveMode mode) {
        INDArray single = theta.castTo(DataType.FLOAT);
        INDArray rounded = single.castTo(DataType.DOUBLE);
        double loss = exact.evaluate(rounded).loss();
        assertThat(objective.evaluate(single).loss())
                .as(message("loss in FLOAT", mode))
                .isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
        INDArray direction = unit(theta.length()).castTo(DataType.FLOAT);
        INDArray expected = product(exact, rounded, direction.castTo(DataType.DOUBLE));
        INDArray actual = product(objective, single, direction).castTo(DataType.DOUBLE);
        double allowed = 1e-3 * Math.max(1, norm(expected));
        if (norm(actual.sub(expected)) < allowed) {
            return true;
        }
        boolean kink = false;
        for (int i = 0; i < 32 && !kink; i++) {
            INDArray beside = rounded.add(
                    fresh.normal(DataType.DOUBLE, theta.length()).muli(3e-6).muli(rounded));
            kink = norm(product(exact, beside, direction.castTo(DataType.DOUBLE))
                            .sub(expected))
                    > allowed / 2;
        }
        assertThat(kink).as(message("product in FLOAT, away from kinks", mode)).isTrue();
        return false;
    }

    private static INDArray product(CompiledObjective objective, INDArray theta, INDArray direction) {
        try (CompiledHessian hessian = objective.hessianAt(theta)) {
            return hessian.multiply(direction);
        }
    }

    private Model converted() {
        return network instanceof MultiLayerNetwork layers
                ? layers.convertDataType(DataType.FLOAT)
                : ((ComputationGraph) network).convertDataType(DataType.FLOAT);
    }

    private double score(boolean training) {
        return network instanceof MultiLayerNetwork layers
                ? layers.score(Converted.dataSet(probe), training)
                : new SeparateVertices((ComputationGraph) network, probe).score(training);
    }

    private INDArray flatGradient() {
        if (network instanceof MultiLayerNetwork layers) {
            layers.setInput(probe.features().get(0));
            layers.setLabels(probe.labels().get(0));
            layers.setLayerMaskArrays(
                    probe.featuresMasks().get(0), probe.labelsMasks().get(0));
            layers.computeGradientAndScore();
            layers.clearLayerMaskArrays();
            return layers.getFlattenedGradients();
        }
        ComputationGraph graph = (ComputationGraph) network;
        graph.setInputs(probe.features().toArray(new INDArray[0]));
        graph.setLabels(probe.labels().toArray(new INDArray[0]));
        graph.setLayerMaskArrays(
                probe.hasFeaturesMask() ? probe.featuresMasks().toArray(new INDArray[0]) : null,
                probe.labelsMasks().toArray(new INDArray[0]));
        graph.computeGradientAndScore();
        graph.clearLayerMaskArrays();
        return graph.getFlattenedGradients();
    }

    private INDArray unit(long length) {
        INDArray direction = fresh.normal(DataType.DOUBLE, length);
        return direction.divi(norm(direction));
    }

    private void assertClose(INDArray actual, INDArray expected, double tolerance, String quantity) {
        assertThat(norm(actual.sub(expected)))
                .as(message(quantity, null))
                .isLessThan(tolerance * Math.max(1, norm(expected)));
    }

    private String message(String quantity, @Nullable ObjectiveMode mode) {
        return what + ": " + quantity + (mode == null ? "" : " in mode " + mode) + ", -Dthalweg.seed=" + fresh.seed();
    }

    /** Holds the norm of a difference to a share of the norm of what is expected. */
    static void assertClose(String as, INDArray actual, INDArray expected, double share) {
        assertThat(norm(actual.sub(expected))).as(as).isLessThanOrEqualTo(share * norm(expected));
    }

    static double norm(INDArray vector) {
        return Math.sqrt(dot(vector, vector));
    }

    static double dot(INDArray a, INDArray b) {
        double[] x = a.dup('c').data().asDouble();
        double[] y = b.dup('c').data().asDouble();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
