package org.thalweg.frame;

/** Coordinates of grid points along a direction. */
final class Coordinates {

    private Coordinates() {}

    /**
     * A copy of coordinates.
     *
     * @param name for the error
     * @throws IllegalArgumentException unless they are finite and strictly ascending, naming the first that is not
     */
    static double[] checked(String name, double[] values) {
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i]) || (i > 0 && copy[i] <= copy[i - 1])) {
                throw new IllegalArgumentException(
                        name + " must be finite and strictly ascending, got " + copy[i] + " at index " + i);
            }
        }
        return copy;
    }
}
