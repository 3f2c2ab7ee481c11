package org.thalweg.objective.compiled.kernel;

/** What a recording is for. */
public enum Purpose {
    /** The loss alone: values are forgotten as soon as their consumers have run. */
    VALUE,
    /** The loss and its gradient. */
    GRADIENT,
    /** Products with the Hessian: what depends on the parameters alone is kept between products. */
    HESSIAN
}
