package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.List;

/** See {@link CurvatureOperator#LAYERS}. */
record LayerBlocks() implements CurvatureOperator {

    private static final String PREFIX = "layer:";

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public boolean sharesHessian() {
        return true;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        List<NamedOperator> blocks = new ArrayList<>();
        for (LayerBlock block : LayerBlock.of(point.objective().layout(), point.hessian())) {
            blocks.add(new NamedOperator(PREFIX + block.layer(), block));
        }
        return blocks;
    }

    /** Whether an operator is a layer's block. */
    static boolean contains(String operator) {
        return operator.startsWith(PREFIX);
    }

    /** The layer of a block. */
    static String layer(String operator) {
        return operator.substring(PREFIX.length());
    }
}
