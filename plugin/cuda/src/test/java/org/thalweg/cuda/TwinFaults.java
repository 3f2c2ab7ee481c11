package org.thalweg.cuda;

/** Faults of the twin. */
public final class TwinFaults {

    private TwinFaults() {}

    /** Makes the n-th call from now on to a function, "*" for any, return a code; from 700 on the device is lost. */
    public static void fail(String call, int n, int code) {
        Twin.fail(call, n, code, 1);
    }

    /** Likewise, so many times, each after n more calls for devices that are not lost. */
    public static void fail(String call, int n, int code, int times) {
        Twin.fail(call, n, code, times);
    }

    /** The number of calls to a function in this process. */
    public static long calls(String call) {
        return Twin.calls(call);
    }

    /** Makes the driver see several devices; the next test has one again. */
    public static void devices(int n) {
        Twin.devices(n);
    }

    /** The number of kernels that a device has run in this process. */
    public static long launches(int device) {
        return Twin.launches(device);
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
