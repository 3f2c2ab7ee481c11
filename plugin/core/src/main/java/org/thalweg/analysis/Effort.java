package org.thalweg.analysis;

/**
 * The share of the configured work that a frame does.
 *
 * @param level finest level of the grid that is computed, of {@code Grid.levels()}; all levels if larger than their
 *     number
 * @param stride the surface is computed on every {@code stride}-th example of the probe; 1 for all
 * @param products most Hessian-vector products; 0 for no eigenvalues, {@link Integer#MAX_VALUE} for the configured
 *     number
 * @param memory how much memory it may take
 * @since 0.2.0
 */
public record Effort(int level, int stride, int products, MemoryPlan memory) {

    /** All of the configured work. */
    public static final Effort FULL = new Effort(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);

    /** The smallest frame: 3 x 3 points, no eigenvalues. */
    public static final Effort LEAST = new Effort(1, 1, 0);

    public Effort {
        if (level < 1) {
            throw new IllegalArgumentException("level must be at least 1, the 3 x 3 grid, got " + level);
        }
        if (stride < 1) {
            throw new IllegalArgumentException("stride must be at least 1, got " + stride);
        }
        if (products < 0) {
            throw new IllegalArgumentException("number of products must not be negative, got " + products);
        }
    }

    /** With as much memory as configured. */
    public Effort(int level, int stride, int products) {
        this(level, stride, products, MemoryPlan.WHOLE);
    }

    /** The same work within less memory. */
    public Effort withMemory(MemoryPlan memory) {
        return new Effort(level, stride, products, memory);
    }

    /** Whether the curvature is computed as configured. */
    public boolean fullCurvature() {
        return products == Integer.MAX_VALUE && memory.isComplete();
    }
}
