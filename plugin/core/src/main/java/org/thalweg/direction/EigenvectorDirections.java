package org.thalweg.direction;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;

/**
 * The unit eigenvectors of the Hessian with the largest curvature: near the parameters the surface is L + lambda_1
 * alpha^2 / 2 + lambda_2 beta^2 / 2 plus the gradient's part. The sign of an eigenvector is arbitrary; it is chosen so
 * that &lt;theta, v&gt; is not negative.
 *
 * <p>The pair's quantities are the eigenvalues, their residuals and whether they have converged:
 * {@code delta_eigenvalue}, {@code delta_residual}, {@code delta_converged}, and the same for eta.
 *
 * @param ends which eigenvectors delta and eta are
 * @param lanczos the algorithm and its accuracy
 * @param budget limits on its cost
 * @since 0.2.0
 */
public record EigenvectorDirections(Ends ends, Lanczos lanczos, KrylovBudget budget) implements DirectionSource {

    /** Which eigenvectors delta and eta are. */
    public enum Ends {
        /** Those of lambda_max and the next largest eigenvalue. */
        LARGEST_TWO(2, 0),
        /** Those of lambda_max and lambda_min: the sharpest valley and the steepest negative curvature. */
        LARGEST_AND_SMALLEST(1, 1);

        private final int largest;
        private final int smallest;

        Ends(int largest, int smallest) {
            this.largest = largest;
            this.smallest = smallest;
        }

        private EigenvalueQuery query() {
            return new EigenvalueQuery(largest, smallest, true);
        }
    }

    public EigenvectorDirections {
        lanczos.requireRoomFor(ends.query());
    }

    /** With the default iteration and budget. */
    public EigenvectorDirections(Ends ends) {
        this(ends, Lanczos.DEFAULT, KrylovBudget.DEFAULT);
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        long parameters = context.theta().length();
        if (parameters < 2) {
            throw new IllegalStateException(
                    "a plane of eigenvectors needs at least 2 trainable parameters, and this network has "
                            + parameters);
        }
        try (LinearOperator hessian = context.objective().hessianAt(context.theta())) {
            Optional<String> defect = hessian.defect();
            if (defect.isPresent()) {
                throw new IllegalStateException("the Hessian has no usable eigenvectors: " + defect.get());
            }
            try (LanczosResult found = lanczos.run(hessian, ends.query(), budget)) {
                return pair(found, context.theta());
            }
        }
    }

    private DirectionPair pair(LanczosResult found, INDArray theta) {
        if (found.largest().size() + found.smallest().size() < 2) {
            throw new IllegalStateException("Lanczos ended before it had two eigenvectors, after "
                    + found.info().products() + " products: raise the budget");
        }
        EigenPair first = found.largest().get(0);
        EigenPair second = ends == Ends.LARGEST_TWO
                ? found.largest().get(1)
                : found.smallest().get(0);
        Map<String, Double> quantities = new HashMap<>();
        put(quantities, "delta", first);
        put(quantities, "eta", second);
        return new DirectionPair(direction(first, theta), direction(second, theta), quantities);
    }

    private static void put(Map<String, Double> quantities, String axis, EigenPair pair) {
        quantities.put(axis + "_eigenvalue", pair.value());
        quantities.put(axis + "_residual", pair.residual());
        quantities.put(axis + "_converged", pair.converged() ? 1.0 : 0.0);
    }

    private static INDArray direction(EigenPair pair, INDArray theta) {
        INDArray direction = theta.ulike().assign(Objects.requireNonNull(pair.vector()));
        return InnerProducts.dot(direction, theta) < 0 ? direction.negi() : direction;
    }

    /** The Krylov basis. */
    @Override
    public int workingVectors() {
        return lanczos.basisSize();
    }

    @Override
    public String describe() {
        return "eigenvectors of the Hessian, "
                + (ends == Ends.LARGEST_TWO ? "of the two largest" : "of the largest and the smallest") + " eigenvalue"
                + (ends == Ends.LARGEST_TWO ? "s" : "");
    }
}
