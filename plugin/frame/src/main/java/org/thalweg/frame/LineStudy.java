package org.thalweg.frame;

/**
 * What a look along a line through a saved network found. It may be unfinished. Immutable.
 *
 * @param provenance what was looked at, and how; without the probe's arrays
 * @param line the values
 * @param objective name of the objective that was measured
 */
public record LineStudy(RunProvenance provenance, LineValues line, String objective) {

    public LineStudy {
        provenance = provenance.withoutProbe();
    }
}
