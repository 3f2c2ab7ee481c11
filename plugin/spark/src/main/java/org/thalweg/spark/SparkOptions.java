package org.thalweg.spark;

/**
 * Distribution of an objective over a cluster. Immutable.
 *
 * @param parts number of parts of the probe; 0 for one for each core that is available when the objective is created.
 *     Sums are computed part by part, so the same number of parts gives the same bits
 * @param planes whether points or the probe are distributed for a line or plane
 * @param probeLimit largest size in bytes of a probe that {@link Planes#BY_SIZE} treats as small
 * @param driverLimit largest size in bytes of partial vectors that the driver sums; larger ones are summed by the
 *     executors, one piece of the vector each
 * @since 0.2.0
 */
public record SparkOptions(int parts, Planes planes, long probeLimit, long driverLimit) {

    /** The work that is distributed over executors for a line or plane. */
    public enum Planes {
        /** The points if the probe is small enough for every core to have all of it, otherwise the probe. */
        BY_SIZE,
        /** Each core evaluates all points on its part of the probe. */
        PROBE,
        /** Each core evaluates its share of the points on the whole probe: the numbers equal those of one machine. */
        POINTS
    }

    /**
     * One part for each core; points for probes up to 64 MiB, otherwise the probe; up to 256 MiB of partial vectors
     * for the driver.
     */
    public static final SparkOptions DEFAULT = new SparkOptions(0, Planes.BY_SIZE, 64L << 20, 256L << 20);

    public SparkOptions {
        if (parts < 0) {
            throw new IllegalArgumentException("number of parts must not be negative, got " + parts);
        }
        if (probeLimit < 0 || driverLimit < 0) {
            throw new IllegalArgumentException(
                    "limits must not be negative, got " + probeLimit + " and " + driverLimit + " bytes");
        }
    }

    public SparkOptions withParts(int parts) {
        return new SparkOptions(parts, planes, probeLimit, driverLimit);
    }

    public SparkOptions withPlanes(Planes planes) {
        return new SparkOptions(parts, planes, probeLimit, driverLimit);
    }

    public SparkOptions withProbeLimit(long bytes) {
        return new SparkOptions(parts, planes, bytes, driverLimit);
    }

    public SparkOptions withDriverLimit(long bytes) {
        return new SparkOptions(parts, planes, probeLimit, bytes);
    }
}
