package org.thalweg.cuda;

/**
 * Open resources of the twin.
 *
 * @param bytes of memory
 * @param handles modules, streams and graphs
 */
public record TwinMemory(long bytes, long handles) {

    public static TwinMemory now() {
        return new TwinMemory(Twin.allocated(), Twin.handles());
    }
}
