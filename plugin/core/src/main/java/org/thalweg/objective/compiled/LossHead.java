package org.thalweg.objective.compiled;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.internal.HostMemory;
import org.thalweg.objective.compiled.spi.ProgramOutput;
import org.thalweg.objective.compiled.spi.Targets;

/** An output on a batch: reads what the network computed, compares it with the labels in double precision. */
final class LossHead {

    private final ProgramOutput output;
    private final Targets targets;
    private final double scale;
    private final double[] values;
    private final double[] tangents;
    private final double[] results;
    private double loss;
    private double correct;

    /**
     * @param output what is compared
     * @param targets with what
     * @param scale what the summed loss is multiplied with, one over the number of examples of the probe
     */
    LossHead(ProgramOutput output, Targets targets, double scale) {
        this.output = output;
        this.targets = targets;
        this.scale = scale;
        this.values = new double[targets.labels().length];
        this.tangents = new double[values.length];
        this.results = new double[values.length];
    }

    /** Forms loss and accuracy. */
    void value(INDArray outputs) {
        read(outputs, values);
        loss = scale * output.loss().sum(values, targets);
        correct = output.accuracy().correct(values, targets);
    }

    /** Forms the derivative of the loss with respect to the output, after {@link #value}. */
    void gradient(INDArray delta) {
        output.loss().gradient(values, targets, results);
        write(results, delta);
    }

    /** Forms the derivative of {@link #gradient} along a tangent of the output. */
    void gradientTangent(INDArray outputs, INDArray tangent, INDArray deltaTangent) {
        read(outputs, values);
        read(tangent, tangents);
        output.loss().gradientTangent(values, targets, tangents, results);
        write(results, deltaTangent);
    }

    /** This output's share of the mean loss. */
    double loss() {
        return loss;
    }

    double correct() {
        return correct;
    }

    double counted() {
        return output.accuracy().counted(targets);
    }

    private static void read(INDArray array, double[] into) {
        HostMemory.fetch(array);
        if (array.dataType() == DataType.FLOAT) {
            FloatBuffer buffer = array.data().asNioFloat();
            for (int i = 0; i < into.length; i++) {
                into[i] = buffer.get(i);
            }
        } else {
            DoubleBuffer buffer = array.data().asNioDouble();
            buffer.get(0, into);
        }
    }

    private void write(double[] from, INDArray array) {
        for (int i = 0; i < from.length; i++) {
            array.data().put(i, scale * from[i]);
        }
    }
}
