package org.thalweg.krylov;

import java.util.List;
import java.util.stream.Stream;

/**
 * Both ends of a spectrum. Closing frees the eigenvectors, if any.
 *
 * @param largest the algebraically largest, descending: the first one is lambda_max. Fewer than requested only if a
 *     budget ended the iteration early.
 * @param smallest the algebraically smallest, descending: the last one is lambda_min. In a space smaller than both ends
 *     together, the two lists share pairs.
 * @param info outcome and cost of the iteration
 * @since 0.2.0
 */
public record LanczosResult(List<EigenPair> largest, List<EigenPair> smallest, ConvergenceInfo info)
        implements AutoCloseable {

    public LanczosResult {
        largest = List.copyOf(largest);
        smallest = List.copyOf(smallest);
    }

    @Override
    public void close() {
        Stream.concat(largest.stream(), smallest.stream()).forEach(pair -> {
            if (pair.vector() != null) {
                InnerProducts.free(pair.vector());
            }
        });
    }
}
