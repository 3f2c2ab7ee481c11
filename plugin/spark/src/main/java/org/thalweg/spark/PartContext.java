package org.thalweg.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * What an objective is set to when a question is asked: it comes with every question, so that an executor that has just
 * taken over knows all.
 *
 * @param version of what is not trained; 0 for what a recipe says
 * @param constants the network's flat vector with what is not trained; null where all is
 * @param open the operator and the slice that are in use; others are given up
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
