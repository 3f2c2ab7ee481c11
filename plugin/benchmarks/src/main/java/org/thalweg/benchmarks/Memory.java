package org.thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Slice;

/**
 * Memory of the process over a 51x51 surface, a row at a time, and over Hessian products. (ND4J's arrays are no part of
 * JavaCPP's own count on CPU, so only what is resident shows them.)
 */
public final class Memory {

    private static final int SIDE = 51;
    private static final int PRODUCTS = 20;

    private Memory() {}

    public static void main(String[] arguments) {
        Measured measured = new Measured();
        measured.subject = Subject.valueOf(arguments[0]);
        measured.examples = Integer.parseInt(arguments[1]);
        measured.compile();
        report(measured.subject + ", after compiling", List.of(Pointer.physicalBytes()));
        report("51x51 surface", surface(measured));
        report(PRODUCTS + " Hessian products", products(measured));
        measured.close();
    }

    private static List<Long> surface(Measured measured) {
        List<Long> readings = new ArrayList<>();
        try (Slice plane = measured.plane()) {
            for (double[] coordinates : Measured.row(0, SIDE)) {
                plane.evaluate(Measured.row(coordinates[1], SIDE));
                readings.add(Pointer.physicalBytes());
            }
        }
        return readings;
    }

    private static List<Long> products(Measured measured) {
        List<Long> readings = new ArrayList<>();
        try (Hessian hessian = measured.objective.hessianAt(measured.theta)) {
            INDArray vector = measured.direction();
            for (int i = 0; i < PRODUCTS; i++) {
                hessian.multiply(vector).close();
                readings.add(Pointer.physicalBytes());
            }
        }
        return readings;
    }

    private static void report(String what, List<Long> resident) {
        System.out.printf(
                "%s: resident %,d MB after the first, %,d MB after the last, at most %,d MB%n",
                what, resident.get(0) >> 20, resident.get(resident.size() - 1) >> 20, Collections.max(resident) >> 20);
    }
}
