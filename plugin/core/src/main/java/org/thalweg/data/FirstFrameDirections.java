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
 * The directions of a run's first frame: as recorded, or drawn again from the run's seed with the same result. Applied
 * to the packed parameters at that frame.
 */
final class FirstFrameDirections implements Function<INDArray, DirectionPair> {

    private final ParameterLayout layout;
    private final Function<INDArray, DirectionPair> directions;

    /**
     * @param layout layout of the packed parameters
     * @param seed seed of other directions than the run's
     * @throws IOException if the run cannot be read
     * @throws IllegalArgumentException if its directions were neither recorded nor drawn at random
     */
    FirstFrameDirections(RunReader run, ParameterLayout layout, OptionalLong seed) throws IOException {
        this.layout = layout;
        List<NamedArray> recorded =
                seed.isPresent() ? List.of() : run.directions(run.iterations().get(0));
        this.directions = recorded.isEmpty() ? drawn(new RunOptions(run), seed) : theta -> pair(recorded, theta);
    }

    private Function<INDArray, DirectionPair> drawn(RunOptions options, OptionalLong seed) {
        RandomDirections random = new RandomDirections(seed.orElseGet(options::seed), options.directions());
        return theta -> random.at(layout, theta);
    }

    private DirectionPair pair(List<NamedArray> recorded, INDArray theta) {
        return new DirectionPair(
                ParameterArrays.toPacked("delta/", layout, recorded).castTo(theta.dataType()),
                ParameterArrays.toPacked("eta/", layout, recorded).castTo(theta.dataType()));
    }

    @Override
    public DirectionPair apply(INDArray theta) {
        return directions.apply(theta);
    }
}
