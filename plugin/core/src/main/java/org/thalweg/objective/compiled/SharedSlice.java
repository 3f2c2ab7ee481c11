package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Slice;

/** A line or plane on several devices of one model: each computes a block of the points, with the bits of any other. */
final class SharedSlice implements Slice {

    private final ComputePlacement placement;
    private final List<CompiledSlice> slices = new ArrayList<>();

    /**
     * @param network on the first device
     * @param maker makes the slice on a device
     */
    SharedSlice(CompiledNetwork network, Function<CompiledNetwork, CompiledSlice> maker) {
        this.placement = network.placement();
        try {
            slices.add(maker.apply(network));
            for (CompiledNetwork helper : network.helpers()) {
                slices.add(placement.at(helper.place(), () -> maker.apply(helper)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public int pointsPerCall() {
        return slices.get(0).pointsPerCall() * slices.size();
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        int block = (points.length + slices.size() - 1) / slices.size();
        List<Supplier<ObjectiveValue[]>> tasks = new ArrayList<>();
        for (int from = 0; from < points.length; from += block) {
            double[][] share = Arrays.copyOfRange(points, from, Math.min(points.length, from + block));
            CompiledSlice slice = slices.get(tasks.size());
            tasks.add(() -> slice.evaluate(share));
        }
        return PlaceThreads.run(placement, tasks).stream().flatMap(Stream::of).toArray(ObjectiveValue[]::new);
    }

    @Override
    public void close() {
        slices.forEach(CompiledSlice::close);
    }
}
