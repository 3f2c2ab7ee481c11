package org.thalweg.objective.compiled.internal.executor;

import java.util.Arrays;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.Op;

/**
 * {@link Op#LOSS} and its derivatives on the host, in double precision. Arrays belong to one batch, are row-major, and
 * are kept between runs.
 */
final class LossRoutine implements Routine {

    private final Op order;
    private final HostLoss loss;
    private final double scale;
    private final HostBuffer[] inputs;
    private final double[][] read;
    private final double[] weights;
    private final HostBuffer result;
    private final double[] results;

    private LossRoutine(Instruction instruction, Nd4jExecutor executor, HostLoss loss) {
        this.order = instruction.op();
        this.loss = loss;
        this.scale = instruction.real(0);
        this.inputs = instruction.inputs().stream()
                .map(tensor -> HostBuffer.of(executor, tensor))
                .toArray(HostBuffer[]::new);
        int length = Math.toIntExact(instruction.input(0).length());
        this.read = new double[inputs.length][length];
        boolean weighted = inputs.length > (order == Op.LOSS_SECOND_DERIVATIVE ? 3 : 2);
        this.weights = weighted ? read[inputs.length - 1] : ones(length);
        this.result = HostBuffer.of(executor, instruction.output(0));
        this.results = new double[order == Op.LOSS ? 1 : length];
    }

    static Routine of(Instruction instruction, Nd4jExecutor executor) {
        int size = (int) instruction.input(0).size(instruction.input(0).rank() - 1);
        HostLoss loss = HostLoss.of(LossFunction.of(instruction.integer(0)), instruction.real(1), size);
        return new LossRoutine(instruction, executor, loss);
    }

    @Override
    public void run() {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i].read(read[i]);
        }
        switch (order) {
            case LOSS -> results[0] = loss.sum(read[0], read[1], weights);
            case LOSS_SLOPE -> loss.slope(read[0], read[1], weights, results);
            default -> loss.secondDerivative(read[0], read[2], weights, read[1], results);
        }
        result.write(results, scale);
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
