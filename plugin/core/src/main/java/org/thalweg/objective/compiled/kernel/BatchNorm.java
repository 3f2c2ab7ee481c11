package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.op.Tape;

/**
 * Batch normalization on the batch's own statistics (S. Ioffe and C. Szegedy, 2015): y = gamma z + beta with
 * z = (x - mean x) / s, s^2 = mean (x - mean x)^2 + epsilon, a channel at a time. With g = gamma * dy,
 *
 * <ul>
 *   <li>dx = u / s, with u = g - mean g - z mean(g z)
 *   <li>R s = mean(z R x), R z = (R x - mean R x - z R s) / s
 *   <li>R dx = (R u - dx R s) / s, with R u = R g - mean R g - R z mean(g z) - z (mean(R g z) + mean(g R z))
 * </ul>
 *
 * @param epsilon added to the variance
 */
public record BatchNorm(double epsilon) implements Kernel {

    private static final String NORMALIZED = "normalized";
    private static final String PRECISION = "precision";
    private static final String EPSILON = "epsilon";
    private static final String SHARE = "share";
    private static final String PROJECTION = "projection";
    private static final String INPUT_DELTA = "inputDelta";
    private static final String DEVIATION_TANGENT = "deviationTangent";
    private static final String NORMALIZED_TANGENT = "normalizedTangent";

    @Override
    public void forward(Site site) {
        Tape tape = site.tape();
        INDArray x = Ops.rows(site.input(0));
        INDArray output = Ops.rows(site.output());
        INDArray z = site.keep(NORMALIZED, x.shape());
        INDArray precision = site.keep(PRECISION, x.size(1));
        INDArray mean = site.scratch(x.size(1));
        mean(site, x, mean);
        Ops.subtract(tape, x, mean, z);
        Ops.multiply(tape, z, z, output);
        mean(site, output, precision);
        Ops.add(tape, precision, constant(site, EPSILON, epsilon), precision);
        RSqrt inverseRoot = new RSqrt(precision, precision);
        tape.add(() -> Nd4j.getExecutioner().exec(inverseRoot));
        Ops.multiply(tape, z, precision, z);
        Ops.multiply(tape, z, site.weights(RunningNorm.GAMMA).value(), output);
        Ops.addToRows(tape, output, site.weights(RunningNorm.BETA).value());
    }

    @Override
    public void backward(Site site) {
        Tape tape = site.tape();
        INDArray delta = Ops.rows(site.outputDelta());
        INDArray z = site.keep(NORMALIZED, delta.shape());
        Weights gamma = site.weights(RunningNorm.GAMMA);
        INDArray product = site.scratch(delta.shape());
        INDArray sum = site.scratch(delta.size(1));
        Ops.multiply(tape, delta, z, product);
        Ops.sumRows(site, product, sum);
        if (gamma.trainable()) {
            Ops.copy(tape, sum, gamma.gradient());
        }
        if (site.weights(RunningNorm.BETA).trainable()) {
            Ops.sumRows(site, delta, site.weights(RunningNorm.BETA).gradient());
        }
        if (!site.active(0)) {
            return;
        }
        INDArray projection = site.keep(PROJECTION, delta.size(1));
        Ops.multiply(tape, sum, gamma.value(), projection);
        divideByCount(site, projection);
        INDArray inputDelta = Ops.rows(site.inputDelta(0));
        Ops.multiply(tape, delta, gamma.value(), inputDelta);
        centre(site, inputDelta);
        subtractMultiple(site, inputDelta, z, projection);
        Ops.multiply(tape, inputDelta, site.keep(PRECISION, delta.size(1)), inputDelta);
        if (site.purpose().hasProducts()) {
            Ops.copy(tape, inputDelta, site.keep(INPUT_DELTA, delta.shape()));
        }
    }

