package org.thalweg.curvature;

import java.util.List;

/**
 * A matrix that describes the landscape at the parameters of a frame, or a family of such matrices. Together with a
 * {@link CurvatureEstimator} it is a request, see {@link CurvatureOptions#with}; files, meters and tables show the
 * result under both names. A new operator is one class. Stateless.
 *
 * @since 0.2.0
 */
public interface CurvatureOperator {

    /** The Hessian of the loss, named {@code hessian}. */
    CurvatureOperator HESSIAN = new HessianMatrix();

    /** The diagonal blocks of the Hessian, one for each layer, named {@code layer:} and the layer's name. */
    CurvatureOperator LAYERS = new LayerBlocks();

    /** The Gauss-Newton matrix, named {@code gauss_newton}. */
    CurvatureOperator GAUSS_NEWTON = new GaussNewtonMatrix();

    /** The Hessian in double precision, named {@code reference}. */
    CurvatureOperator REFERENCE = new ReferenceHessian();

    /**
     * The Hessian on the validation probe, named {@code validation}.
     */
    CurvatureOperator VALIDATION = new ValidationHessian();

    /** The Hessian as the mean over random batches of the probe, named {@code batches}. */
    CurvatureOperator BATCHES = new BatchHessians();

    /**
     * The Hessian as the mean over the classes of the probe, named {@code classes}: for single labels per example, of a classifier
     * with at least four examples a class.
     */
    CurvatureOperator CLASSES = new ClassHessians();

    /**
     * |theta| H |theta|, named {@code adaptive}. Its largest eigenvalue is adaptive sharpness up to a factor, which does not change
     * when a layer is scaled up and the next one down by as much (J. Kwon, J. Kim, H. Park and I. Choi, "ASAM: adaptive sharpness-aware
     * minimization for scale-invariant learning of deep neural networks", 2021, arXiv 2102.11600, with T = |theta|). It is no
     * measure of generalization by itself (M. Andriushchenko et al., "A modern look at the relationship between sharpness and
     * generalization", 2023, arXiv 2302.07011).
     */
    CurvatureOperator ADAPTIVE = new AdaptiveHessian();

    /** Its name, or the family's: {@code lower_case}. */
    String name();

    /**
     * Whether it is formed from the frame's own Hessian, {@link CurvaturePoint#hessian()}, which is open then. All
     * other operators are formed after the Hessian is closed, since an objective has one matrix open at a time.
     */
    boolean sharesHessian();

    /**
     * The matrix, or the matrices of the family. They are closed after use, except for {@link CurvaturePoint#hessian()}
     * itself.
     *
     * @throws AbsentException if there is none, with the reason
     */
    List<NamedOperator> at(CurvaturePoint point);
}
