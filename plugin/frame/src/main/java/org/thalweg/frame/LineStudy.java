package org.thalweg.frame;

/**
 * The loss along a line through a saved network; it may be unfinished. Immutable.
 *
 * @param provenance network, probe and options, without the probe's arrays
 * @param line the values
 * @param objective name of the objective
 * @since 0.2.0
 */
public record LineStudy(RunProvenance provenance, LineValues line, String objective) {

    public LineStudy {
        provenance = provenance.withoutProbe();
    }
}
