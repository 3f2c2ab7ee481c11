package org.thalweg.cuda;

/** What goes wrong on the twin. */
public final class TwinFaults {

    private TwinFaults() {}

    /** Lets the n-th call from now on of a function, "*" for any, return a code; from 700 on the device is lost. */
    public static void fail(String call, int n, int code) {
        Twin.fail(call, n, code);
    }

    /** Limits the device's memory, which the next test has in full again. */
    public static void capacity(long bytes) {
        Twin.capacity(bytes);
    }

    /** Lets nothing fail any more. */
    public static void repair() {
        Twin.repair();
    }
}
