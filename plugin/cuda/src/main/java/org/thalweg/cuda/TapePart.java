package org.thalweg.cuda;

/** A section of a bound tape. */
interface TapePart {

    void run();

    /** Frees what it holds. */
    void close();
}
