package org.thalweg.spark;

/**
 * How an objective is spread over a cluster. Immutable.
 *
 * @param parts into how many parts the probe is cut; 0 for one a core that is there when the objective is made. Sums are
 *     formed part by part, so the same number of parts gives the same bits
 * @param planes what of a line or plane is spread
 * @param probeLimit bytes of a probe up to which {@link Planes#BY_SIZE} takes it for small
 * @param driverLimit bytes of partial vectors up to which they are summed by the driver; beyond, by the executors, each a
 *     piece of the vector
 */
public record SparkOptions(int parts, Planes planes, long probeLimit, long driverLimit) {

    /** What of a line or plane is spread over executors. */
    public enum Planes {
        /** Points where the probe is small enough for every core to have all of it, the probe otherwise. */
        BY_SIZE,
        /** Each core evaluates all points on its part of the probe. */
        PROBE,
        /** Each core evaluates its share of the points on the whole probe: the numbers are those of one machine. */
        POINTS
    }

    /** A part a core; points on probes up to 64 MiB, else the probe; up to 256 MiB of partial vectors for the driver. */
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
