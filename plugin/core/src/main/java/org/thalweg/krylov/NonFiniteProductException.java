package org.thalweg.krylov;

/**
 * An operator returned a product with NaN or infinite elements, so it has no spectrum.
 *
 * @since 0.2.0
 */
public final class NonFiniteProductException extends ArithmeticException {

    private final int product;

    /** @param product index of the product, counted from 1 */
    NonFiniteProductException(int product) {
        super("operator-vector product " + product + " has elements that are not finite: has training diverged?");
        this.product = product;
    }

    /** Index of the product, counted from 1. */
    public int product() {
        return product;
    }
}
