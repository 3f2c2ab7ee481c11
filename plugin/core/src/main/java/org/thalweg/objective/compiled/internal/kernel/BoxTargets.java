package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/**
 * {@code labels -> targets}: for each cell of a grid {@code [n, i0, i1, i2]} of labels (left, top, right and bottom of
 * a box in units of the grid, and its classes), {@value #SIZE} numbers to compare predicted boxes with. Positions are
 * relative to the cell, except for {@link #CENTRE}.
 */
public final class BoxTargets implements HostRoutine {

    /** Two numbers: the centre, relative to the corner of its own cell. */
    public static final int CENTRE = 0;
    /** Two numbers: the square roots of width and height. */
    public static final int ROOTS = 2;
    /** Two numbers: left and top. */
    public static final int START = 4;
    /** Two numbers: right and bottom, times -1. */
    public static final int NEGATED_END = 6;
    /** The area, plus one if there is no object, so that it can be a divisor. */
    public static final int AREA = 8;
    /** The sum of the classes: 1 where there is an object. */
    public static final int OBJECT = 9;
    /** 1 where the sum of the classes is not 0. */
    public static final int PRESENT = 10;

    /** The number of numbers per cell. */
    public static final int SIZE = 11;

    static final String NAME = "org.thalweg.box-targets";

    private static final int BOX = 4;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] labels = inputs.get(0);
        double[] targets = outputs.get(0);
        int rows = (int) integers[0];
        int columns = (int) integers[1];
        int channels = (int) integers[2];
        for (int cell = 0; cell < labels.length / channels; cell++) {
            int[] place = {cell % columns, cell / columns % rows};
            double[] label = Arrays.copyOfRange(labels, cell * channels, (cell + 1) * channels);
            double[] target = of(label, place);
            System.arraycopy(target, 0, targets, cell * SIZE, SIZE);
        }
    }

    private static double[] of(double[] label, int[] place) {
        double[] target = new double[SIZE];
        double area = 1;
        for (int axis = 0; axis < 2; axis++) {
            double start = label[axis];
            double end = label[2 + axis];
            double centre = 0.5 * (start + end);
            target[CENTRE + axis] = centre - Math.floor(centre);
            target[ROOTS + axis] = Math.sqrt(end - start);
            target[START + axis] = start - place[axis];
            target[NEGATED_END + axis] = place[axis] - end;
            area *= end - start;
        }
        double object = Arrays.stream(label, BOX, label.length).sum();
        target[AREA] = object == 0 ? area + 1 : area;
        target[OBJECT] = object;
        target[PRESENT] = object == 0 ? 0 : 1;
        return target;
    }
}
