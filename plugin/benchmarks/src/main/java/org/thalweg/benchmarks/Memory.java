package org.thalweg.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Slice;

/**
 * Memory over a 51x51 surface and over Hessian products, printed after every row: what ND4J holds outside the heap and
 * what the process has resident.
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
        report(measured.subject + ", after compiling", List.of(Reading.now()));
        report("51x51 surface", surface(measured));
        report(PRODUCTS + " Hessian products", products(measured));
        measured.close();
    }

    private static List<Reading> surface(Measured measured) {
        List<Reading> readings = new ArrayList<>();
        try (Slice plane = measured.plane()) {
            for (double[] coordinates : Measured.row(0, SIDE)) {
                plane.evaluate(Measured.row(coordinates[1], SIDE));
                readings.add(Reading.now());
            }
        }
        return readings;
    }

    private static List<Reading> products(Measured measured) {
        List<Reading> readings = new ArrayList<>();
        try (Hessian hessian = measured.objective.hessianAt(measured.theta)) {
            for (int i = 0; i < PRODUCTS; i++) {
                hessian.multiply(measured.direction()).close();
                readings.add(Reading.now());
            }
        }
        return readings;
    }

    private static void report(String what, List<Reading> readings) {
        Reading first = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        System.out.printf(
                "%s: ND4J %,d KB after the first, %,d KB after the last; resident %,d MB, %,d MB%n",
                what, first.held() >> 10, last.held() >> 10, first.resident() >> 20, last.resident() >> 20);
    }

    /**
     * @param held bytes that JavaCPP has allocated and not freed
     * @param resident bytes of the process in memory
     */
    private record Reading(long held, long resident) {
        static Reading now() {
            return new Reading(Pointer.totalBytes(), Pointer.physicalBytes());
        }
    }
}
