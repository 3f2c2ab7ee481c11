package org.thalweg.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The state of an objective. It comes with every query, so that an executor that has just taken over has all of it.
 *
 * @param version version of the constants; 0 for those of the recipe
 * @param constants the network's flat vector, which contains the constants; null if there are none
 * @param open ids of the operator and the slice in use; all others are freed
 */
record PartContext(long version, @Nullable Broadcast<byte[]> constants, long[] open) implements Serializable {

    boolean isOpen(long id) {
        for (long one : open) {
            if (one == id) {
                return true;
            }
        }
        return false;
    }
}
