package org.thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Slice;

/**
 * Memory of the process and time for a 51 x 51 surface, row by row, and for Hessian products, as rows of a table. (On
 * the CPU JavaCPP does not count ND4J's arrays, so only resident memory shows them.)
 */
public final class Memory {

    private static final int SIDE = 51;
    private static final int PRODUCTS = 20;

    private final String work;
    private final long start = System.nanoTime();
    private final List<Long> resident = new ArrayList<>();

    private Memory(String work) {
        this.work = work;
    }

    public static void main(String[] arguments) {
        Measured measured = new Measured();
        measured.subject = BenchmarkNetwork.valueOf(arguments[0]);
        measured.examples = Integer.parseInt(arguments[1]);
        measured.compile();
        surface(measured);
        products(measured);
        measured.close();
    }

    private static void surface(Measured measured) {
        Memory memory = new Memory(measured.subject + ", " + measured.examples + " images, 51x51 surface by rows");
        try (Slice plane = measured.plane()) {
            for (double[] coordinates : Measured.row(0, SIDE)) {
                plane.evaluate(Measured.row(coordinates[1], SIDE));
                memory.read();
            }
        }
        memory.report();
    }

    private static void products(Measured measured) {
        Memory memory =
                new Memory(measured.subject + ", " + measured.examples + " images, " + PRODUCTS + " Hessian products");
        try (LinearOperator hessian = measured.objective.hessianAt(measured.theta)) {
            INDArray vector = measured.direction();
            for (int i = 0; i < PRODUCTS; i++) {
                hessian.multiply(vector).close();
                memory.read();
            }
        }
        memory.report();
    }

    private void read() {
        resident.add(Pointer.physicalBytes());
    }

    private void report() {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,d MB | %,d MB | %,d MB |%n",
                work,
                (System.nanoTime() - start) / 1e9,
                resident.get(0) >> 20,
                resident.get(resident.size() - 1) >> 20,
                Collections.max(resident) >> 20);
    }
}