    @Override
    public void tangentForward(Site site) {
        Tape tape = site.tape();
        INDArray tangent = Ops.rows(site.outputTangent());
        INDArray z = site.keep(NORMALIZED, tangent.shape());
        Weights gamma = site.weights(RunningNorm.GAMMA);
        INDArray zTangent = site.keep(NORMALIZED_TANGENT, tangent.shape());
        if (site.active(0)) {
            INDArray xTangent = Ops.rows(site.inputTangent(0));
            INDArray deviationTangent = site.keep(DEVIATION_TANGENT, tangent.size(1));
            Ops.multiply(tape, z, xTangent, zTangent);
            mean(site, zTangent, deviationTangent);
            Ops.copy(tape, xTangent, zTangent);
            centre(site, zTangent);
            subtractMultiple(site, zTangent, z, deviationTangent);
            Ops.multiply(tape, zTangent, site.keep(PRECISION, tangent.size(1)), zTangent);
        } else {
            Ops.copy(tape, site.zeros(zTangent.shape()), zTangent);
        }
        Ops.multiply(tape, zTangent, gamma.value(), tangent);
        if (gamma.trainable()) {
            INDArray product = site.scratch(tangent.shape());
            Ops.multiply(tape, z, gamma.tangent(), product);
            Ops.add(tape, tangent, product, tangent);
        }
        if (site.weights(RunningNorm.BETA).trainable()) {
            Ops.addToRows(tape, tangent, site.weights(RunningNorm.BETA).tangent());
        }
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        INDArray delta = Ops.rows(site.outputDelta());
        INDArray deltaTangent = Ops.rows(site.outputDeltaTangent());
        INDArray z = site.keep(NORMALIZED, delta.shape());
        INDArray zTangent = site.keep(NORMALIZED_TANGENT, delta.shape());
        Weights gamma = site.weights(RunningNorm.GAMMA);
        INDArray product = site.scratch(delta.shape());
        if (gamma.trainable()) {
            INDArray sum = site.scratch(delta.shape());
            Ops.multiply(tape, deltaTangent, z, product);
            Ops.multiply(tape, delta, zTangent, sum);
            Ops.add(tape, sum, product, sum);
            Ops.sumRows(site, sum, gamma.gradientTangent());
        }
        if (site.weights(RunningNorm.BETA).trainable()) {
            Ops.sumRows(site, deltaTangent, site.weights(RunningNorm.BETA).gradientTangent());
        }
        if (site.active(0)) {
            inputDeltaTangent(site, delta, deltaTangent, z, zTangent);
        }
    }

    private static void inputDeltaTangent(
            Site site, INDArray delta, INDArray deltaTangent, INDArray z, INDArray zTangent) {
        Tape tape = site.tape();
        Weights gamma = site.weights(RunningNorm.GAMMA);
        INDArray product = site.scratch(delta.shape());
        INDArray result = Ops.rows(site.inputDeltaTangent(0));
        Ops.multiply(tape, deltaTangent, gamma.value(), result); // R g
        if (gamma.trainable()) {
            Ops.multiply(tape, delta, gamma.tangent(), product);
            Ops.add(tape, result, product, result);
        }
        INDArray coefficient = site.scratch(delta.size(1)); // mean(R g z) + mean(g R z)
        INDArray part = site.scratch(delta.size(1));
        Ops.multiply(tape, result, z, product);
        mean(site, product, coefficient);
        Ops.multiply(tape, delta, zTangent, product);
        mean(site, product, part);
        Ops.multiply(tape, part, gamma.value(), part);
        Ops.add(tape, coefficient, part, coefficient);
        centre(site, result);
        subtractMultiple(site, result, z, coefficient);
        subtractMultiple(site, result, zTangent, site.keep(PROJECTION, delta.size(1)));
        subtractMultiple(
                site, result, site.keep(INPUT_DELTA, delta.shape()), site.keep(DEVIATION_TANGENT, delta.size(1)));
        Ops.multiply(tape, result, site.keep(PRECISION, delta.size(1)), result);
    }

    /** x = x - mean x. */
    private static void centre(Site site, INDArray x) {
        INDArray mean = site.scratch(x.size(1));
        mean(site, x, mean);
        Ops.subtract(site.tape(), x, mean, x);
    }

    /** x = x - y * factor, with a factor a channel. */
    private static void subtractMultiple(Site site, INDArray x, INDArray y, INDArray factor) {
        INDArray product = site.scratch(x.shape());
        Ops.multiply(site.tape(), y, factor, product);
        Ops.subtract(site.tape(), x, product, x);
    }

    private static void mean(Site site, INDArray x, INDArray mean) {
        Ops.sumRows(site, x, mean);
        divideByCount(site, mean);
    }

    /** Divides by the number of elements of a channel. */
    private static void divideByCount(Site site, INDArray sum) {
        double share = (double) sum.length() / site.output().length();
        Ops.multiply(site.tape(), sum, constant(site, SHARE, share), sum);
    }

    /** A number as an array: ND4J's methods for numbers make one at each call. */
    private static INDArray constant(Site site, String name, double value) {
        return site.permanent(
                name, () -> Nd4j.createFromArray(value).castTo(site.output().dataType()));
    }
}
