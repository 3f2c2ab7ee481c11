package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Tensor;

/** Volumes as images: all axes before height, width and channels count images. */
final class Images {

    private Images() {}

    static Tensor of(Tensor tensor) {
        int rank = tensor.rank();
        if (rank == 4) {
            return tensor;
        }
        long height = tensor.size(rank - 3);
        long width = tensor.size(rank - 2);
        long channels = tensor.size(rank - 1);
        return tensor.reshape(tensor.length() / (height * width * channels), height, width, channels);
    }

    static @Nullable GradientTarget of(@Nullable GradientTarget target) {
        return target == null ? null : new GradientTarget(of(target.tensor()), target.add());
    }
}
