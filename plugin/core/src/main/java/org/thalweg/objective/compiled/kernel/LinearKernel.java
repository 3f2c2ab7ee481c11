package org.thalweg.objective.compiled.kernel;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A kernel without weights that is linear in its inputs: it is its own derivative. */
abstract class LinearKernel implements Kernel {

    /** Records the map itself. */
    abstract void map(Site site, List<INDArray> inputs, INDArray output);

    /** Records the transposed map: what arrives at the output goes to input i. */
    abstract void transposed(Site site, INDArray output, int i, INDArray input);

    abstract int inputs();

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(Site site) {
        map(site, all(site::input), site.output());
    }

    @Override
    public void backward(Site site) {
        for (int i = 0; i < inputs(); i++) {
            if (site.active(i)) {
                transposed(site, site.outputDelta(), i, site.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(Site site) {
        map(site, all(site::inputTangent), site.outputTangent());
    }

    @Override
    public void tangentBackward(Site site) {
        for (int i = 0; i < inputs(); i++) {
            if (site.active(i)) {
                transposed(site, site.outputDeltaTangent(), i, site.inputDeltaTangent(i));
            }
        }
    }

    private List<INDArray> all(IntFunction<INDArray> array) {
        return IntStream.range(0, inputs()).mapToObj(array).toList();
    }
}
