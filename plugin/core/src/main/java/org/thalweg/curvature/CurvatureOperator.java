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
