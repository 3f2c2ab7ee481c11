package org.thalweg.krylov;

/**
 * An operator gave a product with NaN or infinite elements: there is no spectrum to speak of.
 *
 * @since 0.2.0
 */
public final class NonFiniteProductException extends ArithmeticException {

    private final int product;

    /** @param product which product it was, counted from 1 */
    NonFiniteProductException(int product) {
        super("operator-vector product " + product + " has elements that are not finite: has training diverged?");
        this.product = product;
    }

    /** Which product it was, counted from 1. */
    public int product() {
        return product;
    }
}
