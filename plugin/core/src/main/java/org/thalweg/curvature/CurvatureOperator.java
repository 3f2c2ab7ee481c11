package org.thalweg.curvature;

import java.util.List;

/**
 * A matrix that says something of the landscape at the parameters of a frame, or a family of such matrices. Together with a
 * {@link CurvatureEstimator} it is a request, see {@link CurvatureOptions#with}; the result bears both names in files, meters
 * and tables. A new one is a class. Stateless.
 *
 * @since 0.2.0
 */
public interface CurvatureOperator {

    /** The Hessian of the loss, under the name {@code hessian}. */
    CurvatureOperator HESSIAN = new HessianMatrix();

    /** The diagonal blocks of the Hessian, a layer each, under the names {@code layer:} and the layer's. */
    CurvatureOperator LAYERS = new LayerBlocks();

    /** The Gauss-Newton matrix, under the name {@code gauss_newton}. */
    CurvatureOperator GAUSS_NEWTON = new GaussNewtonMatrix();

    /** The Hessian in double precision, under the name {@code reference}. */
    CurvatureOperator REFERENCE = new ReferenceHessian();

    /** Its name, or that of the family: {@code lower_case}. */
    String name();

    /**
     * Whether it is formed from the frame's own Hessian, {@link CurvaturePoint#hessian()}, which is open meanwhile. All others
     * are asked for after that is closed, since an objective has one matrix open at a time.
     */
    boolean sharesHessian();

    /**
     * The matrix, or those of the family. They are closed after use, unless one is {@link CurvaturePoint#hessian()} itself.
     *
     * @throws AbsentException if there is none, with the reason
     */
    List<NamedOperator> at(CurvaturePoint point);
}
