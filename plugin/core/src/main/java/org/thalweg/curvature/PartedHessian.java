package org.thalweg.curvature;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.MaskedOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.krylov.Nd4jSpace;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.PrunedObjective;

/**
 * The Hessian of a probe as the mean of the Hessians of its parts, batches or classes, weighted with their sizes. A product
 * costs as much as one with the Hessian, and takes a vector for each part.
 *
 * @param products of the parts
 * @param parts in the order of their products
 * @param space of its vectors
 * @param dimension number of parameters that are not pruned
 */
record PartedHessian(
        ObjectiveParts.Products products, List<ProbePart> parts, VectorSpace space, long dimension, DataType dataType)
        implements Nd4jOperator {

    static PartedHessian at(CurvaturePoint point, ObjectiveParts parts) {
        VectorSpace all =
                new Nd4jSpace(point.theta().length(), point.objective().dataType());
        try {
            return new PartedHessian(
                    parts.hessiansAt(point.theta()),
                    parts.parts(),
                    point.objective() instanceof PrunedObjective pruned
                            ? MaskedOperator.within(all, pruned.mask())
                            : all,
                    point.objective() instanceof PrunedObjective pruned
                            ? MaskedOperator.kept(pruned.mask())
                            : all.dimension(),
                    all.dataType());
        } catch (UnsupportedOperationException e) {
            throw new AbsentException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        return Nd4jOperator.eachRow(vectors, vector -> {
            double examples = parts.stream().mapToInt(ProbePart::size).sum();
            try (INDArray all = products.multiply(vector)) {
                INDArray mean = all.getRow(0).mul(parts.get(0).size() / examples);
                for (int i = 1; i < parts.size(); i++) {
                    mean.addi(all.getRow(i).mul(parts.get(i).size() / examples));
                }
                return mean;
            }
        });
    }

    /**
     * v^T H_b v of each part b. One product.
     *
     * @param vector {@code [P]}
     */
    double[] forms(INDArray vector) {
        return products.forms(vector.castTo(dataType));
    }

    @Override
    public void close() {
        products.close();
    }
}
