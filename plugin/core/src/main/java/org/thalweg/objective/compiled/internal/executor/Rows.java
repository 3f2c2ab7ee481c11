package org.thalweg.objective.compiled.internal.executor;

import java.nio.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;

/**
 * Rows of as many numbers, and matrices with a row's number of rows, each an array of its own, with arithmetic on whole arrays in
 * loops that the compiler vectorizes: it does so only where an index means the same place in all of them. For layers of so few
 * units that calling an op for each product costs more than the product.
 *
 * <p>Arrays are named by their numbers, matrices after rows. Confined to one thread at a time.
 */
abstract class Rows {

    /** Numbers in a row. */
    final int width;

    Rows(int width) {
        this.width = width;
    }

    /** @param columns of each matrix {@code [width, columns]} */
    static Rows of(ElementType type, int width, int rows, int... columns) {
        return type == ElementType.FLOAT ? new FloatRows(width, rows, columns) : new DoubleRows(width, rows, columns);
    }

    /** Reads an array from memory. */
    abstract void load(Buffer memory, int at, int z);

    /** Writes an array to memory. */
    abstract void store(int x, Buffer memory, int at);

    /** The rows from z on are the columns of a matrix. */
    abstract void toRows(int matrix, int z, int count);

    /** The columns of a matrix are the rows from x on. */
    abstract void fromRows(int x, int count, int matrix);

    /** The rows from x on are added to the columns of a matrix. */
    abstract void addRows(int x, int count, int matrix);

    /** z = value. */
    abstract void fill(double value, int z);

    /** z = x y. */
    abstract void multiply(int x, int y, int z);

    /** z = z + x y. */
    abstract void addProduct(int x, int y, int z);

    /** z = tanh(x). */
    abstract void tanh(int x, int z);

    /** z = sigmoid(x). */
    abstract void sigmoid(int x, int z);

    /** Rows j from z on are added the sum over the rows k from x on of {@code factors[k strideX + j strideZ]} times row k. */
    abstract void addProducts(double[] factors, int strideX, int x, int countX, int strideZ, int z, int countZ);
}
