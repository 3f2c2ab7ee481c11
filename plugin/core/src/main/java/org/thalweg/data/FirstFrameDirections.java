package org.thalweg.data;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.recording.RunReader;

/**
 * The directions that a run's first frame looked along: as recorded, or drawn once more from the run's seed, which gives
 * the same. Takes the parameters at that frame, packed.
 */
final class FirstFrameDirections implements Function<INDArray, DirectionPair> {

    private final ParameterLayout layout;
    private final List<NamedArray> recorded;
    private final RandomDirections drawn;

    /**
     * @param layout of the network as the parameters are packed
     * @param seed for other directions than the run's
     * @throws IOException if the run cannot be read
     * @throws IllegalArgumentException if its directions were not drawn at random, and not recorded
     */
    FirstFrameDirections(RunReader run, ParameterLayout layout, OptionalLong seed) throws IOException {
        RunOptions options = new RunOptions(run);
        this.layout = layout;
        this.recorded =
                seed.isPresent() ? List.of() : run.directions(run.iterations().get(0));
        this.drawn = new RandomDirections(seed.orElseGet(options::seed), options.directions());
    }

    @Override
    public DirectionPair apply(INDArray theta) {
        return recorded.isEmpty()
                ? drawn.at(layout, theta)
                : new DirectionPair(
                        ParameterArrays.toPacked("delta/", layout, recorded).castTo(theta.dataType()),
                        ParameterArrays.toPacked("eta/", layout, recorded).castTo(theta.dataType()));
    }
}
