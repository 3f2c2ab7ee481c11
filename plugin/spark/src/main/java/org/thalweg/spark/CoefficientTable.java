package org.thalweg.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Parameterization;

/**
 * Points given by their coefficients: a point has one coordinate, its row in a table, which is filled before points
 * are evaluated.
 */
final class CoefficientTable implements Parameterization {

    private final boolean uniform;
    private final List<INDArray> directions;
    private final Map<String, Integer> columns = new HashMap<>();
    private double[][][][] table = {};

    CoefficientTable(boolean uniform, ParameterLayout layout, List<INDArray> directions) {
        this.uniform = uniform;
        this.directions = directions;
        layout.trainable().forEach(block -> columns.put(block.key(), columns.size()));
    }

    /**
     * Coefficients of points.
     *
     * @return for each point and block, or for each point alone if the parameterization is uniform, what
     *     {@link Parameterization#coefficients} says
     */
    static double[][][][] table(Parameterization parameterization, ParameterLayout layout, double[][] points) {
        List<ParameterBlock> blocks = layout.trainable();
        int columns = parameterization.uniform() ? 1 : blocks.size();
        double[][][][] table = new double[points.length][columns][][];
        for (int i = 0; i < points.length; i++) {
            for (int column = 0; column < columns; column++) {
                table[i][column] = parameterization.coefficients(points[i], blocks.get(column));
            }
        }
        return table;
    }

    /**
     * Fills the table.
     *
     * @return a point for each of its rows
     */
    double[][] fill(double[][][][] table) {
        this.table = table;
        double[][] points = new double[table.length][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {i};
        }
        return points;
    }

    @Override
    public List<INDArray> directions() {
        return directions;
    }

    @Override
    public boolean uniform() {
        return uniform;
    }

    @Override
    public double[][] coefficients(double[] point, ParameterBlock block) {
        double[][][] row = table[(int) point[0]];
        Integer column = uniform ? Integer.valueOf(0) : columns.get(block.key());
        if (column == null) {
            throw new IllegalStateException("no coefficients for the block " + block.key());
        }
        return row[column];
    }
}
