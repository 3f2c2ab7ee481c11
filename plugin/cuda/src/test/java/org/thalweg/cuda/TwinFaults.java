package org.thalweg.cuda;

/** Faults of the twin. */
public final class TwinFaults {

    private TwinFaults() {}

    /** Makes the n-th call from now on to a function, "*" for any, return a code; from 700 on the device is lost. */
    public static void fail(String call, int n, int code) {
        Twin.fail(call, n, code);
    }

    /** Limits the device's memory; the next test has all of it again. */
    public static void capacity(long bytes) {
        Twin.capacity(bytes);
    }

    /** Cancels all faults. */
    public static void repair() {
        Twin.repair();
    }
}
